/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An hour of one camera, three events, four alerts: what the alerts are worth.
 *     cc example.c $(pkg-config --cflags --libs vsaudit) -o example */
#include <stdio.h>
#include <vsaudit/vsaudit.h>

#define S(seconds) ((int64_t)((seconds)*1e6))

int main(void)
{
    VsauditError error;
    VsauditEvent events[3];
    VsauditAlert alerts[4];
    const int64_t starts[3] = {S(100), S(900), S(2000)}, onsets[4] = {S(101.5), S(112), S(1500), S(2003)};
    for (int i = 0; i < 3; i++) {
        vsaudit_event_init(&events[i], sizeof events[i], NULL);
        events[i].start_us = starts[i];
        events[i].end_us = starts[i] + S(30);
    }
    for (int i = 0; i < 4; i++) {
        vsaudit_alert_init(&alerts[i], sizeof alerts[i], NULL);
        alerts[i].onset_us = onsets[i];
    }
    VsauditClip clip;
    vsaudit_clip_init(&clip, sizeof clip, NULL);
    clip.duration_us = S(3600);
    clip.events = events;
    clip.event_count = 3;
    clip.event_size = sizeof events[0];
    clip.alerts = alerts;
    clip.alert_count = 4;
    clip.alert_size = sizeof alerts[0];

    VsauditScoring *scoring = NULL;
    VsauditScore *score = NULL;
    VsauditCounts counts;
    VsauditFigure figure;
    if (vsaudit_scoring_new(NULL, NULL, 0, &scoring, &error) != VSAUDIT_OK ||
        vsaudit_scoring_add_clip(scoring, &clip, sizeof clip, &error) != VSAUDIT_OK ||
        vsaudit_scoring_score(scoring, &score, &error) != VSAUDIT_OK ||
        vsaudit_score_counts(score, &counts, sizeof counts, &error) != VSAUDIT_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    printf("hits %d, misses %d, false %d, of them repeated %d\n", (int)counts.hits, (int)counts.misses,
           (int)counts.false_strict, (int)counts.duplicates);
    for (size_t i = 0; vsaudit_score_figure(score, i, &figure, sizeof figure, NULL) == VSAUDIT_OK; i++)
        if (figure.reason != NULL)
            printf("%s: not defined, %s\n", figure.name, figure.reason);
        else
            printf("%s: %.9g, from %.9g to %.9g\n", figure.name, figure.value, figure.low, figure.high);
    vsaudit_score_free(score);
    vsaudit_scoring_free(scoring);
    return 0;
}
