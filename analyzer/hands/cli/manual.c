/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/manual.h"

#include "behaviours/behaviour.h"
#include "cli/command.h"
#include "language/texts.h"
#include "report/report.h"

#include <stdbool.h>
#include <string.h>

/* ---- the page */

#define PAGE_DATE "2026-11-24" /* when its own prose was last changed; the rest changes with the program */

/* Running text in roff: a backslash and a hyphen mean themselves, and no line begins with a request. */
static void append_roff(GString *out, const char *text)
{
    bool line_start = true;
    for (; *text != '\0'; text++) {
        if (line_start && (*text == '.' || *text == '\''))
            g_string_append(out, "\\&");
        if (*text == '\\')
            g_string_append(out, "\\e");
        else if (*text == '-')
            g_string_append(out, "\\-");
        else
            g_string_append_c(out, *text);
        line_start = *text == '\n';
    }
}

static void append_option(GString *out, const GOptionEntry *entry)
{
    g_string_append(out, ".TP\n");
    if (entry->short_name != '\0')
        g_string_append_printf(out, "\\fB\\-%c\\fR, ", entry->short_name);
    g_string_append(out, "\\fB\\-\\-");
    append_roff(out, entry->long_name);
    g_string_append(out, "\\fR");
    if (entry->arg_description != NULL) {
        g_string_append(out, "=\\fI");
        append_roff(out, entry->arg_description);
        g_string_append(out, "\\fR");
    }
    g_string_append_c(out, '\n');
    append_roff(out, entry->description != NULL ? entry->description : "");
    g_string_append_c(out, '\n');
}

/* A description has its own lines; empty ones part paragraphs. */
static void append_description(GString *out, const char *description)
{
    g_auto(GStrv) paragraphs = g_strsplit(description, "\n\n", -1);
    for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++) {
        g_autofree char *text = g_strdup(*paragraph);
        g_strchomp(text);
        if (*text == '\0')
            continue;
        g_string_append(out, ".PP\n.nf\n");
        append_roff(out, text + strspn(text, "\n"));
        g_string_append(out, "\n.fi\n");
    }
}

static void append_command(const Command *command, const GOptionEntry *entries, const char *description,
                           void *user)
{
    GString *out = user;
    g_string_append_printf(out, ".SS vsaudit %s ", command->name);
    append_roff(out, command->usage);
    g_string_append_c(out, '\n');
    append_roff(out, command->summary);
    g_string_append_c(out, '\n');
    for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++) {
        if (*entry->long_name != '\0')
            append_option(out, entry);
    }
    if (description != NULL)
        append_description(out, description);
}

char *manual_page(void)
{
    GString *out =
        g_string_new(".\\\" Made by “vsaudit list man” from the program's own tables.\n"
                     ".TH VSAUDIT 1 " PAGE_DATE " \"vsaudit " VSAUDIT_VERSION "\" \"User Commands\"\n"
                     ".SH NAME\n"
                     "vsaudit \\- measures the false alerts of software that watches surveillance cameras\n"
                     ".SH SYNOPSIS\n"
                     ".B vsaudit\n.I COMMAND\n[\\fIOPTION\\fR…] [\\fIFILE\\fR…]\n"
                     ".PP\n.B vsaudit\n.I COMMAND\n.B \\-\\-help\n"
                     ".SH DESCRIPTION\n"
                     "vsaudit replays video clips through a system that raises alerts, compares its\n"
                     "alerts with what truly happened, and writes a report: how many false alerts an\n"
                     "hour, how many events missed, how sure one can be of these numbers, and which\n"
                     "claims they support or refute.\n"
                     ".SH COMMANDS\n");
    for (const Command *const *command = command_registry; *command != NULL; command++)
        command_describe(*command, append_command, out);
    g_string_append(out, ".SH EXIT STATUS\n"
                         ".TP\n.B 0\ndone, and no claim was refuted\n"
                         ".TP\n.B 1\na claim was refuted\n"
                         ".TP\n.B 2\nwrong usage\n"
                         ".TP\n.B 3\nbad input: the message says where\n"
                         ".TP\n.B 4\nthe harness failed\n"
                         ".TP\n.B 5\nsomething is not what its hash says\n"
                         ".SH ENVIRONMENT\n"
                         ".TP\n.B VSAUDIT_DATA\n"
                         "folders, parted by colons, in which clips are looked for by their SHA\\-256\n"
                         ".TP\n.B XDG_CACHE_HOME\n"
                         "below it, hashes of clips are remembered (vsaudit/hashes)\n"
                         ".SH FILES\n"
                         ".TP\n.I AUDIT.lock\n"
                         "lock of an audit, beside its first file: see “vsaudit lock”\n"
                         ".TP\n.I PREFIX/share/doc/vsaudit\n"
                         "the formats of all files, with examples\n");
    return g_string_free(out, FALSE);
}

/* ---- completions */

typedef struct {
    GString *out;
    const char *shell;
    const char *const *kinds;
} Completion;

