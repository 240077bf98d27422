/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/span.h"
#include "report/formats.h"
#include "report/page.h"

#include <string.h>

typedef struct {
    int64_t tests, failures, errors, skipped;
} Tally;

/* The XML writer of the HTML page serves here too: same escaping, same refusal of control characters. */
static void open_case(Page *page, const char *suite, const char *name)
{
    page_text(page, "  ");
    page_open(page, "testcase", "classname", suite, "name", name, NULL);
}

static void close_case(Page *page)
{
    page_close(page);
    page_text(page, "\n");
}

static const char *message_of(const json_t *text, const char *otherwise)
{
    const char *found =
        json_is_string(text) ? json_string_value(text) : json_string_value(json_object_get(text, "en"));
    return found != NULL ? found : otherwise;
}

static void write_claim(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                        const ResultsClaim *claim, Tally *tally)
{
    const char *verdict = claim->verdict;
    const char *id = claim->id, *system = evaluation->system;
    const char *condition = evaluation->condition;
    g_autofree char *name = g_strdup_printf("%s [%s, %s]", id != NULL ? id : "claim",
                                            system != NULL ? system : "", condition != NULL ? condition : "");
    const char *sentence = message_of(claim->sentence, verdict);
    tally->tests++;
    if (page == NULL) {
        tally->failures += g_strcmp0(verdict, "refuted") == 0;
        tally->skipped += g_strcmp0(verdict, "refuted") != 0 && g_strcmp0(verdict, "supported") != 0;
        return;
    }
    open_case(page, scenario->id, name);
    if (g_strcmp0(verdict, "refuted") == 0) {
        g_autofree char *body = g_strdup_printf("Claim: %s", claim->text);
        page_element(page, "failure", body, "type", "refuted", "message", sentence, NULL);
    } else if (g_strcmp0(verdict, "supported") != 0) {
        g_autofree char *message = g_strdup_printf(
            "%s: %s", texts_word(texts_of("en"), "verdict", verdict != NULL ? verdict : "not_established"),
            sentence);
        page_element(page, "skipped", NULL, "message", message, NULL);
    }
    close_case(page);
}

/* One thing that was tried or looked for: a probe, a finding of a capsule. */
typedef struct {
    const char *suite, *name, *type, *state;
    const json_t *sentence, *meaning;
} Found;

/* What does not apply is skipped. */
static void write_found(Page *page, const Found *found, Tally *tally)
{
    const bool failed = g_strcmp0(found->state, "fail") == 0, passed = g_strcmp0(found->state, "pass") == 0;
    tally->tests++;
    tally->failures += failed;
    tally->skipped += !failed && !passed;
    if (page == NULL)
        return;
    const char *sentence = message_of(found->sentence, found->state);
    open_case(page, found->suite, found->name);
    if (failed)
        page_element(page, "failure", message_of(found->meaning, ""), "type", found->type, "message",
                     sentence, NULL);
    else if (!passed)
        page_element(page, "skipped", NULL, "message", sentence, NULL);
    close_case(page);
}

static void write_probe(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                        const ResultsProbe *probe, Tally *tally)
{
    g_autofree char *name =
        g_strdup_printf("probe %s [%s, %s]", probe->id, evaluation->system, evaluation->condition);
    const Found found = {scenario->id, name, "probe", probe->state, probe->sentence, probe->meaning};
    write_found(page, &found, tally);
}

/* A job that failed is an error; of a clip that was cut, a part was skipped. */
static void write_job(Page *page, const char *suite, const ResultsClip *clip, const ResultsReplay *condition,
                      Tally *tally)
{
    const char *status = condition->status;
    const bool failed = g_strcmp0(status, "done") != 0;
    tally->tests++;
    tally->errors += failed;
    tally->skipped += !failed;
    if (page == NULL)
        return;
    g_autofree char *name =
        g_strdup_printf("job %s/%s [%s]", clip->dataset, clip->clip, condition->condition);
    open_case(page, suite, name);
    if (failed) {
        page_element(page, "error", NULL, "type", status, "message",
                     condition->reason != NULL ? condition->reason : status, NULL);
    } else {
        g_autofree char *seconds = time_format_seconds(condition->quality.undecoded_us);
        g_autofree char *message = g_strdup_printf("cut short: %s s without a sound picture", seconds);
        page_element(page, "skipped", NULL, "message", message, NULL);
    }
    close_case(page);
}

