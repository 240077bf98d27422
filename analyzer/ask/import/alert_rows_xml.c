/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of XML, by XPath; names stand without prefixes (import/xml_tree.h). */
#include "import/alert_rows_internal.h"

#include "import/xml_tree.h"

#include <string.h>

#include <libxml/xpathInternals.h>

/* Of a search, for a file and for each field: paths may be written that take for ever. */
#define STEPS_MAX 200000000

static void register_envelope(xmlXPathContext *context, const RowEnvelope *envelope)
{
    const struct {
        const char *name, *value;
    } values[] = {{"topic", envelope->topic}, {"path", envelope->path}, {"method", envelope->method},
                  {"sink", envelope->sink},   {"from", envelope->from}, {"query", envelope->query}};
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        xmlXPathRegisterVariable(context, (const xmlChar *)values[i].name,
                                 xmlXPathNewCString(values[i].value != NULL ? values[i].value : ""));
}

static bool add_node(RowReading *reading, const Row *row, size_t field, const xmlNode *node)
{
    g_autofree char *text = xml_tree_text(node);
    return rows_add_value(reading, row, field, text);
}

static bool add_result(RowReading *reading, const Row *row, size_t field, const xmlXPathObject *result)
{
    bool good = true;
    if (result->type == XPATH_NODESET) {
        for (int i = 0; result->nodesetval != NULL && good && i < result->nodesetval->nodeNr; i++)
            good = add_node(reading, row, field, result->nodesetval->nodeTab[i]);
        return good;
    }
    xmlChar *text = xmlXPathCastToString((xmlXPathObject *)result);
    good = rows_add_value(reading, row, field, g_strstrip((char *)text));
    xmlFree(text);
    return good;
}

static bool fill(RowReading *reading, const Row *row, xmlXPathContext *context, xmlNode *node)
{
    const RowReader *reader = reading->reader;
    bool good = true;
    for (size_t i = 0; good && i < reader->count; i++) {
        if (reader->exprs[i] == NULL)
            continue;
        context->node = node;
        context->opCount = 0;
        xmlXPathObject *result = xmlXPathCompiledEval(reader->exprs[i], context);
        if (result == NULL)
            table_problem(row, i, "found an XPath that cannot be reckoned here, expected one that can");
        good = result != NULL && add_result(reading, row, i, result);
        xmlXPathFreeObject(result);
    }
    return good;
}

/* "Event[3]": the rows of one line are told apart so. */
static char *name_row(const xmlNode *node, int index)
{
    return g_strdup_printf("%s[%d]", (const char *)node->name, index + 1);
}

static guint read_rows(RowReading *reading, xmlXPathContext *context)
{
    const xmlXPathObject *result = xmlXPathCompiledEval(reading->reader->xml_rows, context);
    if (result == NULL || result->type != XPATH_NODESET) {
        problems_add(reading->table.problems, reading->table.file, 0, 0, NULL,
                     "the map’s path of the rows finds no elements but something else, expected elements");
        xmlXPathFreeObject((xmlXPathObject *)result);
        return 0;
    }
    const int count = result->nodesetval != NULL ? result->nodesetval->nodeNr : 0;
    guint rows = 0;
    for (int i = 0; i < count; i++) {
        xmlNode *node = result->nodesetval->nodeTab[i];
        if (node->type != XML_ELEMENT_NODE)
            continue;
        rows++;
        g_autofree char *name = count > 1 ? name_row(node, i) : NULL;
        const Row row = {.table = &reading->table,
                         .cells = reading->cells,
                         .line = (int)MAX(xmlGetLineNo(node), 0),
                         .where = name};
        rows_begin(reading);
        if (fill(reading, &row, context, node))
            reading->each(&row, reading->user);
    }
    xmlXPathFreeObject((xmlXPathObject *)result);
    return rows == 0 ? 1 : 0;
}

#if LIBXML_VERSION >= 21200
typedef const xmlError *SaidError;
#else
typedef xmlError *SaidError;
#endif

static void be_quiet(void *user, SaidError error)
{
    (void)user, (void)error;
}

guint rows_read_xml(RowReading *reading)
{
    const Table *table = &reading->table;
    g_autofree char *message = NULL;
    int line = 0, column = 0;
    xmlDoc *document = xml_tree_parse(table->bytes, table->length, &message, &line, &column);
    if (document == NULL) {
        problems_add(table->problems, table->file, line, column, NULL, "%s", message);
        return 0;
    }
    xmlXPathContext *context = xmlXPathNewContext(document);
    context->opLimit = STEPS_MAX;
    context->error = be_quiet;
    context->node = xmlDocGetRootElement(document);
    static const RowEnvelope none = {0};
    register_envelope(context, reading->envelope != NULL ? reading->envelope : &none);
    const guint barren = read_rows(reading, context);
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
    return barren;
}
