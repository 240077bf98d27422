/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "cli/outcome.h"
#include "cli/speech.h"
#include "cli/streams.h"
#include "records/option.h"
#include "records/shown.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#include <sys/prctl.h>
#endif

/* In the language of the locale, where it is another. */
static void print_help_in(FILE *out, const Texts *texts)
{
    g_autofree char *title = texts_format(texts, "help.title", "version", VSAUDIT_VERSION, NULL);
    fprintf(out, "%s\n\n%s vsaudit %s\n\n%s\n", title, texts_get(texts, "help.usage"),
            texts_get(texts, "help.of_program"), texts_get(texts, "help.commands"));
    for (const Command *const *command = command_registry; *command != NULL; command++)
        fprintf(out, "  %-8s %s\n", (*command)->name,
                speech_help((*command)->summary, "help.%s.summary", (*command)->name));
    fprintf(out, "\n%s\n%s\n", texts_get(texts, "help.more"), texts_get(texts, "help.exit"));
}

static void print_help(FILE *out)
{
    const Texts *texts = speech_texts();
    if (texts_has(texts, "help.title")) {
        print_help_in(out, texts);
        return;
    }
    fprintf(out,
            "vsaudit %s: replays surveillance video through systems under test and measures their false "
            "alerts\n\n"
            "Usage: vsaudit COMMAND [OPTION…]\n\nCommands:\n",
            VSAUDIT_VERSION);
    for (const Command *const *command = command_registry; *command != NULL; command++)
        fprintf(out, "  %-8s %s\n", (*command)->name, (*command)->summary);
    fprintf(out, "\n“vsaudit COMMAND --help” explains one command.\n"
                 "Exit status: 0 done, no claim refuted; 1 a claim was refuted; 2 wrong usage; 3 bad input;\n"
                 "             4 the harness failed; 5 something is not what its hash says.\n");
}

static const Command *find(const Command *const *commands, const char *name)
{
    while (*commands != NULL && strcmp((*commands)->name, name) != 0)
        commands++;
    return *commands;
}

/* The command that was meant, if any is near; NULL: none. */
static const char *find_nearest(const char *name)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const Command *const *command = command_registry; *command != NULL; command++)
        g_ptr_array_add(names, (gpointer)(*command)->name);
    return option_nearest_name(name, (const char *const *)(void *)names->pdata, names->len);
}

#ifdef __SANITIZE_ADDRESS__
/* A sanitizer looks for leaks at the end from a second process that traces this one, which no sandbox allows:
 * who is confined goes without, also where a plug-in ends the process. A worker may not even ask. */
int __lsan_is_turned_off(void)
{
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 0;
}
#endif

int main(int argc, char **argv)
{
    streams_prepare();
    setlocale(LC_CTYPE, "");
    /* A bare environment (cron, a container) knows ASCII alone: files have their names there all the same. */
    if (strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0)
        setlocale(LC_CTYPE, "C.UTF-8");
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("vsaudit %s\n", VSAUDIT_VERSION);
        return EXIT_DONE;
    }
    const Command *command = find(command_registry, argv[1]);
    if (command == NULL)
        command = find(command_hidden, argv[1]);
    if (command != NULL) {
        g_autoptr(GError) error = NULL;
        ExitStatus status = command->run(argc - 1, argv + 1, &error);
        if (error != NULL) {
            status = vsaudit_error_exit_status(error);
            shown_line(stderr, "vsaudit %s: %s", argv[1], error->message);
        }
        outcome_end(command->name, status, error);
        return (int)status;
    }
    const char *nearest = find_nearest(argv[1]);
    if (nearest != NULL)
        shown_line(stderr, "vsaudit: found no command “%s”, expected perhaps “%s”", argv[1], nearest);
    else
        shown_line(stderr,
                   "vsaudit: found no command “%s”, expected one of those that “vsaudit --help” lists",
                   argv[1]);
    return EXIT_USAGE;
}