/* Whether an evaluation of this scenario looks at this clip under this condition. */
static bool scenario_uses(const ResultsScenario *scenario, const ResultsClip *clip, const char *condition)
{
    for (size_t i = 0; i < scenario->evaluations.count; i++) {
        const ResultsEvaluation *evaluation = &scenario->evaluations.at[i];
        if (g_strcmp0(evaluation->condition, condition) != 0)
            continue;
        for (size_t j = 0; j < evaluation->clips.count; j++) {
            const ResultsJudgedClip *used = &evaluation->clips.at[j];
            if (g_strcmp0(used->clip, clip->clip) == 0 && g_strcmp0(used->dataset, clip->dataset) == 0)
                return true;
        }
    }
    return false;
}

static bool any_scenario_uses(const Results *results, const ResultsClip *clip, const char *condition)
{
    for (size_t i = 0; i < results->scenarios.count; i++)
        if (scenario_uses(&results->scenarios.at[i], clip, condition))
            return true;
    return false;
}

/* The failed and the cut jobs of a scenario; of none, when `scenario` is NULL. A NULL page only counts. */
static void write_jobs(Page *page, const Results *results, const ResultsScenario *scenario, Tally *tally)
{
    const char *suite = scenario != NULL ? scenario->id : "jobs";
    for (size_t i = 0; i < results->clips.count; i++) {
        const ResultsClip *clip = &results->clips.at[i];
        for (size_t j = 0; j < clip->conditions.count; j++) {
            const ResultsReplay *condition = &clip->conditions.at[j];
            const char *id = condition->condition;
            if (g_strcmp0(condition->status, "done") == 0 && !results_true(condition->quality.truncated))
                continue;
            if (scenario != NULL ? scenario_uses(scenario, clip, id) : !any_scenario_uses(results, clip, id))
                write_job(page, suite, clip, condition, tally);
        }
    }
}

static void write_cases(Page *page, const Results *results, const ResultsScenario *scenario, Tally *tally)
{
    for (size_t i = 0; i < scenario->evaluations.count; i++) {
        const ResultsEvaluation *evaluation = &scenario->evaluations.at[i];
        for (size_t j = 0; j < evaluation->claims.count; j++)
            write_claim(page, scenario, evaluation, &evaluation->claims.at[j], tally);
        for (size_t j = 0; j < evaluation->probes.count; j++)
            write_probe(page, scenario, evaluation, &evaluation->probes.at[j], tally);
    }
    write_jobs(page, results, scenario, tally);
}

/* What a log that came back for a capsule shows: a case for each thing that was looked for. A NULL page only
 * counts. */
static void write_capsule(Page *page, const ResultsCapsule *capsule, Tally *tally)
{
    for (size_t i = 0; i < capsule->systems.count; i++) {
        const ResultsCapsuleSystem *system = &capsule->systems.at[i];
        for (size_t k = 0; k < system->findings.count; k++) {
            const ResultsCapsuleFinding *finding = &system->findings.at[k];
            g_autofree char *name = g_strdup_printf("%s [%s]", finding->id, system->system);
            const Found found = {"capsule",       name, "capsule", finding->state, finding->sentence,
                                 finding->meaning};
            write_found(page, &found, tally);
        }
    }
}

