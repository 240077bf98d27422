/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences of the first page. */
#include "report/front.h"

#include "config/system_kind.h"
#include "report/html/sections.h"

#include <math.h>
#include <string.h>

/* ---- who tested what for whom, when */

static const char *const facts[] = {[FRONT_TESTED] = "front.tested",
                                    [FRONT_FOR] = "front.for",
                                    [FRONT_BY] = "front.by",
                                    [FRONT_WHEN] = "front.when",
                                    [FRONT_ON] = "front.on"};

const char *front_fact_name(const Page *page, FrontFact fact)
{
    return texts_get(page->texts, facts[fact]);
}

/* The first words of what was said of an item; NULL: it was not given. Caller frees. */
static char *said_of(const Page *page, const ResultsStatements *statements, const char *key, unsigned words)
{
    const ResultsStatement *statement = results_find_statement(statements, key);
    const json_t *text = statement->state != NULL ? statement->text : statement->json;
    const char *said = texts_pick(page->texts, text, NULL);
    const char *state = statement->state != NULL ? statement->state : "given";
    const bool reported = strcmp(state, "reported") == 0;
    if (said == NULL || *said == '\0' || (!reported && strcmp(state, "given") != 0))
        return NULL; /* the text of what was not given says why, and is no name */
    g_autofree char *cut = front_cut(said, words);
    g_autofree char *set = texts_typography(page->texts, cut);
    return reported ? g_strdup_printf("%s (%s)", set, texts_get(page->texts, "statement.reported"))
                    : g_steal_pointer(&set);
}

typedef struct {
    const Page *page;
    bool products;
    GPtrArray *names;
} Names;

static void name_system(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    Names *systems = user;
    if (page_is_control(evaluation) || system_kind_is_product(evaluation->system_kind) != systems->products)
        return;
    g_autofree char *name = page_system_name(systems->page, evaluation);
    if (!g_ptr_array_find_with_equal_func(systems->names, name, g_str_equal, NULL))
        g_ptr_array_add(systems->names, g_steal_pointer(&name));
}

/* The systems that ran, where the audit does not say which product it is about: products, else yardsticks. */
static char *name_systems(const Page *page, unsigned words)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    results_visit_products_first(page->results, name_system, &(Names){page, true, names});
    if (names->len == 0)
        results_visit_products_first(page->results, name_system, &(Names){page, false, names});
    if (names->len == 0)
        return NULL;
    g_ptr_array_add(names, NULL);
    g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
    return front_cut(all, words);
}

static char *tested(const Page *page, unsigned words)
{
    const ResultsStatements *system = &page->results->audit.system;
    g_autofree char *product = said_of(page, system, "product", words);
    g_autofree char *version = said_of(page, system, "version", words / 2);
    g_autofree char *vendor = said_of(page, system, "vendor", words);
    if (product == NULL)
        product = name_systems(page, words);
    g_autofree char *numbered =
        version != NULL && product != NULL
            ? texts_format(page->texts, "front.version", "product", product, "version", version, NULL)
            : g_strdup(product != NULL ? product : version);
    if (vendor == NULL || numbered == NULL)
        return g_strdup(numbered != NULL ? numbered : vendor);
    return texts_format(page->texts, "front.vendor", "product", numbered, "vendor", vendor, NULL);
}

/* The day of the run where it is known, else the dates that the audit gives; and whether what was measured
 * had been fixed before. */
static char *when(const Page *page, unsigned words)
{
    g_autofree char *day = page->run_finished != NULL ? g_strndup(page->run_finished, 10) : NULL;
    g_autofree char *date = day != NULL ? texts_date(page->texts, day)
                                        : said_of(page, &page->results->audit.identity, "dates", words);
    const char *state = page->results->lock.state;
    const char *key = state == NULL || strcmp(state, "unlocked") == 0 ? "front.unlocked"
                      : strcmp(state, "unchanged") == 0               ? "front.locked"
                                                                      : "front.lock_changed";
    return g_strconcat(date != NULL ? date : texts_get(page->texts, "not_stated"),
                       texts_get(page->texts, "list.apart"), texts_get(page->texts, key), NULL);
}

static char *basis(const Page *page)
{
    const ResultsTotals *totals = &page->results->totals;
    g_autofree char *hours = texts_duration(page->texts, totals->camera_hours);
    g_autofree char *clips = texts_count(page->texts, "count.clips", totals->clips, NULL);
    g_autofree char *cameras = texts_count(page->texts, "count.cameras", totals->cameras, NULL);
    return texts_format(page->texts, "front.basis", "clips", clips, "hours", hours, "cameras", cameras, NULL);
}

char *front_fact(const Page *page, FrontFact fact, unsigned words)
{
    const ResultsStatements *identity = &page->results->audit.identity;
    char *text = fact == FRONT_TESTED ? tested(page, words)
                 : fact == FRONT_FOR  ? said_of(page, identity, "commissioner", words)
                 : fact == FRONT_BY   ? said_of(page, identity, "operator", words)
                 : fact == FRONT_WHEN ? when(page, words)
                                      : basis(page);
    return text != NULL ? text : g_strdup(texts_get(page->texts, "not_stated"));
}