/* Whether the option's value is a path, by what the help calls it. */
static bool takes_path(const GOptionEntry *entry)
{
    return entry->arg == G_OPTION_ARG_FILENAME || entry->arg == G_OPTION_ARG_FILENAME_ARRAY ||
           (entry->arg_description != NULL && strstr(entry->arg_description, "FILE") != NULL);
}

static bool takes_value(const GOptionEntry *entry)
{
    return entry->arg != G_OPTION_ARG_NONE;
}

/* In single quotes of a shell, and without what the shells' own formats give a meaning. */
static char *quote_help(const char *text)
{
    GString *quoted = g_string_new(NULL);
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '\'')
            g_string_append(quoted, "’");
        else if (*text == '[' || *text == ']' || *text == ':')
            g_string_append_c(quoted, *text == ':' ? ',' : *text == '[' ? '(' : ')');
        else if (*text == '\n')
            g_string_append_c(quoted, ' ');
        else
            g_string_append_c(quoted, *text);
    }
    return g_string_free(quoted, FALSE);
}

static char *join(const char *const *words)
{
    return g_strjoinv(" ", (char **)(void *)words);
}

/* The ids of all behaviours with blanks between. Caller frees. */
static char *behaviour_words(void)
{
    g_autoptr(GString) words = g_string_new(NULL);
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++)
        g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", (*behaviour)->id);
    return g_string_free(g_steal_pointer(&words), FALSE);
}

static char *format_words(const Command *command)
{
    if (strcmp(command->name, "compare") == 0)
        return g_strdup("text md json");
    g_autoptr(GString) words = g_string_new(NULL);
    for (const ReportFormat *const *format = report_formats; *format != NULL; format++)
        g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", (*format)->name);
    return g_string_free(g_steal_pointer(&words), FALSE);
}

/* What an option takes a list of, with blanks between; NULL: no known words. Caller frees. */
static char *option_words(const Command *command, const GOptionEntry *entry)
{
    const char *name = entry->long_name;
    if (strcmp(name, "behaviour") == 0)
        return behaviour_words();
    if (strcmp(name, "format") == 0)
        return format_words(command);
    if (strcmp(name, "lang") == 0)
        return join(texts_languages());
    return strcmp(name, "fail-on") == 0 ? g_strdup("new-misses new-false-alerts") : NULL;
}

/* What stands behind a command that takes no files; NULL: files. Caller frees. */
static char *argument_words(const Completion *to, const Command *command)
{
    if (strcmp(command->name, "list") == 0)
        return join(to->kinds);
    return strcmp(command->name, "conform") == 0 ? behaviour_words() : NULL;
}

/* The option's case: words of a list with commas, of which the last is completed. */
static void append_bash_words(GString *cases, const GOptionEntry *entry, const char *words)
{
    g_string_append_printf(cases, "        --%s", entry->long_name);
    if (entry->short_name != '\0')
        g_string_append_printf(cases, "|-%c", entry->short_name);
    g_string_append_printf(cases,
                           ") COMPREPLY=($(compgen -P \"${word%%\"${word##*,}\"}\" -W '%s' -- "
                           "\"${word##*,}\")); compopt -o nospace; return ;;\n",
                           words);
}

static void complete_bash(const Completion *to, const Command *command, const GOptionEntry *entries)
{
    GString *words = g_string_new("--help"), *paths = g_string_new(NULL), *values = g_string_new(NULL);
    g_autoptr(GString) lists = g_string_new(NULL);
    for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++) {
        if (*entry->long_name == '\0')
            continue;
        g_string_append_printf(words, " --%s", entry->long_name);
        if (!takes_path(entry) && !takes_value(entry))
            continue;
        g_autofree char *known = option_words(command, entry);
        if (known != NULL) {
            append_bash_words(lists, entry, known);
            continue;
        }
        GString *list = takes_path(entry) ? paths : values;
        g_string_append_printf(list, "%s--%s", list->len > 0 ? "|" : "", entry->long_name);
        if (entry->short_name != '\0')
            g_string_append_printf(list, "|-%c", entry->short_name);
    }
    g_autofree char *kinds = argument_words(to, command);
    g_string_append_printf(to->out, "    %s)\n", command->name);
    const bool cases = paths->len + values->len + lists->len > 0;
    if (cases)
        g_string_append_printf(to->out, "        case $previous in\n%s", lists->str);
    if (paths->len > 0)
        g_string_append_printf(
            to->out, "        %s) compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n",
            paths->str);
    if (values->len > 0)
        g_string_append_printf(to->out, "        %s) return ;;\n", values->str);
    if (cases)
        g_string_append(to->out, "        esac\n");
    g_string_append_printf(to->out, "        options='%s'\n", words->str);
    if (kinds != NULL)
        g_string_append_printf(to->out, "        words='%s'\n", kinds);
    g_string_append(to->out, "        ;;\n");
    g_string_free(words, TRUE);
    g_string_free(paths, TRUE);
    g_string_free(values, TRUE);
}

