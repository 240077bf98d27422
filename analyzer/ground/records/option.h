/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of options serves YAML, the command line and `vsaudit list`.
 *
 * A module describes its settings struct with a static const array of OptionRow, ended by OPTION_END. A row
 * is an option (name, member, range, default, unit: NUMBER_OPTION and its like, which do not compile for a
 * member of another type), or it takes in options of another table, whose settings are embedded in these
 * (GROUP_OPTIONS):
 *
 *     static const OptionRow options[] = {
 *         NUMBER_OPTION("speed", Settings, speed, 0, 100, "1.6", "box heights/s"),
 *         GROUP_OPTIONS(Settings, watch, WatchSettings, watch_options, "zone classes=person on_delay=0.6"),
 *         OPTION_END};
 *
 * What an option means is said in the languages' files (reports/texts/), under option_help
 * (language/texts.h). Text given by a user stays text, with its place, until options_apply checks it against
 * the table: so every error names file, line and column, what was found and what was expected, and suggests
 * the nearest known name. */
#ifndef VSAUDIT_RECORDS_OPTION_H
#define VSAUDIT_RECORDS_OPTION_H

#include "records/member.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    OPTION_BOOL,    /* member: bool;    true or false */
    OPTION_INT,     /* member: int64_t; whole number within [min, max] */
    OPTION_NUMBER,  /* member: double;  finite, within [min, max] */
    OPTION_SECONDS, /* member: int64_t microseconds; written in seconds, [min, max] in seconds */
    OPTION_STRING,  /* member: char *, owned by the settings; NULL when not given and the default is NULL */
    OPTION_CHOICE,  /* member: int; index into choices */
} OptionType;

typedef struct {
    const char *name; /* snake_case, as written in YAML; NULL ends a list */
    OptionType type;
    size_t offset;              /* of the member in the settings struct */
    double min, max;            /* inclusive; for INT, NUMBER, SECONDS */
    const char *initial;        /* the default, as a user would write it. NULL: a STRING is NULL, and SECONDS
                                   (TIME_UNKNOWN) and NUMBER (NAN) must be given by the user */
    const char *unit;           /* "s", "fraction", "box heights", "" … */
    const char *const *choices; /* NULL-terminated, for CHOICE */
} OptionSpec;

typedef struct OptionRow {
    OptionSpec spec;               /* an option; its offset alone when there is a group */
    const struct OptionRow *group; /* the table of the settings that stand at that offset; NULL: none */
    const char *taken;             /* which of its options, in which order, and with which defaults where they
                                      are others than there: "zone classes=vehicle"; NULL: all as they are */
} OptionRow;

/* clang-format off */
#define OPTION_END {.spec = {.name = NULL}}
/* Such an array where it is used. */
#define OPTIONS(...) (const OptionRow[]){__VA_ARGS__, OPTION_END}
#define BOOL_OPTION(written, Settings, member, default_) \
    {.spec = {.name = written, .type = OPTION_BOOL, .offset = MEMBER_AT(Settings, member, bool), \
              .initial = default_, .unit = ""}}
#define INT_OPTION(written, Settings, member, least, most, default_, of) \
    {.spec = {.name = written, .type = OPTION_INT, .offset = MEMBER_AT(Settings, member, int64_t), \
              .min = least, .max = most, .initial = default_, .unit = of}}
#define NUMBER_OPTION(written, Settings, member, least, most, default_, of) \
    {.spec = {.name = written, .type = OPTION_NUMBER, .offset = MEMBER_AT(Settings, member, double), \
              .min = least, .max = most, .initial = default_, .unit = of}}
#define SECONDS_OPTION(written, Settings, member, least, most, default_) \
    {.spec = {.name = written, .type = OPTION_SECONDS, .offset = MEMBER_AT(Settings, member, int64_t), \
              .min = least, .max = most, .initial = default_, .unit = "s"}}
#define STRING_OPTION(written, Settings, member, default_) \
    {.spec = {.name = written, .type = OPTION_STRING, .offset = MEMBER_AT(Settings, member, char *), \
              .initial = default_, .unit = ""}}
#define CHOICE_OPTION(written, Settings, member, of, default_) \
    {.spec = {.name = written, .type = OPTION_CHOICE, .offset = MEMBER_AT(Settings, member, int), \
              .initial = default_, .unit = "", .choices = of}}
/* Options of `table`, whose settings are the member, of type Group. */
#define GROUP_OPTIONS(Settings, member, Group, table, which) \
    {.spec = {.offset = MEMBER_AT(Settings, member, Group)}, .group = table, .taken = which}
/* Options of a table of the same settings. */
#define SAME_OPTIONS(table, which) {.group = table, .taken = which}
/* clang-format on */

/* A value as the user wrote it. */
typedef struct {
    char *name;
    char *value;
    char *file;       /* for messages; NULL when it did not come from a file */
    int line, column; /* 1-based, of the value; 0 when there is none */
    int name_line, name_column;
    bool quoted; /* written as text, whatever it looks like */
} Param;

typedef struct {
    GPtrArray *params; /* of Param *, in the order written; owned */
} ParamList;

ParamList *param_list_new(void);
void param_list_free(ParamList *list); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ParamList, param_list_free)
/* Appends; strings are copied. Places may be 0 and file NULL. */
void param_list_add(ParamList *list, const char *name, const char *value, const char *file, int name_line,
                    int name_column, int line, int column);
/* The same of another list. */
void param_list_add_copy(ParamList *list, const Param *param);
/* Marks the last one as written in quotation marks. */
void param_list_quote_last(ParamList *list);
const Param *param_list_find(const ParamList *list, const char *name); /* the last of that name, or NULL */

/* All options of a table, groups unfolded, ended by one whose name is NULL; they live as long as the program,
 * and so must the table. Safe from any thread. */
const OptionSpec *options_of(const OptionRow *table);
/* NULL when the table has no option of that name. */
const OptionSpec *option_find(const OptionRow *table, const char *name);

/* Fills every member with its default. The settings must be zeroed memory of the module's struct. */
void options_set_defaults(const OptionRow *table, void *settings);
/* Applies the params over what is there. Fails (INPUT) on an unknown name, a second value for one name, a
 * value of the wrong type or out of range; the settings are then partly filled but safe to clear. `context`
 * is put before the option's name in messages ("systems[0].params"), NULL for none. `params` may be NULL:
 * nothing to apply. */
bool options_apply(const OptionRow *table, void *settings, const ParamList *params, const char *context,
                   GError **error);
/* Frees the strings that the settings own, sets them NULL. */
void options_clear(const OptionRow *table, void *settings);
/* Whether a value is there: false for SECONDS and NUMBER without a default that were not given. */
bool option_is_given(const OptionSpec *spec, const void *settings);
/* The value of one option as a user would write it. Caller frees; NULL for what is not given. */
char *options_format(const OptionSpec *spec, const void *settings);
/* The values of all options in order, defaults included, of a struct of that size; the value is NULL for what
 * is not given. Caller frees. NULL when the params are wrong. */
ParamList *options_effective(const OptionRow *table, size_t size, const ParamList *params);
/* Among `count` names the one nearest to `name`, if near enough to suggest; else NULL. Nearest is what
 * differs in case, accents, blanks and marks alone, then also in the folder and the ending of a file's name,
 * then what is few letters away. */
const char *option_nearest_name(const char *name, const char *const *names, size_t count);

#endif
