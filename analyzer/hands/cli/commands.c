/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include "cli/outcome.h"
#include "cli/speech.h"
#include "yaml/confine.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const Command command_adjudicate;
extern const Command command_camera;
extern const Command command_capsule;
extern const Command command_check;
extern const Command command_compare;
extern const Command command_conform;
extern const Command command_doctor;
extern const Command command_draft;
extern const Command command_import;
extern const Command command_keygen;
extern const Command command_list;
extern const Command command_listen;
extern const Command command_lock;
extern const Command command_plan;
extern const Command command_plugin_host;
extern const Command command_reference_program;
extern const Command command_report;
extern const Command command_run;
extern const Command command_sample;
extern const Command command_score;
extern const Command command_synth;
extern const Command command_verify;

const Command *const command_registry[] = {
    &command_draft,
    &command_check,
    &command_plan,
    &command_lock,
    &command_run,
    &command_score,
    &command_report,
    &command_compare,
    &command_adjudicate,
    &command_capsule,
    &command_sample,
    &command_keygen,
    &command_verify,
    &command_list,
    &command_import,
    &command_listen,
    &command_synth,
    &command_camera,
    &command_conform,
    &command_reference_program,
    &command_doctor,
    NULL,
};

const Command *const command_hidden[] = {
    &command_plugin_host,
    NULL,
};

/* Those whose standard output is a protocol or a stream of messages: they have no outcome at their end. */
static const Command *const streaming[] = {
    &command_listen,
    &command_plugin_host,
    &command_reference_program,
};

static bool is_streaming(const Command *command)
{
    bool found = false;
    for (size_t i = 0; i < G_N_ELEMENTS(streaming); i++)
        found = found || streaming[i] == command;
    return found;
}

/* Whether `argument` is a short option with its value attached ("-j4"), which GOption does not take. */
static gboolean has_value_attached(const GOptionEntry *entries, const char *argument)
{
    if (argument[0] != '-' || argument[1] == '-' || argument[1] == '\0' || argument[2] == '\0')
        return FALSE;
    for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++) {
        if (entry->short_name == argument[1])
            return entry->arg != G_OPTION_ARG_NONE;
    }
    return FALSE;
}

/* The arguments with "-j4" as "-j" "4". They live as long as the program. */
static void split_short_options(const GOptionEntry *entries, int *argc, char ***argv)
{
    static GPtrArray *volatile kept; /* reachable for a leak detector */
    GPtrArray *split = g_ptr_array_new();
    gboolean options = TRUE;
    for (int i = 0; i < *argc; i++) {
        char *argument = (*argv)[i];
        options = options && strcmp(argument, "--") != 0;
        if (options && i > 0 && has_value_attached(entries, argument)) {
            const char name[] = {'-', argument[1], '\0'};
            g_ptr_array_add(split, (gpointer)g_intern_string(name));
            g_ptr_array_add(split, argument + 2);
        } else {
            g_ptr_array_add(split, argument);
        }
    }
    *argc = (int)split->len;
    g_ptr_array_add(split, NULL);
    *argv = (char **)split->pdata;
    kept = split;
    (void)kept;
}

/* Options stand where they are parsed into, in each command's own function. So it is called as far as that:
 * the parser hands them over and ends the command there. */
static struct {
    CommandVisitor visit;
    void *user;
} describing;

void command_describe(const Command *command, CommandVisitor visit, void *user)
{
    char *arguments[] = {(char *)command->name, NULL};
    g_autoptr(GError) ended = NULL;
    describing.visit = visit;
    describing.user = user;
    command->run(1, arguments, &ended);
    describing.visit = NULL;
}

char **command_allowed;

static gboolean allow_folders(GError **error)
{
    for (char **folder = command_allowed; folder != NULL && *folder != NULL; folder++) {
        if (!g_file_test(*folder, G_FILE_TEST_IS_DIR)) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                        "--allow: found “%s”, which is no folder, expected one", *folder);
            return FALSE;
        }
        confine_allow(*folder);
    }
    return TRUE;
}

static gboolean as_json;

/* The options of a command, and --json where it has none of its own. Caller frees the array alone. */
static GOptionEntry *with_json(const Command *command, const GOptionEntry *entries)
{
    static const GOptionEntry own = {
        "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "print the outcome as JSON, schema vsaudit/outcome/1",
        NULL};
    GArray *all = g_array_new(TRUE, TRUE, sizeof *entries);
    bool has_json = is_streaming(command);
    for (; entries->long_name != NULL; entries++) {
        has_json = has_json || strcmp(entries->long_name, own.long_name) == 0;
        g_array_append_val(all, *entries);
    }
    if (!has_json)
        g_array_append_val(all, own);
    return (GOptionEntry *)(void *)g_array_free(all, FALSE);
}

/* GLib's own words in its help, which are English, for it is not told of the locale. */
static const struct {
    const char *english, *key;
} glib_words[] = {
    {"Usage:", "help.usage"},
    {"Help Options:", "help.help_options"},
    {"Show help options", "help.show"},
    {"Application Options:", "help.options"},
};

/* In the language of the locale; what is English stays as it is. Each option's words live as long as the
 * program. */
static GOptionContext *new_context(const Command *command, GOptionEntry *entries, const char *description)
{
    const char *usage = speech_help(command->usage, "help.%s.usage", command->name);
    GOptionContext *context = g_option_context_new(usage);
    g_option_context_set_summary(context, speech_help(command->summary, "help.%s.summary", command->name));
    if (description != NULL)
        g_option_context_set_description(
            context, speech_help(description, "help.%s.description", command->name));
    for (GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
        entry->description = speech_option(command->name, entry->long_name, entry->description);
    g_option_context_add_main_entries(context, entries, NULL);
    return context;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    }
    return false;
}

/* What GLib prints for --help, with its own words in that language. */
static void print_help(GOptionContext *context)
{
    g_autofree char *english = g_option_context_get_help(context, TRUE, NULL);
    g_autoptr(GString) text = g_string_new(english);
    for (size_t i = 0; i < G_N_ELEMENTS(glib_words); i++)
        g_string_replace(text, glib_words[i].english,
                         speech_help(glib_words[i].english, "%s", glib_words[i].key), 1);
    fputs(text->str, stdout);
}

gboolean command_parse(const Command *command, GOptionEntry *own, const char *description, int *argc,
                       char ***argv, GError **error)
{
    g_autofree GOptionEntry *entries = with_json(command, own);
    if (describing.visit != NULL) {
        describing.visit(command, entries, description, describing.user);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "only described");
        return FALSE;
    }
    g_autoptr(GOptionContext) context = new_context(command, entries, description);
    g_autofree char *program = g_strdup_printf("vsaudit %s", command->name);
    g_set_prgname(program);
    split_short_options(entries, argc, argv);
    if (asks_for_help(*argc, *argv)) {
        print_help(context);
        exit(EXIT_DONE);
    }
    g_autoptr(GError) cause = NULL;
    if (!g_option_context_parse(context, argc, argv, &cause)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "%s (see “%s --help”)", cause->message,
                    program);
        return FALSE;
    }
    if (as_json)
        speech_to_programs();
    return allow_folders(error) && (!as_json || outcome_begin(error));
}
