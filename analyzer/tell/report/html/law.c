/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Within section 15: the texts of the catalogue, each for the time and place that it bound, with its force
 * and how far it was read; those that bind nobody; what has happened to the law. */
#include "report/html/sections.h"

#include <string.h>

/* ---- which text bound the trial */

/* The countries of a territory; the catalogue's own country where it is not among the territories. */
static ResultsStrings countries_of(const ResultsCatalogue *catalogue, const char *const *territory)
{
    for (size_t i = 0; i < catalogue->territories.count; i++)
        if (g_strcmp0(catalogue->territories.at[i].id, *territory) == 0)
            return catalogue->territories.at[i].countries;
    return (ResultsStrings){*territory != NULL, territory};
}

LawBearing html_law_bearing(const Page *page, const ResultsLegalPlace *place)
{
    const ResultsTrial *trial = &page->results->audit.trial;
    const char *territory = place->territory != NULL ? place->territory : page->catalogue->country;
    const ResultsStrings countries = countries_of(page->catalogue, &territory);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (size_t i = 0; i < trial->uses.count; i++)
        g_ptr_array_add(words, (gpointer)trial->uses.at[i]);
    for (size_t i = 0; i < trial->bodies.count; i++)
        g_ptr_array_add(words, (gpointer)trial->bodies.at[i]);
    const LawReach text = {place->in_force_from, place->in_force_to,   countries.at,
                           countries.count,      place->applies_to.at, place->applies_to.count};
    const LawReach of_trial = {.from = trial->from,
                               .to = trial->to,
                               .countries = &trial->country,
                               .country_count = trial->country != NULL,
                               .words = (const char *const *)words->pdata,
                               .word_count = words->len};
    return law_bearing(&text, &of_trial);
}

/* The first schema says nothing of times: its texts are shown as they always were. */
static bool is_shown(LawBearing bearing)
{
    return bearing <= LAW_MAY_BIND;
}

static bool binds(const ResultsLegalPlace *place)
{
    return place->binding == NULL || strcmp(place->binding, "law") == 0 ||
           strcmp(place->binding, "decision") == 0;
}

/* ---- cells */

char *html_law_times(const Page *page, const ResultsLegalPlace *place)
{
    if (!binds(place)) {
        g_autofree char *day = texts_date(page->texts, place->date != NULL ? place->date : "—");
        return texts_format(page->texts, "law.of", "date", day, NULL);
    }
    const char *key = place->in_force_from != NULL
                          ? (place->in_force_to != NULL ? "law.from_to" : "law.from")
                          : (place->in_force_to != NULL ? "law.to" : "law.times_unknown");
    g_autofree char *from =
        texts_date(page->texts, place->in_force_from != NULL ? place->in_force_from : "—");
    g_autofree char *to = texts_date(page->texts, place->in_force_to != NULL ? place->in_force_to : "—");
    return texts_format(page->texts, key, "from", from, "to", to, NULL);
}

static void minor_line(Page *page, const char *text)
{
    page_void(page, "br", NULL);
    page_element(page, "span", text, "class", "minor", NULL);
}

char *html_law_provenance(const Page *page, const ResultsLegalPlace *place)
{
    const char *mark = place->mark != NULL ? place->mark : "unverified";
    const char *words = texts_word(page->texts, "law.mark", mark);
    const char *date = place->read_at != NULL ? place->read_at : place->date;
    if (date == NULL || (place->read_at == NULL && place->binding != NULL))
        return g_strdup(words);
    g_autofree char *day = texts_date(page->texts, date);
    if (place->read_in != NULL)
        return texts_format(page->texts, "law.read_in", "mark", texts_word(page->texts, "law.copy", mark),
                            "date", day, "place", place->read_in, NULL);
    return texts_format(page->texts, place->read_at != NULL ? "law.read_at" : "law.version", "mark", words,
                        "date", day, NULL);
}

char *html_law_force(const Page *page, const ResultsLegalPlace *place)
{
    g_autofree char *times = html_law_times(page, place);
    return texts_format(page->texts, "law.force", "binding",
                        texts_word(page->texts, "law.binding", place->binding), "times", times, NULL);
}

