/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Probes: what a system that runs is put through besides, and what an audit asks of them (`probes:`). Each
 * lets the system look again at clips that were changed in a way that should make no difference, or a known
 * one, and its alerts are held against those of the clips as recorded. They enter no rate.
 *
 * A probe is a record here, its place in runner/plan_probes.c (what is shown to whom, and to whom it does not
 * apply), and its words, the texts "probe.….<id>". What it takes of a picture or of its time is
 * runner/probe_show.c; how its alerts are judged, scoring/probing.h. */
#ifndef VSAUDIT_CONFIG_PROBES_H
#define VSAUDIT_CONFIG_PROBES_H

#include "yaml/yaml_table.h"

typedef enum {
    PROBE_REPEAT,    /* the same again */
    PROBE_ORDER,     /* the clips in reverse order, to one process */
    PROBE_RENAMED,   /* under other names */
    PROBE_MIRRORED,  /* left and right exchanged, with all that is drawn on the clip */
    PROBE_DELAYED,   /* PROBE_DELAY_US later: the first picture stands that much longer */
    PROBE_HALF_RATE, /* every second picture */
    PROBE_HALF_SIZE, /* half as wide and half as high */
    PROBE_RE_ENCODED,
    PROBE_EMPTY_HOUR,        /* a still background, with a little noise */
    PROBE_INTERRUPTED,       /* no picture for PROBE_GAP_US in the middle, then it goes on */
    PROBE_CAMERAS_EXCHANGED, /* the footage of one camera under the name and the drawing of another */
    PROBE_COUNT
} ProbeId;

#define PROBE_DELAY_US (US_PER_SECOND / 2)
#define PROBE_GAP_US (3 * US_PER_SECOND)

typedef struct {
    const char *id;
    /* The system is shown or told what it should not be able to tell from what was recorded: its alerts must
     * be the very same. Else they may differ a little. */
    bool exact;
    /* Under which its jobs are kept: an id that no scenario's condition can have, and the filter graph;
     * NULL: none. */
    const char *condition, *filter;
} Probe;

/* By ProbeId. */
extern const Probe probe_table[PROBE_COUNT];
/* Their ids, ended by NULL. */
extern const char *const probe_names[];
/* Whether jobs under a condition of that id are a probe's. */
bool probes_is_condition(const char *condition);

typedef struct {
    bool asked[PROBE_COUNT]; /* the repeat, too, where anything is asked: without it chance is not told apart
                              */
    bool any;
    GPtrArray *clips;      /* of char *: whose alerts are compared; empty: all of the scenario */
    int64_t tolerance_us;  /* alerts no farther apart are the same, where they may differ a little */
    double agreement;      /* … and this share of them must be */
    int64_t empty_us;      /* length of the empty scene */
    int64_t empty_live_us; /* … for systems that are live, which watch it for so long */
} ProbesSpec;

extern const YamlTable probes_settings_table;

/* For FIELD_CUSTOM: all, a list of probes, or a map of settings, into a ProbesSpec. */
void probes_read(YamlReader *reader, const YamlNode *node, void *member);
void probes_clear(ProbesSpec *probes);
/* Whether the audit's probes compare the clip of that id. */
bool probes_want(const ProbesSpec *probes, const char *clip);
/* Reports at the node (of `probes`) each clip that no scenario has. */
void probes_check_clips(YamlReader *reader, const YamlNode *node, const ProbesSpec *probes,
                        const GPtrArray *scenarios);

#endif
