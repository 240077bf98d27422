/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

extern const Command command_doctor;
extern const Command command_list;

const Command *const command_registry[] = {
    &command_list,
    &command_doctor,
    NULL,
};

gboolean command_parse(const Command *command, GOptionEntry *entries, const char *description, int *argc,
                       char ***argv, GError **error)
{
    g_autoptr(GOptionContext) context = g_option_context_new(command->usage);
    g_option_context_set_summary(context, command->summary);
    if (description != NULL)
        g_option_context_set_description(context, description);
    g_option_context_add_main_entries(context, entries, NULL);
    g_autofree char *program = g_strdup_printf("vsaudit %s", command->name);
    g_set_prgname(program);
    g_autoptr(GError) cause = NULL;
    if (!g_option_context_parse(context, argc, argv, &cause)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "%s (see “%s --help”)", cause->message,
                    program);
        return FALSE;
    }
    return TRUE;
}
