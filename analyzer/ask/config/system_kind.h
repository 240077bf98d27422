/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of systems under test: what a scenario may say of each, and what the others must know of it.
 * Where its alerts come from is one function in systems/system.c; its words are the texts
 * "system_kind.<name>". */
#ifndef VSAUDIT_CONFIG_SYSTEM_KIND_H
#define VSAUDIT_CONFIG_SYSTEM_KIND_H

#include "yaml/yaml_table.h"

#include <stdbool.h>

typedef struct SystemSpec SystemSpec;
typedef struct Scenario Scenario;

typedef struct {
    const char *help;         /* one line, for `vsaudit list systems` */
    const char *about;        /* what else is to be known of it, a sentence or two, for the same */
    const char *example;      /* an item of `systems` in one line, for the same */
    const char *keys[5];      /* of those keys of a system that not every kind takes; ended by NULL */
    const char *needed;       /* the one of them that must be there; NULL: none */
    bool replays;             /* a rule of the program's own looks at the pictures: the clips are needed */
    bool has_log;             /* its alerts are read from the file at `path` */
    bool is_control;          /* bounds the figures of the others; no claim and no limit is about it */
    bool is_person;           /* judged by what one annotator watched */
    bool is_own;              /* this program's own rules: what others are held against, no product */
    bool runs;                /* something that is not ours is fed the pictures, in jobs of its own */
    const YamlTable *options; /* its own keys, into SystemSpec.options; NULL: none */
    /* Once the system is read; reports what does not fit together. NULL: nothing. */
    void (*check)(YamlReader *reader, const YamlNode *node, SystemSpec *system);
    /* Once its scenario's own members are read; the same. NULL: nothing. */
    void (*complete)(YamlReader *reader, const YamlNode *node, SystemSpec *system, const Scenario *scenario);
    /* The id of another system of the scenario that it goes by, which is no control and no person; NULL, or
     * gives NULL: none. */
    const char *(*other)(const SystemSpec *system);
    const char *other_key; /* which says so */
} SystemKind;

/* Names as in YAML and in the results, ended by NULL; a system's `kind` is a place in this list. */
extern const char *const system_kind_names[];
const SystemKind *system_kind_at(unsigned kind);
/* All tables of options, ended by NULL. */
extern const YamlTable *const system_kind_tables[];
/* By its name, as results hold it; false for NULL and for a kind that this program does not have. */
bool system_kind_is_control(const char *name);
/* Whether it is a product under test, and nothing that products are held against; of an unknown kind true. */
bool system_kind_is_product(const char *name);
bool system_kind_replays(const char *name);
bool system_kind_runs(const char *name);
bool system_kind_takes(const SystemKind *kind, const char *key);

#endif
