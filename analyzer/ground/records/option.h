/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of options serves YAML, the command line and `vsaudit list`.
 *
 * A module describes its settings struct with a static const array of OptionSpec, ended by a record whose
 * name is NULL. Text given by a user stays text, with its place, until options_apply checks it against the
 * table: so every error names file, line and column, what was found and what was expected, and suggests the
 * nearest known name. */
#ifndef VSAUDIT_RECORDS_OPTION_H
#define VSAUDIT_RECORDS_OPTION_H

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
    const char *name; /* snake_case, as written in YAML; NULL ends the table */
    OptionType type;
    size_t offset;              /* of the member in the settings struct */
    double min, max;            /* inclusive; for INT, NUMBER, SECONDS */
    const char *initial;        /* the default, as a user would write it. NULL: a STRING is NULL, and SECONDS
                                   (TIME_UNKNOWN) and NUMBER (NAN) must be given by the user */
    const char *unit;           /* "s", "fraction", "box heights", "" … */
    const char *const *choices; /* NULL-terminated, for CHOICE */
    const char *help_en, *help_fr; /* one line each */
} OptionSpec;

#define OPTION_END                                               \
    {                                                            \
        NULL, OPTION_BOOL, 0, 0, 0, NULL, NULL, NULL, NULL, NULL \
    }

/* A value as the user wrote it. */
typedef struct {
    char *name;
    char *value;
    char *file;       /* for messages; NULL when it did not come from a file */
    int line, column; /* 1-based, of the value; 0 when there is none */
    int name_line, name_column;
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
const Param *param_list_find(const ParamList *list, const char *name); /* the last of that name, or NULL */

/* Fills every member with its default. The settings must be zeroed memory of the module's struct. */
void options_set_defaults(const OptionSpec *specs, void *settings);
/* Applies the params over what is there. Fails (INPUT) on an unknown name, a second value for one name, a
 * value of the wrong type or out of range; the settings are then partly filled but safe to clear. `context`
 * is put before the option's name in messages ("systems[0].params"), NULL for none. `params` may be NULL:
 * nothing to apply. */
bool options_apply(const OptionSpec *specs, void *settings, const ParamList *params, const char *context,
                   GError **error);
/* Frees the strings that the settings own, sets them NULL. */
void options_clear(const OptionSpec *specs, void *settings);
/* Whether a value is there: false for SECONDS and NUMBER without a default that were not given. */
bool option_is_given(const OptionSpec *spec, const void *settings);
/* The value of one option as a user would write it. Caller frees; NULL for what is not given. */
char *options_format(const OptionSpec *spec, const void *settings);
/* Among `count` names the one nearest to `name`, if near enough to suggest; else NULL. Nearest is what
 * differs in case, accents, blanks and marks alone, then also in the folder and the ending of a file's name,
 * then what is few letters away. */
const char *option_nearest_name(const char *name, const char *const *names, size_t count);

#endif
