/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The footage, its provenance and quality. */
#include "records/span.h"
#include "report/html/sections.h"

#include <math.h>
#include <string.h>

static void write_datasets(Page *page)
{
    static const char *const columns[] = {"column.dataset", "column.clips",   "column.origin",
                                          "column.source",  "column.licence", NULL};
    page_table_open(page, texts_get(page->texts, "data.datasets_caption"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < page->results->datasets.count; i++) {
        const ResultsDataset *dataset = &page->results->datasets.at[i];
        g_autofree char *title = page_title(page, dataset->title, NULL, dataset->id);
        g_autofree char *clips = texts_integer(page->texts, dataset->clips);
        const char *source = texts_pick(page->texts, dataset->source, NULL);
        const char *licence = dataset->licence;
        page_open(page, "tr", NULL);
        page_cell(page, "column.dataset", "head", title);
        page_cell(page, "column.clips", "num", clips);
        page_cell(page, "column.origin", "",
                  texts_get(page->texts, !results_given(dataset->synthetic) ? "not_stated"
                                         : results_true(dataset->synthetic) ? "data.drawn"
                                                                            : "data.filmed"));
        g_autofree char *set = source != NULL ? texts_typography(page->texts, source) : NULL;
        page_cell(page, "column.source", "", set != NULL ? set : texts_get(page->texts, "not_stated"));
        page_cell(page, "column.licence", "",
                  licence != NULL ? licence : texts_get(page->texts, "not_stated"));
        page_close(page);
    }
    page_table_close(page);
}

static char *promised(const Page *page, int64_t value, int64_t promise)
{
    g_autofree char *first = texts_integer(page->texts, value);
    if (promise < 0 || promise == value)
        return g_steal_pointer(&first);
    g_autofree char *second = texts_integer(page->texts, promise);
    return texts_format(page->texts, "quality.of_promised", "value", first, "promised", second, NULL);
}

/* Of two counts; unknown when neither is there. */
static int64_t sum_of(int64_t one, int64_t other)
{
    const bool none = one == RESULTS_UNKNOWN && other == RESULTS_UNKNOWN;
    return none ? RESULTS_UNKNOWN : results_or(one, 0) + results_or(other, 0);
}

static void quality_cells(Page *page, const ResultsQuality *quality)
{
    g_autofree char *frames = promised(page, quality->frames, quality->frames_promised);
    g_autofree char *length = texts_seconds(page->texts, results_double(quality->duration_us) / 1e6);
    g_autofree char *gaps = texts_integer(page->texts, quality->gaps);
    g_autofree char *errors =
        texts_integer(page->texts, sum_of(quality->decode_errors, quality->corrupt_frames));
    g_autofree char *order =
        texts_integer(page->texts, sum_of(quality->backward_pts, quality->duplicate_pts));
    g_autofree char *lost = texts_seconds(page->texts, results_double(quality->undecoded_us) / 1e6);
    page_cell(page, "column.frames", "num", frames);
    page_cell(page, "column.length", "num", length);
    page_cell(page, "column.gaps", "num", gaps);
    page_cell(page, "column.errors", "num", errors);
    page_cell(page, "column.pts", "num", order);
    page_cell(page, "column.truncated", "", html_yes_no(page, quality->truncated));
    page_cell(page, "column.not_decoded", "num", lost);
}

static void quality_row(Page *page, const ResultsClip *clip, const ResultsReplay *condition)
{
    g_autofree char *name = page_clip_name(page, clip->dataset, clip->clip);
    const ResultsQuality *quality = &condition->quality;
    const char *status = condition->status;
    page_open(page, "tr", NULL);
    page_cell(page, "column.clip", "head", name);
    page_cell(page, "column.condition", "", texts_word(page->texts, "condition", condition->condition));
    if (quality->json == NULL) {
        page_open(page, "td", "colspan", "7", "data-label", texts_get(page->texts, "column.status"), NULL);
        page_text(page, texts_word(page->texts, "status", status));
        page_close(page);
    } else {
        quality_cells(page, quality);
    }
    page_close(page);
}

/* Whether a reader should look at the clip: not run, not whole, or not as the file promised. */
static bool is_remarkable(const ResultsReplay *condition)
{
    const ResultsQuality *quality = &condition->quality;
    if (quality->json == NULL || results_true(quality->truncated) ||
        g_strcmp0(condition->status, "done") != 0)
        return true;
    if (quality->gaps > 0 || quality->decode_errors > 0 || quality->corrupt_frames > 0 ||
        quality->backward_pts > 0 || quality->duplicate_pts > 0 || quality->undecoded_us > 0)
        return true;
    const int64_t promise = quality->frames_promised;
    return promise >= 0 && promise != quality->frames;
}

/* What is to be said of a clip's file, whatever came of its replay. */
static void write_remarks(Page *page)
{
    for (size_t i = 0; i < page->results->clips.count; i++) {
        const ResultsClip *clip = &page->results->clips.at[i];
        if (!results_true(clip->file_passed_over))
            continue;
        g_autofree char *name = page_clip_name(page, clip->dataset, clip->clip);
        g_autofree char *text = texts_format(page->texts, "quality.passed_over", "clip", name, NULL);
        page_element(page, "p", text, NULL);
    }
}

static void write_quality(Page *page)
{
    static const char *const columns[] = {
        "column.clip",   "column.condition", "column.frames",    "column.length",      "column.gaps",
        "column.errors", "column.pts",       "column.truncated", "column.not_decoded", NULL};
    html_heading(page, "h3", "quality.heading");
    page_say(page, "p", "quality.intro", NULL);
    size_t remarkable = 0, sound = 0, unread = 0;
    for (size_t i = 0; i < page->results->clips.count; i++) {
        const ResultsClip *clip = &page->results->clips.at[i];
        for (size_t j = 0; j < clip->conditions.count; j++) {
            const ResultsReplay *condition = &clip->conditions.at[j];
            if (condition->quality.json == NULL && g_strcmp0(condition->status, "done") == 0) {
                unread++; /* scored by its stated length */
                continue;
            }
            if (!is_remarkable(condition)) {
                sound++;
                continue;
            }
            if (remarkable++ == 0) {
                page_table_open(page, texts_get(page->texts, "quality.caption"), "cards wide");
                page_table_head(page, columns);
            }
            quality_row(page, clip, condition);
        }
    }
    if (remarkable > 0)
        page_table_close(page);
    write_remarks(page);
    if (unread > 0)
        page_say(page, "p", "quality.no_video", NULL);
    if (sound > 0) {
        g_autofree char *text = texts_count(
            page->texts, remarkable > 0 ? "quality.others" : "quality.all_sound", (int64_t)sound, NULL);
        page_element(page, "p", text, NULL);
    }
}

static void lost_cell(Page *page, const char *column, int64_t us)
{
    g_autofree char *text = texts_duration(page->texts, results_double(us) / (double)US_PER_HOUR);
    page_cell(page, column, "num", text);
}

static void exposure_row(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    if (page_is_control(evaluation))
        return; /* the footage is that of the systems beside it */
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    g_autofree char *hours = texts_duration(page->texts, evaluation->exposure.camera_hours);
    page_cell(page, "column.exposure", "num", hours);
    lost_cell(page, "column.no_score", evaluation->exposure.no_score_us);
    lost_cell(page, "column.not_decoded", evaluation->exposure.not_decoded_us);
    lost_cell(page, "column.not_seen", evaluation->exposure.not_seen_us);
    lost_cell(page, "column.not_annotated", evaluation->exposure.not_annotated_us);
    g_autofree char *failed = texts_integer(page->texts, evaluation->exposure.failed_clips);
    page_cell(page, "column.failed_clips", "num", failed);
    page_close(page);
}

void html_write_data(Page *page)
{
    static const char *const columns[] = {
        "column.evaluation", "column.exposure",      "column.no_score",     "column.not_decoded",
        "column.not_seen",   "column.not_annotated", "column.failed_clips", NULL};
    html_section_open(page, "data");
    write_datasets(page);
    html_write_sampling(page);
    html_heading(page, "h3", "data.exposure");
    page_say(page, "p", "data.exposure_intro", NULL);
    html_evaluations_table(page, "data.exposure_caption", "cards", columns, exposure_row);
    html_write_representativity(page);
    write_quality(page);
    html_write_clocks(page);
    html_section_close(page);
}
