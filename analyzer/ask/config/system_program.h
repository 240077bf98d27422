/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scenario says of a system of kind program: its command, how it is fed, what it is told; and of one
 * of kind plugin, which is a program whose command is the host of the library. */
#ifndef VSAUDIT_CONFIG_SYSTEM_PROGRAM_H
#define VSAUDIT_CONFIG_SYSTEM_PROGRAM_H

#include "config/scenario.h"

/* The command of ours that holds a plug-in. */
#define PLUGIN_HOST "plugin-host"

/* What a program says. */
typedef enum { GIVES_ALERTS, GIVES_OBSERVATIONS } ProgramGives;
/* What a program is given: pictures, or the path of a copy of the clip. */
typedef enum { INPUT_FRAMES, INPUT_PATH } ProgramInput;
/* How long a process lives. */
typedef enum { STARTS_CLIP, STARTS_RUN } ProgramStarts;
/* When the next picture comes: after it said that it is ready, when there is room, by the clock. */
typedef enum { PACE_STEP, PACE_FREE, PACE_REAL_TIME } ProgramPace;
/* Which picture gives way when a queue is full. */
typedef enum { DROP_OLDEST, DROP_NEWEST } ProgramDrops;

typedef struct {
    int64_t memory_mib; /* of its address space's data; at most what a worker may have */
    double processor_x; /* it may keep the harness waiting so many times the length of what it was shown … */
    double start_s;     /* … and this long besides: to start, and to end */
} ProgramLimits;

/* The same program told otherwise. */
typedef struct {
    char *id;
    ParamList *settings; /* over the program's own of the same name */
} ProgramVariant;

typedef struct {
    GPtrArray *command; /* of char *, as written; never empty once loaded. Of a plug-in its library */
    char *library;      /* plugin: as written; else NULL */
    char *says;         /* plugin: what its host's reason begins with on standard error; else NULL */
    GPtrArray *files;   /* of char *: read by the program, resolved */
    ParamList *settings;
    GPtrArray *variants;                 /* of ProgramVariant * */
    unsigned input;                      /* ProgramInput; of a program alone */
    unsigned gives, starts, pace, drops; /* ProgramGives, ProgramStarts, ProgramPace, ProgramDrops */
    int64_t queue;                       /* pace real-time: pictures that wait for it at most */
    ProgramLimits limits;
    char **argv;         /* the command as it is started, ended by NULL */
    char *folder;        /* of the scenario: where it is started */
    GPtrArray *named;    /* of char *: the words of `command` that are files, as written … */
    GPtrArray *resolved; /* … and where they are, same order, the program's own file first */
    bool from_path;      /* the first of them is the system's own, not the audit's */
    char *kept;          /* in a bundle: JSON, what “files” of its description were; else NULL */
    int line, column;
} ProgramOptions;

extern const YamlTable program_table, plugin_table, program_variant_table, program_limits_table;

/* ---- for kinds whose options begin with these (system_live.h) */

void system_program_prepare(void *target);
void system_program_clear(void *target);
/* Where command and files are, and what is wrong with them and with the variants. */
void system_program_resolve(YamlReader *reader, const YamlNode *node, ProgramOptions *program);
/* One more file that it is given; `path` is taken. */
void system_program_name_file(ProgramOptions *program, const char *word, char *path);
/* Whether what is named has to be there: false in a bundle. */
bool system_program_is_to_be_there(void);

/* ---- */

/* Of a system of kind program, plugin or live, or of one of its variants; NULL for other kinds. */
const ProgramOptions *system_program(const SystemSpec *system);
/* What it is told: the settings, with those of the variant over them. Caller frees. */
ParamList *system_program_settings(const SystemSpec *system);
/* The names of the settings in which its variants differ, each once, in the order of their first use: of char
 * *; empty for another kind. Caller unrefs. */
GPtrArray *system_program_varied(const SystemSpec *system);
/* As a SystemKind's complete. */
void system_program_complete(YamlReader *reader, const YamlNode *node, SystemSpec *system,
                             const Scenario *scenario);
/* As a SystemKind's check: makes system->variants of what the options say. */
void system_program_check(YamlReader *reader, const YamlNode *node, SystemSpec *system);

#endif
