/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XML from strangers, by libxml2: no network, no entity, no document type, no depth or length beyond
 * libxml2's own limits; and names without prefixes, so that one path finds what each maker puts under a
 * prefix of its own. */
#ifndef VSAUDIT_IMPORT_XML_TREE_H
#define VSAUDIT_IMPORT_XML_TREE_H

#include <glib.h>

#include <libxml/tree.h>

/* Of elements a document may have; more are refused. */
#define XML_TREE_NODES_MAX 20000000

/* Parses it. NULL with *message ("found …, expected …", caller frees), *line and *column (1-based, 0 = not
 * known). xmlFreeDoc frees the document. */
xmlDoc *xml_tree_parse(const char *bytes, gsize length, char **message, int *line, int *column);
/* The first element of that name beneath (or at) a node, in the order written; NULL: none, or node is NULL.
 */
xmlNode *xml_tree_find(xmlNode *node, const char *name);
/* The text of a node, without blanks around it; NULL for NULL. Caller frees. */
char *xml_tree_text(const xmlNode *node);

#endif