static void complete_zsh(const Completion *to, const Command *command, const GOptionEntry *entries)
{
    g_string_append_printf(to->out, "    %s) _arguments -s '--help[explain the command]'", command->name);
    for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++) {
        if (*entry->long_name == '\0')
            continue;
        g_autofree char *help = quote_help(entry->description);
        g_autofree char *known = option_words(command, entry);
        g_autofree char *listed =
            known != NULL ? g_strdup_printf(":list:_values -s , %s %s", entry->long_name, known) : NULL;
        const char *value = listed != NULL       ? listed
                            : takes_path(entry)  ? ":file:_files"
                            : takes_value(entry) ? ":value: "
                                                 : "";
        g_string_append_printf(to->out, " \\\n        '--%s%s[%s]%s'", entry->long_name,
                               takes_value(entry) ? "=" : "", help, value);
        if (entry->short_name != '\0')
            g_string_append_printf(to->out, " \\\n        '-%c[%s]%s'", entry->short_name, help, value);
    }
    g_autofree char *kinds = argument_words(to, command);
    if (kinds != NULL)
        g_string_append_printf(to->out, " \\\n        '*:kind:(%s)' ;;\n", kinds);
    else
        g_string_append(to->out, " \\\n        '*:file:_files' ;;\n");
}

static void complete_fish(const Completion *to, const Command *command, const GOptionEntry *entries)
{
    g_autofree char *summary = quote_help(command->summary);
    g_string_append_printf(to->out, "complete -c vsaudit -n __fish_use_subcommand -f -a %s -d '%s'\n",
                           command->name, summary);
    for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++) {
        if (*entry->long_name == '\0')
            continue;
        g_autofree char *help = quote_help(entry->description);
        g_string_append_printf(to->out, "complete -c vsaudit -n '__fish_seen_subcommand_from %s' -l %s",
                               command->name, entry->long_name);
        if (entry->short_name != '\0')
            g_string_append_printf(to->out, " -s %c", entry->short_name);
        g_autofree char *known = option_words(command, entry);
        g_autofree char *listed =
            known != NULL ? g_strdup_printf(" -x -a '(__fish_append , %s)'", known) : NULL;
        g_string_append_printf(to->out, "%s -d '%s'\n",
                               listed != NULL       ? listed
                               : takes_path(entry)  ? " -r -F"
                               : takes_value(entry) ? " -x"
                                                    : "",
                               help);
    }
    g_autofree char *kinds = argument_words(to, command);
    if (kinds != NULL)
        g_string_append_printf(to->out,
                               "complete -c vsaudit -n '__fish_seen_subcommand_from %s' -f -a '%s'\n",
                               command->name, kinds);
}

static void append_completion(const Command *command, const GOptionEntry *entries, const char *description,
                              void *user)
{
    (void)description;
    const Completion *to = user;
    if (strcmp(to->shell, "bash") == 0)
        complete_bash(to, command, entries);
    else if (strcmp(to->shell, "zsh") == 0)
        complete_zsh(to, command, entries);
    else
        complete_fish(to, command, entries);
}

static void append_names(GString *out)
{
    for (const Command *const *command = command_registry; *command != NULL; command++)
        g_string_append_printf(out, "%s%s", command == command_registry ? "" : " ", (*command)->name);
}

char *manual_completion(const char *shell, const char *const *kinds)
{
    const bool bash = strcmp(shell, "bash") == 0, zsh = strcmp(shell, "zsh") == 0;
    if (!bash && !zsh && strcmp(shell, "fish") != 0)
        return NULL;
    GString *out = g_string_new(zsh ? "#compdef vsaudit\n" : "");
    g_string_append(out, "# Made by “vsaudit list completion” from the program's own tables.\n");
    Completion to = {.out = out, .shell = shell, .kinds = kinds};
    if (bash) {
        g_string_append(out, "# shellcheck shell=bash disable=SC2207\n_vsaudit() {\n"
                             "    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - "
                             "1]} options= words=\n"
                             "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                             "        COMPREPLY=($(compgen -W '--help --version ");
        append_names(out);
        g_string_append(out, "' -- \"$word\"))\n        return\n    fi\n    case ${COMP_WORDS[1]} in\n");
    } else if (zsh) {
        g_string_append(out, "local -a commands\ncommands=(\n");
        for (const Command *const *command = command_registry; *command != NULL; command++) {
            g_autofree char *summary = quote_help((*command)->summary);
            g_string_append_printf(out, "    '%s:%s'\n", (*command)->name, summary);
        }
        g_string_append(out,
                        ")\nif (( CURRENT == 2 )); then\n    _describe command commands\n    return\nfi\n"
                        "local command=$words[2]\nshift words\n(( CURRENT-- ))\ncase $command in\n");
    }
    for (const Command *const *command = command_registry; *command != NULL; command++)
        command_describe(*command, append_completion, &to);
    if (bash)
        g_string_append(out, "    esac\n"
                             "    if [[ $word == -* ]]; then\n"
                             "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
                             "    elif [ -n \"$words\" ]; then\n"
                             "        COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                             "    else\n"
                             "        compopt -o filenames\n"
                             "        COMPREPLY=($(compgen -f -- \"$word\"))\n"
                             "    fi\n}\ncomplete -F _vsaudit vsaudit\n");
    else if (zsh)
        g_string_append(out, "esac\n");
    return g_string_free(out, FALSE);
}
