/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"

#include "config/system_kind.h"
#include "records/shown.h"
#include "scoring/metrics.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

void page_init(Page *page, const Results *results, const Texts *texts)
{
    memset(page, 0, sizeof *page);
    page->results = results;
    page->texts = texts;
    page->buffer = xmlBufferCreate();
    xmlBufferSetAllocationScheme(page->buffer, XML_BUFFER_ALLOC_DOUBLEIT);
    page->writer = xmlNewTextWriterMemory(page->buffer, 0);
    page->open = g_ptr_array_new_with_free_func(g_free);
}

void page_clear(Page *page)
{
    if (page->writer != NULL)
        xmlFreeTextWriter(page->writer);
    if (page->buffer != NULL)
        xmlBufferFree(page->buffer);
    if (page->open != NULL)
        g_ptr_array_unref(page->open);
    memset(page, 0, sizeof *page);
}

char *page_finish(Page *page, gsize *length)
{
    g_assert(page->open->len == 0);
    xmlTextWriterFlush(page->writer);
    *length = (gsize)xmlBufferLength(page->buffer);
    return g_strndup((const char *)xmlBufferContent(page->buffer), *length);
}

/* XML 1.0 cannot hold control characters, even as references; names of clips may. Nor may they turn the order
 * of the letters around them. */
static char *printable(const char *text)
{
    g_autofree char *valid = shown_undirected(text);
    GString *out = g_string_sized_new(strlen(valid));
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        bool allowed = c == '\t' || c == '\n' || (c >= 0x20 && c != 0x7f && c != 0xfffe && c != 0xffff);
        g_string_append_unichar(out, allowed ? c : 0xfffd);
    }
    return g_string_free(out, FALSE);
}

static void write_attributes(Page *page, va_list list)
{
    for (const char *name; (name = va_arg(list, const char *)) != NULL;) {
        const char *value = va_arg(list, const char *);
        if (value == NULL)
            continue;
        g_autofree char *safe = printable(value);
        xmlTextWriterWriteAttribute(page->writer, BAD_CAST name, BAD_CAST safe);
    }
}

static void start(Page *page, const char *element, va_list list)
{
    xmlTextWriterStartElement(page->writer, BAD_CAST element);
    g_ptr_array_add(page->open, g_strdup(element));
    write_attributes(page, list);
}

/* A line break after these keeps the file readable and changes nothing on the page. */
static bool ends_line(const char *element)
{
    static const char *const elements[] = {
        "p",     "tr",    "h1",     "h2",   "h3",      "h4",      "li",    "ul",     "section", "div",
        "table", "thead", "head",   "body", "style",   "title",   "svg",   "header", "figure",  "dl",
        "dd",    "main",  "footer", "nav",  "caption", "details", "tbody", "ol",     NULL};
    return g_strv_contains(elements, element);
}

void page_open(Page *page, const char *element, ...)
{
    va_list list;
    va_start(list, element);
    start(page, element, list);
    va_end(list);
    if (page->drawing_style != NULL && strcmp(element, "svg") == 0) {
        page_open(page, "style", NULL);
        page_raw(page, page->drawing_style);
        page_close(page);
    }
}

void page_close(Page *page)
{
    const char *element = g_ptr_array_index(page->open, page->open->len - 1);
    xmlTextWriterFullEndElement(page->writer);
    if (ends_line(element))
        xmlTextWriterWriteString(page->writer, BAD_CAST "\n");
    g_ptr_array_remove_index(page->open, page->open->len - 1);
}

void page_close_many(Page *page, unsigned count)
{
    while (count-- > 0)
        page_close(page);
}

void page_text(Page *page, const char *text)
{
    if (text == NULL)
        return;
    g_autofree char *safe = printable(text);
    xmlTextWriterWriteString(page->writer, BAD_CAST safe);
}

void page_element(Page *page, const char *element, const char *text, ...)
{
    va_list list;
    va_start(list, text);
    start(page, element, list);
    va_end(list);
    page_text(page, text);
    page_close(page);
}

void page_void(Page *page, const char *element, ...)
{
    va_list list;
    va_start(list, element);
    xmlTextWriterStartElement(page->writer, BAD_CAST element);
    write_attributes(page, list);
    va_end(list);
    xmlTextWriterEndElement(page->writer);
}

void page_say(Page *page, const char *element, const char *key, const char *class)
{
    page_element(page, element, texts_get(page->texts, key), "class", class, NULL);
}

void page_localized(Page *page, const json_t *text)
{
    const char *foreign = NULL;
    const char *found = texts_pick(page->texts, text, &foreign);
    if (found == NULL)
        return;
    if (foreign != NULL) {
        page_element(page, "span", found, "lang", foreign, NULL);
    } else if (json_is_string(text)) {
        page_text(page, found); /* somebody's own words: not a letter changed */
    } else {
        g_autofree char *set = texts_typography(page->texts, found);
        page_text(page, set);
    }
}

void page_raw(Page *page, const char *text)
{
    g_assert(strpbrk(text, "<&") == NULL);
    xmlTextWriterWriteRaw(page->writer, BAD_CAST text);
}

void page_table_open(Page *page, const char *caption, const char *class)
{
    page_open(page, "div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", caption, NULL);
    page_open(page, "table", "class", class, NULL);
    page_element(page, "caption", caption, NULL);
}

void page_table_head(Page *page, const char *const *keys)
{
    page_open(page, "thead", NULL);
    page_open(page, "tr", NULL);
    for (; *keys != NULL; keys++)
        page_element(page, "th", texts_get(page->texts, *keys), "scope", "col", NULL);
    page_close_many(page, 2);
    page_open(page, "tbody", NULL);
}