/* The article, its force and times, how far it was read, its address, and what is open. */
static void write_place(Page *page, const ResultsLegalPlace *place, LawBearing bearing)
{
    page_text(page, place->article != NULL ? place->article : "—");
    if (place->binding != NULL) {
        g_autofree char *force = html_law_force(page, place);
        minor_line(page, force);
    }
    if (place->article != NULL || place->source != NULL) {
        g_autofree char *read = html_law_provenance(page, place);
        minor_line(page, read);
    }
    if (place->source != NULL && place->binding != NULL) {
        page_void(page, "br", NULL);
        page_element(page, "span", place->source, "class", "name minor", NULL);
    }
    if (place->binding != NULL && bearing == LAW_BINDS_IN_PART)
        minor_line(page, texts_get(page->texts, "law.in_part"));
    else if (place->binding != NULL && bearing == LAW_MAY_BIND)
        minor_line(page, texts_get(page->texts, "law.may_bind"));
}

static const ResultsObligation *find_obligation(const ResultsCatalogue *catalogue, const char *id)
{
    for (size_t i = 0; i < catalogue->obligations.count; i++)
        if (g_strcmp0(catalogue->obligations.at[i].id, id) == 0)
            return &catalogue->obligations.at[i];
    return NULL;
}

void html_law_of_item(Page *page, const ResultsPublicItem *item)
{
    bool any = item->place.article != NULL && is_shown(html_law_bearing(page, &item->place));
    page_cell_open(page, "column.article", "");
    if (any)
        write_place(page, &item->place, html_law_bearing(page, &item->place));
    for (size_t i = 0; i < item->asked_by.count; i++) {
        const ResultsObligation *text = find_obligation(page->catalogue, item->asked_by.at[i]);
        if (text == NULL || !is_shown(html_law_bearing(page, &text->place)))
            continue;
        if (any)
            page_void(page, "br", NULL);
        page_text(page, text->place.article != NULL ? text->place.article : text->id);
        if (html_law_bearing(page, &text->place) == LAW_MAY_BIND)
            minor_line(page, texts_get(page->texts, "law.open"));
        if (!binds(&text->place))
            minor_line(page, texts_word(page->texts, "law.binding", text->place.binding));
        any = true;
    }
    if (!any)
        page_say(page, "span",
                 item->asked_by.count > 0 || item->place.article != NULL ? "law.none_then"
                                                                         : "law.own_question",
                 "minor");
    page_close(page);
}

/* ---- tables */

static void write_obligations(Page *page, bool binding, const char *heading)
{
    static const char *const columns[] = {"column.obligation", "column.article", NULL};
    bool any = false;
    for (size_t i = 0; i < page->catalogue->obligations.count; i++) {
        const ResultsObligation *text = &page->catalogue->obligations.at[i];
        const LawBearing bearing = html_law_bearing(page, &text->place);
        if (binds(&text->place) != binding || !is_shown(bearing))
            continue;
        if (!any) {
            html_heading(page, "h3", heading);
            page_table_open(page, texts_get(page->texts, heading), "cards");
            page_table_head(page, columns);
            any = true;
        }
        page_open(page, "tr", NULL);
        page_cell_open(page, "column.obligation", "head");
        page_localized(page, text->title);
        if (texts_pick(page->texts, text->note, NULL) != NULL) {
            page_void(page, "br", NULL);
            page_open(page, "span", "class", "minor", NULL);
            page_localized(page, text->note);
            page_close(page);
        }
        page_close(page);
        page_cell_open(page, "column.article", "");
        write_place(page, &text->place, bearing);
        page_close_many(page, 2);
    }
    if (any)
        page_table_close(page);
}

/* "real time, deferred", or "not stated". Caller frees. */
static char *words_text(const Page *page, ResultsStrings words)
{
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t i = 0; i < words.count; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? ", " : "",
                               texts_word(page->texts, "trial.word", words.at[i]));
    return g_strdup(words.count > 0 ? all->str : texts_get(page->texts, "not_stated"));
}

static char *date_or_not(const Page *page, const char *date)
{
    return date != NULL ? texts_date(page->texts, date) : g_strdup(texts_get(page->texts, "not_stated"));
}

