/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/xml_tree.h"

#include <stdbool.h>
#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

typedef struct {
    char *message;
    int line, column;
} Fault;

/* What stands before a document type: here entities would begin. */
static void refuse_type(void *data, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
    (void)name, (void)id, (void)system;
    xmlParserCtxt *parser = data;
    Fault *fault = parser->_private;
    if (fault->message == NULL) {
        fault->message =
            g_strdup("found a document type (<!DOCTYPE>), expected none: it could name entities");
        fault->line = xmlSAX2GetLineNumber(parser);
    }
    xmlStopParser(parser);
}

static void keep_fault(xmlParserCtxt *parser, Fault *fault)
{
    if (fault->message != NULL)
        return;
    const xmlError *last = xmlCtxtGetLastError(parser);
    g_autofree char *said =
        last != NULL && last->message != NULL ? g_utf8_make_valid(last->message, -1) : NULL;
    fault->message =
        g_strdup_printf("found broken XML (%s), expected well-formed XML",
                        said != NULL ? g_strdelimit(g_strstrip(said), "\n", ' ') : "no reason given");
    fault->line = last != NULL ? last->line : 0;
    fault->column = last != NULL ? last->int2 : 0;
}

/* The node after this one in the order written, within the tree of `top`; no recursion, whatever the depth.
 */
static xmlNode *next_node(xmlNode *node, const xmlNode *top)
{
    if (node->type == XML_ELEMENT_NODE && node->children != NULL)
        return node->children;
    while (node != NULL && node != top && node->next == NULL)
        node = node->parent;
    return node == NULL || node == top ? NULL : node->next;
}

static bool strip_prefixes(xmlNode *root)
{
    guint count = 0;
    for (xmlNode *node = root; node != NULL; node = next_node(node, root)) {
        if (++count > XML_TREE_NODES_MAX)
            return false;
        if (node->type != XML_ELEMENT_NODE)
            continue;
        node->ns = NULL;
        for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
            attribute->ns = NULL;
    }
    return true;
}

xmlDoc *xml_tree_parse(const char *bytes, gsize length, char **message, int *line, int *column)
{
    static const int how = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;
    Fault fault = {0};
    *line = *column = 0;
    if (length > G_MAXINT) {
        *message = g_strdup("found more than 2 GiB of XML, expected less");
        return NULL;
    }
    xmlParserCtxt *parser = xmlNewParserCtxt();
    g_assert(parser != NULL);
    parser->_private = &fault;
    parser->sax->internalSubset = refuse_type;
    parser->sax->externalSubset = refuse_type;
    xmlDoc *document = xmlCtxtReadMemory(parser, bytes, (int)length, NULL, NULL, how);
    if (document != NULL && (fault.message != NULL || xmlDocGetRootElement(document) == NULL ||
                             !strip_prefixes(xmlDocGetRootElement(document)))) {
        xmlFreeDoc(document);
        document = NULL;
    }
    if (document == NULL)
        keep_fault(parser, &fault);
    xmlFreeParserCtxt(parser);
    *message = fault.message;
    *line = fault.line;
    *column = fault.column;
    return document;
}

xmlNode *xml_tree_find(xmlNode *node, const char *name)
{
    for (xmlNode *at = node; at != NULL; at = next_node(at, node))
        if (at->type == XML_ELEMENT_NODE && strcmp((const char *)at->name, name) == 0)
            return at;
    return NULL;
}

char *xml_tree_text(const xmlNode *node)
{
    if (node == NULL)
        return NULL;
    xmlChar *text = xmlNodeGetContent(node);
    char *copy = g_strstrip(g_strdup(text != NULL ? (const char *)text : ""));
    xmlFree(text);
    return copy;
}