/* ---- what is the result of what */

static bool several_systems(const Page *page)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    results_visit_products_first(page->results, name_system, &(Names){page, true, names});
    results_visit_products_first(page->results, name_system, &(Names){page, false, names});
    return names->len > 1;
}

/* As short as it still says which: the scenario where there are several, the system likewise, the condition
 * where it is not the scenario's first. */
static char *evaluation_name(const Page *page, const ResultsScenario *scenario,
                             const ResultsEvaluation *evaluation)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    const bool systems = several_systems(page);
    if (page->results->scenarios.count > 1 || !systems)
        g_ptr_array_add(parts, page_title(page, scenario->title, NULL, scenario->id));
    if (systems)
        g_ptr_array_add(parts, page_system_name(page, evaluation));
    if (g_strcmp0(evaluation->condition, scenario->evaluations.at[0].condition) != 0)
        g_ptr_array_add(parts,
                        page_title(page, evaluation->condition_title, "condition", evaluation->condition));
    g_ptr_array_add(parts, NULL);
    return g_strjoinv(" · ", (char **)parts->pdata);
}

char *front_result_name(const Page *page, const FrontResult *result)
{
    if (result->merged > 1)
        return texts_count(page->texts, "front.merged", result->merged, NULL);
    return evaluation_name(page, result->scenario, result->evaluation);
}

/* ---- a day's work */

static const char *const figures[] = {
    [FRONT_ALERTS] = "front.alerts", [FRONT_MISSED] = "front.missed", [FRONT_PEOPLE] = "front.people"};

const char *front_figure_name(const Page *page, FrontFigure figure)
{
    return texts_get(page->texts, figures[figure]);
}

typedef struct {
    const Page *page;
    FrontFigure figure;
    bool products;
    unsigned most;
    GPtrArray *said;    /* of char *: "Tampering: 5.1 [2.3 – 9.9]" */
    unsigned more;      /* that could be said as well */
    const char *reason; /* of the first of which it cannot be said */
    unsigned unsaid;
} Day;

static char *missed_of(const Page *page, int64_t misses, int64_t events, const char *share)
{
    g_autofree char *missed = texts_integer(page->texts, misses), *all = texts_integer(page->texts, events);
    g_autofree char *text =
        texts_format(page->texts, "front.missed_of", "missed", missed, "events", all, "share", share, NULL);
    return g_strdup(g_strchomp(text));
}

/* What the figure is; NULL with a reason where it cannot be said. */
static char *figure_of(Day *day, const ResultsEvaluation *evaluation, const char **reason)
{
    const Page *page = day->page;
    g_auto(NumberText) text = {NULL};
    const ResultsRate *missed = &evaluation->rates.p_miss;
    const ResultsFigure *per_day = &evaluation->per_day;
    const ResultsNetwork *network = &evaluation->alert_load.network;
    if (day->figure == FRONT_MISSED) {
        *reason = missed->reason != NULL ? missed->reason : "unknown";
        if (isnan(missed->value))
            return NULL;
        texts_interval(page->texts, missed->value, missed->interval.low, missed->interval.high, true, &text);
        return missed_of(page, evaluation->counts.misses, evaluation->counts.events,
                         text.interval != NULL ? text.interval : text.value);
    }
    const ResultsFigure *figure =
        day->figure == FRONT_ALERTS ? per_day : &network->false_alerts_per_operator_shift;
    const char *why = evaluation->rates.false_alerts_per_camera_hour.reason;
    *reason = day->figure == FRONT_PEOPLE && network->json == NULL ? "no_network"
              : isnan(figure->value)                               ? (why != NULL ? why : "unknown")
                                                                   : "short";
    if (g_strcmp0(*reason, "short") != 0 || results_is_short(evaluation))
        return NULL;
    texts_interval(page->texts, figure->value, figure->low, figure->high, false, &text);
    const char *both = text.both != NULL ? text.both : text.value;
    return day->figure == FRONT_ALERTS ? g_strdup(both)
                                       : texts_format(page->texts, "front.per_shift", "n", both, NULL);
}

static void add_figure(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Day *day = user;
    if (page_is_control(evaluation) || system_kind_is_product(evaluation->system_kind) != day->products ||
        g_strcmp0(evaluation->condition, scenario->evaluations.at[0].condition) != 0)
        return;
    const char *reason = NULL;
    g_autofree char *figure = figure_of(day, evaluation, &reason);
    if (figure == NULL) {
        day->unsaid++;
        day->reason = day->reason != NULL ? day->reason : reason;
    } else if (day->said->len == day->most) {
        day->more++;
    } else {
        g_autofree char *name = evaluation_name(day->page, scenario, evaluation);
        g_ptr_array_add(day->said,
                        texts_format(day->page->texts, "front.entry", "name", name, "figure", figure, NULL));
    }
}