/* The trial as the audit states it, and how many texts are left out for which reason. */
static void write_trial(Page *page)
{
    const ResultsTrial *trial = &page->results->audit.trial;
    g_autofree char *from = date_or_not(page, trial->from), *to = date_or_not(page, trial->to);
    g_autofree char *uses = words_text(page, trial->uses), *bodies = words_text(page, trial->bodies);
    const char *country = trial->country != NULL ? trial->country : texts_get(page->texts, "not_stated");
    g_autofree char *line = texts_format(page->texts, "law.trial", "country", country, "from", from, "to", to,
                                         "uses", uses, "bodies", bodies, NULL);
    page_element(page, "p", line, NULL);
    if (trial->from == NULL || trial->country == NULL || trial->uses.count == 0 || trial->bodies.count == 0)
        page_say(page, "p", "law.trial_open", "warning");
    int64_t counts[LAW_BEARING_COUNT] = {0}, shown = 0;
    const size_t all = page->catalogue->obligations.count;
    for (size_t i = 0; i < all; i++) {
        const LawBearing bearing = html_law_bearing(page, &page->catalogue->obligations.at[i].place);
        counts[bearing]++;
        shown += is_shown(bearing);
    }
    if (shown == (int64_t)all)
        return;
    g_autofree char *of = texts_integer(page->texts, (int64_t)all);
    g_autofree char *here = texts_integer(page->texts, shown);
    g_autofree char *not_yet = texts_integer(page->texts, counts[LAW_NOT_YET]);
    g_autofree char *no_longer = texts_integer(page->texts, counts[LAW_NO_LONGER]);
    g_autofree char *elsewhere = texts_integer(page->texts, counts[LAW_ELSEWHERE]);
    g_autofree char *others = texts_integer(page->texts, counts[LAW_OTHERS]);
    g_autofree char *sum =
        texts_format(page->texts, "law.left_out", "all", of, "shown", here, "not_yet", not_yet, "no_longer",
                     no_longer, "elsewhere", elsewhere, "others", others, NULL);
    page_element(page, "p", sum, NULL);
}

/* Beside a step: that it came after the trial had ended. */
static void write_after(Page *page, const ResultsLegalStep *step)
{
    const ResultsLegalPlace on_the_day = {.in_force_from = step->place.date,
                                          .territory = step->place.territory};
    if (step->place.date != NULL && html_law_bearing(page, &on_the_day) == LAW_NOT_YET)
        minor_line(page, texts_get(page->texts, "law.after"));
}

static void write_status(Page *page)
{
    static const char *const columns[] = {"column.date", "column.step", "column.law_source", NULL};
    if (page->catalogue->legal_status.count == 0)
        return;
    html_heading(page, "h3", "law.status");
    page_table_open(page, texts_get(page->texts, "law.status"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < page->catalogue->legal_status.count; i++) {
        const ResultsLegalStep *step = &page->catalogue->legal_status.at[i];
        const ResultsLegalPlace *place = &step->place;
        g_autofree char *day = place->date != NULL ? texts_date(page->texts, place->date) : g_strdup("—");
        page_open(page, "tr", NULL);
        page_cell(page, "column.date", "head", day);
        page_cell_open(page, "column.step", "");
        page_localized(page, step->text);
        if (place->binding != NULL)
            minor_line(page, texts_word(page->texts, "law.binding", place->binding));
        write_after(page, step);
        page_close(page);
        page_cell_open(page, "column.law_source", "");
        page_element(page, "span", place->source != NULL ? place->source : "—", "class", "name", NULL);
        const ResultsLegalPlace undated = {
            .mark = place->mark, .read_at = place->read_at, .read_in = place->read_in};
        g_autofree char *read = html_law_provenance(page, &undated);
        minor_line(page, read);
        page_close_many(page, 2);
    }
    page_table_close(page);
}

void html_write_law(Page *page)
{
    const char *date = page->catalogue->state_of_law;
    const char *title = texts_pick(page->texts, page->catalogue->title, NULL);
    g_autofree char *day = texts_date(page->texts, date != NULL ? date : "—");
    g_autofree char *source = texts_format(page->texts, "public.source", "date", day, "catalogue",
                                           title != NULL ? title : "—", NULL);
    page_element(page, "p", source, NULL);
    if (texts_pick(page->texts, page->catalogue->note, NULL) != NULL) {
        page_open(page, "p", NULL);
        page_localized(page, page->catalogue->note);
        page_close(page);
    }
    if (page->catalogue->obligations.count > 0)
        write_trial(page);
    write_obligations(page, true, "law.obligations");
    write_obligations(page, false, "law.advice");
    write_status(page);
}
