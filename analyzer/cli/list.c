/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit list KIND: the program's own tables, for people. */
#include "behaviours/behaviour.h"
#include "cli/command.h"
#include "scoring/protocol.h"

#include <stdio.h>
#include <string.h>

static void print_options(const OptionSpec *options)
{
    for (const OptionSpec *option = options; option->name != NULL; option++) {
        printf("    %-24s default %-10s", option->name, option->initial != NULL ? option->initial : "(none)");
        if (option->type == OPTION_INT || option->type == OPTION_NUMBER || option->type == OPTION_SECONDS)
            printf(" range %g to %g %s", option->min, option->max, option->unit != NULL ? option->unit : "");
        printf("\n        %s\n", option->help_en);
    }
}

static void list_behaviours(void)
{
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++) {
        printf("%s: %s\n  %s\n", (*behaviour)->id, (*behaviour)->title.en, (*behaviour)->definition.en);
        printf("  begins: %s\n  ends:   %s\n  alarm:  %s\n", (*behaviour)->onset.en, (*behaviour)->end.en,
               (*behaviour)->alarm.en);
        print_options((*behaviour)->options);
    }
}

static void list_protocols(void)
{
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++) {
        printf("%s: %s\n  %s\n", (*protocol)->id, (*protocol)->title.en, (*protocol)->definition.en);
        print_options((*protocol)->options);
    }
}

static const struct {
    const char *name;
    void (*print)(void);
} kinds[] = {
    {"behaviours", list_behaviours},
    {"protocols", list_protocols},
};

static ExitStatus run(int argc, char **argv, GError **error)
{
    if (argc == 2) {
        for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
            if (strcmp(argv[1], kinds[i].name) == 0) {
                kinds[i].print();
                return EXIT_DONE;
            }
        }
    }
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "expected one kind: behaviours, protocols");
    return EXIT_USAGE;
}

extern const Command command_list;
const Command command_list = {"list", "KIND", "list behaviours or scoring protocols and their parameters",
                              run};