static void collect_figures(const Page *page, Day *day)
{
    results_visit_products_first(page->results, add_figure, day);
    if (day->said->len + day->unsaid > 0)
        return;
    day->products = false;
    results_visit_products_first(page->results, add_figure, day);
}

char *front_figure(const Page *page, FrontFigure figure, unsigned most)
{
    g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func(g_free);
    Day day = {.page = page, .figure = figure, .products = true, .most = most, .said = said};
    collect_figures(page, &day);
    if (said->len + day.unsaid == 0)
        return g_strdup(texts_get(page->texts, "summary.no_system"));
    const char *reason = day.reason != NULL ? texts_word(page->texts, "reason", day.reason) : NULL;
    if (said->len == 0)
        return texts_format(page->texts, "front.cannot", "reason", reason, NULL);
    if (day.more > 0)
        g_ptr_array_add(said, texts_count(page->texts, "front.more", day.more, NULL));
    if (day.unsaid > 0)
        g_ptr_array_add(said,
                        texts_count(page->texts, "front.cannot_some", day.unsaid, "reason", reason, NULL));
    g_ptr_array_add(said, NULL);
    g_autofree char *all = g_strjoinv(texts_get(page->texts, "list.apart"), (char **)said->pdata);
    return texts_typography(page->texts, all);
}

/* ---- what was not tested */

static void find_live(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    *(bool *)user = *(bool *)user || g_strcmp0(evaluation->system_kind, "live") == 0;
}

static void find_people(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    *(bool *)user = *(bool *)user || evaluation->after_validation_of != NULL;
}

char *front_untested(const Page *page)
{
    const Results *results = page->results;
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_free);
    const size_t all = page->catalogue != NULL ? page->catalogue->legal_list.events.count : 0;
    const size_t untested = html_untested_events(page);
    g_autofree char *of = texts_integer(page->texts, (int64_t)all);
    if (untested > 0)
        g_ptr_array_add(
            items, texts_count(page->texts, "front.untested_events", (int64_t)untested, "all", of, NULL));
    bool live = false, people = false;
    results_visit_products_first(results, find_live, &live);
    results_visit_products_first(results, find_people, &people);
    if (results->totals.failed_jobs > 0)
        g_ptr_array_add(items,
                        texts_count(page->texts, "front.untested_failed", results->totals.failed_jobs, NULL));
    if (!live)
        g_ptr_array_add(items, g_strdup(texts_get(page->texts, "front.untested_live")));
    if (!people)
        g_ptr_array_add(items, g_strdup(texts_get(page->texts, "front.untested_people")));
    g_ptr_array_add(items, g_strdup(texts_get(page->texts, "front.untested_groups")));
    g_ptr_array_add(items, NULL);
    g_autofree char *list = g_strjoinv(texts_get(page->texts, "list.apart"), (char **)items->pdata);
    g_autofree char *set = texts_typography(page->texts, list);
    return texts_format(page->texts, "front.untested_all", "items", set, NULL);
}

/* ---- cautions */

typedef struct {
    const Page *page;
    GPtrArray *remarks;
} Cautions;

static void add_cautions(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Cautions *cautions = user;
    const Texts *texts = cautions->page->texts;
    if (page_is_control(evaluation))
        return;
    g_autofree char *name = evaluation_name(cautions->page, scenario, evaluation);
    for (size_t i = 0; i < evaluation->log.remarks.count; i++)
        g_ptr_array_add(cautions->remarks,
                        texts_format(texts, "short.log_remark", "evaluation", name, "remark",
                                     texts_pick(texts, evaluation->log.remarks.at[i], NULL), NULL));
    for (size_t i = 0; i < evaluation->probes.count; i++) {
        const ResultsProbe *probe = &evaluation->probes.at[i];
        if (g_strcmp0(probe->state, "fail") == 0)
            g_ptr_array_add(cautions->remarks,
                            texts_format(texts, "probe.caution", "name",
                                         texts_word(texts, "probe.name", probe->id), "meaning",
                                         texts_pick(texts, probe->meaning, NULL), NULL));
    }
    const ResultsChance *chance = &evaluation->chance;
    if (results_given(chance->better) && !results_true(chance->better))
        g_ptr_array_add(cautions->remarks, g_strdup(texts_pick(texts, chance->sentence, NULL)));
    if (evaluation->exposure.copied_clips > 0)
        g_ptr_array_add(cautions->remarks,
                        texts_count(texts, "short.copied_clips", evaluation->exposure.copied_clips, NULL));
    if (evaluation->exposure.clock_mended_clips > 0)
        g_ptr_array_add(cautions->remarks, texts_count(texts, "summary.clock_mended",
                                                       evaluation->exposure.clock_mended_clips, NULL));
}

GPtrArray *front_remarks(const Page *page)
{
    Cautions cautions = {page, g_ptr_array_new_with_free_func(g_free)};
    results_visit_products_first(page->results, add_cautions, &cautions);
    return cautions.remarks;
}
