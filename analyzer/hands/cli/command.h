/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands. Each lives in its own file cli/<name>.c as a static const record named in cli/commands.c. */
#ifndef VSAUDIT_CLI_COMMAND_H
#define VSAUDIT_CLI_COMMAND_H

#include "records/error.h"

typedef struct {
    const char *name;
    const char *usage;   /* what follows the name: "AUDIT|SCENARIO… [-o DIR]" */
    const char *summary; /* one line */
    /* argv[0] is the command's name. Returns the exit status; on failure sets `error`, from which the status
     * follows. */
    ExitStatus (*run)(int argc, char **argv, GError **error);
} Command;

extern const Command *const command_registry[]; /* NULL-terminated, in the order in which help prints them */

/* Those that vsaudit starts itself, which no help names; NULL-terminated. */
extern const Command *const command_hidden[];

/* Calls `visit` with the options and the description that the command has; nothing is done or read. */
typedef void (*CommandVisitor)(const Command *command, const GOptionEntry *entries, const char *description,
                               void *user);
void command_describe(const Command *command, CommandVisitor visit, void *user);

/* Parses with GOptionContext; wrong options become USAGE errors. Adds --json (cli/outcome.h). `description`
 * follows the options in --help, may be NULL. */
gboolean command_parse(const Command *command, GOptionEntry *entries, const char *description, int *argc,
                       char ***argv, GError **error);

/* For commands that read an audit: folders outside of the audit's own out of which files may be taken. */
extern char **command_allowed;
#define COMMAND_ALLOW                                                                              \
    {                                                                                              \
        "allow", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &command_allowed,                              \
            "files that are printed or copied may also lie in this folder; may be repeated", "DIR" \
    }

#endif
