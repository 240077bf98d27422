/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/program.h"

#include "records/error.h"
#include "records/file_hash.h"
#include "systems/plugin_library.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *const gives_words[] = {[GIVES_ALERTS] = "alerts", [GIVES_OBSERVATIONS] = "observations"};
static const char *const starts_words[] = {[STARTS_CLIP] = "clip", [STARTS_RUN] = "run"};
static const char *const pace_words[] = {
    [PACE_STEP] = "step", [PACE_FREE] = "free", [PACE_REAL_TIME] = "real-time"};
static const char *const drops_words[] = {[DROP_OLDEST] = "oldest", [DROP_NEWEST] = "newest"};

json_t *program_describe_command(const ProgramOptions *program)
{
    json_t *words = json_array();
    for (guint i = 0; i < program->command->len; i++)
        json_array_append_new(words, json_string(g_ptr_array_index(program->command, i)));
    return words;
}

json_t *program_describe_files(const ProgramOptions *program, GError **error)
{
    if (program->kept != NULL)
        return json_loads(program->kept, 0, NULL);
    json_t *files = json_array();
    for (guint i = 0; i < program->resolved->len; i++) {
        const char *path = g_ptr_array_index(program->resolved, i);
        g_autofree char *sha256 = file_hash(path, NULL);
        if (sha256 == NULL) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be read (%s)", path,
                        g_strerror(errno));
            json_decref(files);
            return NULL;
        }
        json_array_append_new(
            files, json_pack("{s:s,s:s}", "file", g_ptr_array_index(program->named, i), "sha256", sha256));
    }
    return files;
}

static json_t *describe(const SystemSpec *system, GError **error)
{
    const ProgramOptions *program = system_program(system);
    g_assert(program != NULL);
    json_t *files = program_describe_files(program, error);
    if (files == NULL)
        return NULL;
    g_autoptr(ParamList) settings = system_program_settings(system);
    json_t *description =
        json_pack("{s:s,s:s,s:o,s:o,s:o,s:s,s:s,s:s}", "kind", system_kind_names[system->kind], "protocol",
                  SYSTEM_PROTOCOL, "command", program_describe_command(program), "files", files, "settings",
                  engine_settings(settings), "gives", gives_words[program->gives], "starts",
                  starts_words[program->starts], "pace", pace_words[program->pace]);
    if (program->input == INPUT_PATH)
        json_object_set_new(description, "input", json_string("path"));
    if (program->pace == PACE_REAL_TIME) {
        json_object_set_new(description, "queue", json_integer(program->queue));
        json_object_set_new(description, "drops", json_string(drops_words[program->drops]));
    }
    return description;
}

/* What is no library is told before anything is run. */
static json_t *describe_plugin(const SystemSpec *system, GError **error)
{
    const ProgramOptions *plugin = system_program(system);
    g_assert(plugin != NULL);
    const bool here = plugin->kept == NULL && plugin->resolved->len > 0;
    return here && !plugin_library_check(g_ptr_array_index(plugin->resolved, 0), error)
               ? NULL
               : describe(system, error);
}

static void prepare(const SystemSpec *system, TalkSpec *spec)
{
    const ProgramOptions *program = system_program(system);
    g_assert(program != NULL);
    g_autoptr(ParamList) settings = system_program_settings(system);
    *spec = (TalkSpec){
        .start = {.argv = (const char *const *)program->argv, .folder = program->folder},
        .settings = engine_settings(settings),
        .gives = gives_words[program->gives],
        .input = program->input == INPUT_PATH ? "path" : NULL,
        .starts = starts_words[program->starts],
        .start_s = program->limits.start_s,
        .processor_x = program->limits.processor_x,
        .pace = (TalkPace)program->pace,
        .drops = (TalkDrops)program->drops,
        .queue = program->queue,
        .says = program->says,
    };
}

/* Whether the folder of the audit, and with it what the program is asked, lies below the other. */
static bool holds_audit(const char *folder, const char *audit)
{
    g_autofree char *here = g_canonicalize_filename(audit, NULL), *real = realpath(here, NULL);
    g_autofree char *below = g_strconcat(folder, "/", NULL);
    return strcmp(here, folder) == 0 || g_str_has_prefix(here, below) ||
           (real != NULL && (strcmp(real, folder) == 0 || g_str_has_prefix(real, below)));
}

static void allow_prefix(SandboxSpec *limits, const char *path, const char *audit)
{
    g_autofree char *folder = g_path_get_dirname(path), *prefix = g_path_get_dirname(folder),
                    *name = g_path_get_basename(folder), *above = g_path_get_dirname(prefix);
    const bool personal = strcmp(prefix, g_get_home_dir()) == 0 || strcmp(above, "/home") == 0;
    const bool programs = strcmp(name, "bin") == 0 || strcmp(name, "shims") == 0;
    if (programs && strcmp(prefix, "/") != 0 && !personal && !holds_audit(prefix, audit))
        sandbox_spec_read(limits, prefix);
}

void program_allow_interpreter(SandboxSpec *limits, const char *path, const char *audit)
{
    g_autofree char *real = realpath(path, NULL);
    allow_prefix(limits, path, audit);
    if (real != NULL)
        allow_prefix(limits, real, audit);
}

void program_confine(const ProgramOptions *program, SandboxSpec *limits)
{
    limits->memory_mib = program->limits.memory_mib;
    for (guint i = 0; i < program->resolved->len; i++)
        sandbox_spec_read(limits, g_ptr_array_index(program->resolved, i));
    sandbox_spec_read(limits, program->argv[0]); /* of a plug-in the host, which is this program */
    if (program->resolved->len == 0 ||
        (!program->from_path && !g_path_is_absolute(g_ptr_array_index(program->named, 0))))
        return; /* what lies about a file of the audit is not the program's */
    program_allow_interpreter(limits, g_ptr_array_index(program->resolved, 0), program->folder);
}

static void confine(const SystemSpec *system, SandboxSpec *limits)
{
    const ProgramOptions *program = system_program(system);
    g_assert(program != NULL);
    program_confine(program, limits);
}

static bool observes(const SystemSpec *system)
{
    const ProgramOptions *program = system_program(system);
    return program != NULL && program->gives == GIVES_OBSERVATIONS;
}

const Engine engine_program = {.kind = "program",
                               .describe = describe,
                               .prepare = prepare,
                               .confine = confine,
                               .settings = system_program_settings,
                               .observes = observes};

const Engine engine_plugin = {.kind = "plugin",
                              .describe = describe_plugin,
                              .prepare = prepare,
                              .confine = confine,
                              .settings = system_program_settings,
                              .observes = observes};
