/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "report_look.h"

#include <glib.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <string.h>

double count_nodes(const char *page, const char *path)
{
    xmlDocPtr document = xmlReadMemory(page, (int)strlen(page), "page", NULL, XML_PARSE_NONET);
    assert_non_null(document);
    xmlXPathContextPtr context = xmlXPathNewContext(document);
    g_autofree char *count = g_strdup_printf("count(%s)", path);
    xmlXPathObjectPtr number = xmlXPathEval(BAD_CAST count, context);
    assert_non_null(number);
    double result = number->floatval;
    xmlXPathFreeObject(number);
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
    return result;
}

void assert_contains(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" is missing", part);
}

void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part) != NULL)
        fail_msg("\"%s\" must not be there", part);
}