void page_table_close(Page *page)
{
    const char *innermost = g_ptr_array_index(page->open, page->open->len - 1);
    page_close_many(page, strcmp(innermost, "tbody") == 0 ? 3 : 2);
}

void page_cell_open(Page *page, const char *label, const char *kind)
{
    const char *name = label != NULL ? texts_get(page->texts, label) : NULL;
    if (strcmp(kind, "head") == 0)
        page_open(page, "th", "scope", "row", "data-label", name, NULL);
    else
        page_open(page, "td", "class", *kind != '\0' ? kind : NULL, "data-label", name, NULL);
}

void page_cell(Page *page, const char *label, const char *kind, const char *text)
{
    page_cell_open(page, label, kind);
    page_text(page, text);
    page_close(page);
}

void page_pair(Page *page, const char *name, const char *value)
{
    page_open(page, "tr", NULL);
    page_element(page, "th", name, "scope", "row", NULL);
    page_element(page, "td", value, NULL);
    page_close(page);
}

char *page_clip_name(const Page *page, const char *dataset, const char *clip)
{
    if (dataset != NULL && page->results->datasets.count > 1)
        return g_strdup_printf("%s / %s", dataset, clip);
    return g_strdup(clip != NULL ? clip : "—");
}

char *page_limit(const Page *page, const ResultsReading *reading)
{
    const bool share = metric_of(metric_find(reading->metric))->percent;
    const bool within = g_strcmp0(reading->op, "within") == 0;
    g_auto(NumberText) limit = {NULL};
    texts_interval(page->texts, reading->value, (double)NAN, (double)NAN, share, &limit);
    if (!within)
        return g_strdup_printf("%s\u00a0%s", g_strcmp0(reading->op, ">=") == 0 ? "≥" : "≤", limit.value);
    if (share)
        return g_strdup_printf("%s ±%s", texts_get(page->texts, "claim.within"), limit.value);
    g_autofree char *inverse = texts_significant(page->texts, 1 / reading->value, 3);
    return g_strdup_printf("%s %s – %s", texts_get(page->texts, "claim.within"), inverse, limit.value);
}

char *page_fraction(const Page *page, const ResultsRate *rate)
{
    const double denominator = rate->denominator;
    if (isnan(denominator) || isnan(results_double(rate->numerator)))
        return g_strdup("—");
    const char *unit = rate->unit;
    g_autofree char *above = texts_significant(page->texts, results_double(rate->numerator), 3);
    g_autofree char *below = texts_significant(page->texts, denominator, 3);
    if (g_strcmp0(unit, "camera_hour") == 0)
        return g_strdup_printf("%s / %s\u00a0h", above, below);
    return g_strdup_printf("%s / %s", above, below);
}

char *page_title(const Page *page, const json_t *text, const char *group, const char *id)
{
    const char *title = texts_pick(page->texts, text, NULL);
    if (title != NULL && *title != '\0')
        return texts_typography(page->texts, title);
    if (id != NULL && group != NULL)
        return g_strdup(texts_word(page->texts, group, id));
    return g_strdup(id != NULL ? id : "—");
}

bool page_is_control(const ResultsEvaluation *evaluation)
{
    return system_kind_is_control(evaluation->system_kind);
}

char *page_system_name(const Page *page, const ResultsEvaluation *evaluation)
{
    const char *kind = evaluation->system_kind, *id = evaluation->system;
    if (page_is_control(evaluation) && evaluation->system_title == NULL) {
        const char *control = texts_word(page->texts, "system", kind);
        /* There may be several of a kind, of which each has another id. */
        return g_strcmp0(kind, "null") == 0 || g_strcmp0(kind, id) == 0 || id == NULL
                   ? g_strdup(control)
                   : g_strdup_printf("%s (%s)", control, id);
    }
    if (g_strcmp0(kind, "reference") != 0 || evaluation->system_title != NULL)
        return page_title(page, evaluation->system_title, "system", evaluation->system);
    const char *name = texts_get(page->texts, "system.reference");
    const char *product = evaluation->semantics.product;
    if (product != NULL)
        return texts_format(page->texts, "system.in_words", "name", name, "product", product, NULL);
    return g_strcmp0(id, "reference") == 0 || id == NULL ? g_strdup(name)
                                                         : g_strdup_printf("%s (%s)", name, id);
}

char *page_system_and_condition(const Page *page, const ResultsEvaluation *evaluation)
{
    g_autofree char *system = page_system_name(page, evaluation);
    g_autofree char *condition =
        page_title(page, evaluation->condition_title, "condition", evaluation->condition);
    return g_strdup_printf("%s · %s", system, condition);
}

char *page_evaluation_name(const Page *page, const ResultsScenario *scenario,
                           const ResultsEvaluation *evaluation)
{
    g_autofree char *title = page_title(page, scenario->title, NULL, scenario->id);
    g_autofree char *rest = page_system_and_condition(page, evaluation);
    return g_strdup_printf("%s · %s", title, rest);
}

char *page_claim_words(const Page *page, const ResultsClaim *claim)
{
    const char *text = claim->text != NULL ? claim->text : claim->id;
    return texts_format(page->texts, results_true(claim->paraphrase) ? "claim.paraphrase" : "claim.quoted",
                        "text", text != NULL ? text : "—", NULL);
}

char *page_verdict_name(const Page *page, const char *evaluation, const ResultsClaim *claim)
{
    const char *words = texts_pick(page->texts, claim->read_as, NULL);
    if (words == NULL)
        return g_strdup(evaluation);
    g_autofree char *set = texts_typography(page->texts, words);
    g_autofree char *reading = texts_format(page->texts, "front.read_as", "words", set, NULL);
    return g_strdup_printf("%s · %s", evaluation, reading);
}
