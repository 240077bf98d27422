/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same alerts and events judged by the field's other protocols, beside the scenario's.
 *
 * Each clip is a file and the behaviour the only activity. Only what that scores takes part: certain events
 * and the alerts in the scored time. The protocols want spans: an alert that has no end is taken to last
 * until it was decided, and at least one second; ActEV's frames are 1/25 s. An alert's confidence is 1 when
 * it has none. */
#ifndef VSAUDIT_SCORING_PANEL_H
#define VSAUDIT_SCORING_PANEL_H

#include "language/phrase.h"
#include "records/span.h"
#include "scoring/eval.h"

/* Measures of a whole curve (nAUDC, AP, minimum NDCR) are left out beyond so many events and alerts together:
 * they are not made in n log n. They need a confidence of every alert. */
#define PANEL_CURVE_MOST 20000
#define PANEL_SHORTEST_US US_PER_SECOND /* of an alert without an end */

typedef struct {
    int64_t start_us, end_us; /* end > start */
    int64_t decided_us;       /* alerts only */
    double confidence;        /* alerts only; NAN = none */
    bool end_assumed;
} PanelSpan;

typedef struct {
    const PanelSpan *events, *alerts; /* each by start */
    size_t event_count, alert_count;
    int64_t scored_us;
} PanelFile;

typedef struct {
    const PanelFile *files;
    size_t file_count;
    const char *beside;         /* the scenario's protocol, for the sentences */
    int64_t hits, false_strict; /* by it, likewise */
} PanelInput;

typedef enum { PANEL_EVENTS, PANEL_SEGMENTS } PanelUnit;

typedef struct {
    const char *name; /* stable: "p_miss", "f", … */
    double value;     /* NAN = not defined */
} PanelFigure;

typedef struct {
    const Protocol *protocol;
    bool scored;
    const char *reason;     /* why not, when not scored: the key of a sentence */
    PanelUnit unit;         /* of the counts */
    int64_t truths, alerts; /* what there is to find, what was said */
    int64_t detections, misses, false_alarms;
    int64_t ignored;        /* counted on no side */
    int64_t ends_assumed;   /* alerts without an end of their own */
    PanelFigure figures[8]; /* ended by a NULL name */
} PanelRow;

/* A protocol with its parameters. */
typedef struct {
    const Protocol *protocol;
    void *settings;
} PanelChoice;

typedef struct {
    GArray *choices; /* of PanelChoice, in the registry's order */
} PanelChoices;

/* "all", or a list such as "actev-sdl-v2,ilids(window=10,recall_bias=0.5)"; "all" may stand beside others
 * that only set parameters. USAGE error. */
PanelChoices *panel_choices_parse(const char *text, GError **error);
void panel_choices_free(PanelChoices *choices); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PanelChoices, panel_choices_free)

void panel_score(const PanelChoice *choice, const PanelInput *input, PanelRow *row);
/* Why the row is not the scenario's protocol's: counts compared and the rule that makes the difference, the
 * text “panel.rule.ID”. Caller frees. */
Phrase *panel_sentence(const PanelRow *row, const PanelInput *input);

/* The options of the peers' protocols, for the registry. */
typedef struct {
    int64_t tolerance_us;
    double cost_miss, cost_fa, target_rate;
} PanelTrecvid;
typedef struct {
    int64_t collar_us;
    double share_of_length;
    bool use_offset;
} PanelCollar;
typedef struct {
    int64_t resolution_us;
} PanelSegment;
typedef struct {
    double detection_tolerance, truth_tolerance;
} PanelIntersection;
extern const OptionRow panel_trecvid_options[], panel_collar_options[], panel_segment_options[],
    panel_intersection_options[];

#endif