/* How much of each alert log fell where nobody watched, and how often it repeats itself. */
static void write_log_properties(Page *page, const ResultsScenario *scenario)
{
    bool any = false;
    for (size_t i = 0; i < scenario->evaluations.count; i++) {
        const ResultsEvaluation *evaluation = &scenario->evaluations.at[i];
        const ResultsLog *log = &evaluation->log;
        if (log->json == NULL)
            continue;
        if (!any)
            page_open(page, "properties", NULL);
        any = true;
        const char *system = evaluation->system;
        const char *condition = evaluation->condition;
        g_autofree char *unwatched = g_strdup_printf("alerts_unwatched [%s, %s]", system, condition);
        g_autofree char *of =
            g_strdup_printf("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, log->unwatched, log->judged);
        g_autofree char *repeated = g_strdup_printf("rows_repeated [%s, %s]", system, condition);
        g_autofree char *rows = g_strdup_printf("%" G_GINT64_FORMAT, log->repeated_here);
        /* Earlier versions did not count all of them. */
        if (log->unwatched != RESULTS_UNKNOWN && log->judged != RESULTS_UNKNOWN)
            page_element(page, "property", NULL, "name", unwatched, "value", of, NULL);
        if (log->repeated_here != RESULTS_UNKNOWN)
            page_element(page, "property", NULL, "name", repeated, "value", rows, NULL);
    }
    if (!any)
        return;
    page_close(page);
    page_text(page, "\n");
}

static void open_counted(Page *page, const char *element, const char *name, const Tally *tally)
{
    g_autofree char *tests = g_strdup_printf("%" G_GINT64_FORMAT, tally->tests);
    g_autofree char *failures = g_strdup_printf("%" G_GINT64_FORMAT, tally->failures);
    g_autofree char *errors = g_strdup_printf("%" G_GINT64_FORMAT, tally->errors);
    g_autofree char *skipped = g_strdup_printf("%" G_GINT64_FORMAT, tally->skipped);
    page_open(page, element, "name", name, "tests", tests, "failures", failures, "errors", errors, "skipped",
              strcmp(element, "testsuite") == 0 ? skipped : NULL, NULL);
    page_text(page, "\n");
}

char *junit_render(const json_t *document)
{
    g_autoptr(Results) results = results_load(document);
    Page page;
    page_init(&page, results, NULL);
    xmlTextWriterWriteRaw(page.writer, BAD_CAST "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    Tally all = {0, 0, 0, 0}, loose = {0, 0, 0, 0};
    for (size_t i = 0; i < results->scenarios.count; i++)
        write_cases(NULL, results, &results->scenarios.at[i], &all);
    write_jobs(NULL, results, NULL, &all);
    write_capsule(NULL, &results->capsule, &all);
    open_counted(&page, "testsuites", results->audit.id, &all);
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const ResultsScenario *scenario = &results->scenarios.at[i];
        Tally tally = {0, 0, 0, 0}, again = {0, 0, 0, 0};
        write_cases(NULL, results, scenario, &tally);
        page_text(&page, " ");
        open_counted(&page, "testsuite", scenario->id, &tally);
        write_log_properties(&page, scenario);
        write_cases(&page, results, scenario, &again);
        page_text(&page, " ");
        page_close(&page);
        page_text(&page, "\n");
    }
    Tally opened = {0, 0, 0, 0};
    write_capsule(NULL, &results->capsule, &opened);
    if (opened.tests > 0) {
        Tally again = {0, 0, 0, 0};
        page_text(&page, " ");
        open_counted(&page, "testsuite", "capsule", &opened);
        write_capsule(&page, &results->capsule, &again);
        page_text(&page, " ");
        page_close(&page);
        page_text(&page, "\n");
    }
    write_jobs(NULL, results, NULL, &loose);
    if (loose.tests > 0) {
        Tally again = {0, 0, 0, 0};
        page_text(&page, " ");
        open_counted(&page, "testsuite", "jobs", &loose);
        write_jobs(&page, results, NULL, &again);
        page_text(&page, " ");
        page_close(&page);
        page_text(&page, "\n");
    }
    page_close(&page);
    page_text(&page, "\n");
    gsize length = 0;
    char *xml = page_finish(&page, &length);
    page_clear(&page);
    return xml;
}
