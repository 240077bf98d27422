/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/system_program.h"

#include "config/scenario_internal.h"
#include "config/system_files.h"
#include "config/system_live.h"
#include "records/free.h"
#include "yaml/confine.h"

#include <string.h>
#include <unistd.h>

static const char *const input_names[] = {"frames", "path", NULL};
static const char *const gives_names[] = {"alerts", "observations", NULL};
static const char *const starts_names[] = {"clip", "run", NULL};
static const char *const pace_names[] = {"step", "free", "real-time", NULL};
static const char *const drops_names[] = {"oldest", "newest", NULL};

static const YamlField limits_fields[] = {
    INT_FIELD("memory_mib", ProgramLimits, memory_mib, .min = 16, .max = 1e6, .initial = "2048",
              .unit = "MiB", .help = "memory of the program (a worker’s own limit holds as well)"),
    NUMBER_FIELD("processor_x", ProgramLimits, processor_x, .min = 1, .max = 10000, .initial = "20",
                 .help = "it may take so many times the length of what it was shown"),
    NUMBER_FIELD("start_s", ProgramLimits, start_s, .min = 0.1, .max = 3600, .initial = "30", .unit = "s",
                 .help = "and so many seconds besides, to start and to end"),
    YAML_FIELD_END};
const YamlTable program_limits_table = {YAML_TABLE("limits", limits_fields, ProgramLimits)};

static const YamlField variant_fields[] = {
    ID_FIELD("id", ProgramVariant, id, .required = true, .help = "short name"),
    PARAMS_FIELD("settings", ProgramVariant, settings, .required = true,
                 .help = "what it is told instead; other settings stay"),
    YAML_FIELD_END};
const YamlTable program_variant_table = {YAML_TABLE("variant", variant_fields, ProgramVariant)};

/* clang-format off */
/* Of programs and of plug-ins. */
#define FED_FIELDS \
    CHOICE_FIELD("starts", ProgramOptions, starts, starts_names, .initial = "clip", \
                 .help = "one process a clip, or one for all clips in their order"), \
    CHOICE_FIELD("pace", ProgramOptions, pace, pace_names, .initial = "step", \
                 .help = "the next picture comes when it is ready, when there is room, by the clock"), \
    INT_FIELD("queue", ProgramOptions, queue, .min = 1, .max = 1000, .initial = "4", \
              .help = "pace real-time: so many pictures wait for it"), \
    CHOICE_FIELD("drops", ProgramOptions, drops, drops_names, .initial = "oldest", \
                 .help = "pace real-time: which picture gives way when too many wait"), \
    PARAMS_FIELD("settings", ProgramOptions, settings, .help = "what it is told at its start"), \
    LIST_FIELD("variants", ProgramOptions, variants, &program_variant_table, .min = 1, .max = 1000, \
               .help = "the same told otherwise; the report draws them as a curve"), \
    TEXTS_FIELD("files", ProgramOptions, files, \
                .help = "files that it reads, from this file’s folder; their SHA-256 is kept"), \
    MAP_FIELD("limits", ProgramOptions, limits, &program_limits_table, .help = "what it may use")
/* clang-format on */

static const YamlField program_fields[] = {
    TEXTS_FIELD("command", ProgramOptions, command, .required = true, .min = 1,
                .help = "what is started, and its arguments; files are looked for beside this file"),
    CHOICE_FIELD("input", ProgramOptions, input, input_names, .initial = "frames",
                 .help =
                     "pictures on its standard input, or the path of a copy of the clip: then it tells the "
                     "times itself, and how late it alerts is not measured"),
    CHOICE_FIELD("gives", ProgramOptions, gives, gives_names, .initial = "alerts",
                 .help = "alerts, or observations at which the reference’s rule looks"),
    FED_FIELDS, YAML_FIELD_END};

static const YamlField plugin_fields[] = {
    TEXT_FIELD("library", ProgramOptions, library, .required = true,
               .help = "a shared library with the interface of vsaudit/system.h, from this file’s folder"),
    FED_FIELDS, YAML_FIELD_END};

void system_program_prepare(void *target)
{
    ProgramOptions *program = target;
    program->named = g_ptr_array_new_with_free_func(g_free);
    program->resolved = g_ptr_array_new_with_free_func(g_free);
}

void system_program_clear(void *target)
{
    ProgramOptions *program = target;
    g_strfreev(program->argv);
    g_free(program->folder);
    g_free(program->kept);
    g_ptr_array_unref(program->named);
    g_ptr_array_unref(program->resolved);
}

void system_program_name_file(ProgramOptions *program, const char *word, char *path)
{
    g_ptr_array_add(program->named, g_strdup(word));
    g_ptr_array_add(program->resolved, path);
}

/* A bundle holds no programs: what they gave is scored again there, and nobody is asked. */
bool system_program_is_to_be_there(void)
{
    return !confine_is_rooted();
}

/* The program itself: a file beside the scenario, or one that PATH knows. */
static char *find_program(YamlReader *reader, const YamlNode *node, ProgramOptions *program, const char *word)
{
    g_autofree char *beside = confine_resolve(program->folder, word);
    g_autofree char *path = NULL;
    if (g_file_test(beside, G_FILE_TEST_IS_REGULAR))
        path = g_steal_pointer(&beside);
    else if (strchr(word, '/') == NULL)
        path = g_find_program_in_path(word);
    program->from_path = path != NULL && beside != NULL;
    if (path == NULL) {
        yaml_expected(reader, node, "a program: a file from this file’s folder, or one that PATH knows");
        return NULL;
    }
    if (access(path, X_OK) != 0) {
        yaml_expected(reader, node, "a program that may be executed (chmod +x)");
        return NULL;
    }
    system_program_name_file(program, word, g_strdup(path));
    return g_steal_pointer(&path);
}

static const char *const suffixes[] = {".py", ".sh",  ".pl", ".rb",  ".js",  ".mjs", ".lua", ".R",
                                       ".jl", ".php", ".m",  ".pyz", ".jar", ".so",  ".onnx"};

/* Whether a word that is no file beside the scenario was meant as one: by its ending, or because it is all
 * that an interpreter is given first. */
static bool is_meant_as_file(const ProgramOptions *program, guint i, const char *word)
{
    static const char *const interpreters[] = {"python", "bash", "sh",  "dash",  "perl",   "ruby",
                                               "node",   "lua",  "php", "julia", "Rscript"};
    if (*word == '-' || strchr(word, '=') != NULL || strpbrk(word, " \t\n;()") != NULL)
        return false;
    for (size_t k = 0; k < G_N_ELEMENTS(suffixes); k++) {
        if (g_str_has_suffix(word, suffixes[k]))
            return true;
    }
    g_autofree char *name = g_path_get_basename(g_ptr_array_index(program->command, 0));
    name[strcspn(name, "0123456789.")] = '\0';
    for (size_t k = 0; i == 1 && k < G_N_ELEMENTS(interpreters); k++) {
        if (program->from_path && strcmp(name, interpreters[k]) == 0)
            return true;
    }
    return false;
}

/* It is started in the scenario's folder: paths from here would lead nowhere there. */
static void resolve_command(YamlReader *reader, const YamlNode *node, ProgramOptions *program)
{
    GPtrArray *argv = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < program->command->len && i < node->children->len; i++) {
        const char *word = g_ptr_array_index(program->command, i);
        const YamlNode *place = g_ptr_array_index(node->children, i);
        if (i == 0) {
            g_autofree char *path = find_program(reader, place, program, word);
            if (path == NULL)
                break;
            g_ptr_array_add(argv, g_canonicalize_filename(path, NULL));
            continue;
        }
        g_autofree char *beside = confine_resolve(program->folder, word);
        const bool is_file = *word != '-' && g_file_test(beside, G_FILE_TEST_IS_REGULAR);
        if (!is_file && is_meant_as_file(program, i, word)) {
            yaml_expected(reader, place, "a file (there is no “%s”)", beside);
            break;
        }
        if (is_file && !system_file_may_be_given(reader, place, beside))
            break;
        if (is_file)
            system_program_name_file(program, word, g_strdup(beside));
        g_ptr_array_add(argv, is_file ? g_canonicalize_filename(beside, NULL) : g_strdup(word));
    }
    g_ptr_array_add(argv, NULL);
    program->argv = (char **)g_ptr_array_free(argv, FALSE);
}

static void resolve_files(YamlReader *reader, const YamlNode *node, ProgramOptions *program)
{
    for (guint i = 0; i < program->files->len && i < node->children->len; i++) {
        const YamlNode *place = g_ptr_array_index(node->children, i);
        const char *word = g_ptr_array_index(program->files, i);
        g_autofree char *path = confine_resolve(program->folder, word);
        if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
            yaml_expected(reader, place, "a file (there is no “%s”)", path);
        else if (system_file_may_be_given(reader, place, path))
            system_program_name_file(program, word, g_steal_pointer(&path));
    }
}

static void check_variants(YamlReader *reader, const YamlNode *node, const ProgramOptions *program)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < program->variants->len; i++) {
        const ProgramVariant *variant = g_ptr_array_index(program->variants, i);
        if (variant->id != NULL && !g_hash_table_add(seen, variant->id))
            yaml_problem(reader, yaml_node_get(g_ptr_array_index(node->children, i), "id"),
                         "found “%s” a second time, expected each id once", variant->id);
    }
}

static void check_pace(YamlReader *reader, const YamlNode *node, const ProgramOptions *program)
{
    static const char *const keys[] = {"queue", "drops"};
    for (size_t i = 0; i < G_N_ELEMENTS(keys) && program->pace != PACE_REAL_TIME; i++) {
        const YamlNode *place = yaml_node_get(node, keys[i]);
        if (place != NULL)
            yaml_problem(reader, place, "found “%s” at the pace %s, expected it only for pace real-time",
                         keys[i], pace_names[program->pace]);
    }
}

void system_program_resolve(YamlReader *reader, const YamlNode *node, ProgramOptions *program)
{
    const YamlNode *command = yaml_node_get(node, "command"), *files = yaml_node_get(node, "files"),
                   *variants = yaml_node_get(node, "variants");
    program->line = node->line;
    program->column = node->column;
    program->folder = g_strdup(reader->tree->folder);
    if (variants != NULL && variants->kind == YAML_NODE_LIST)
        check_variants(reader, variants, program);
    if (!system_program_is_to_be_there())
        return;
    if (command != NULL && command->kind == YAML_NODE_LIST && command->children->len > 0)
        resolve_command(reader, command, program);
    if (files != NULL && files->kind == YAML_NODE_LIST)
        resolve_files(reader, files, program);
}

static void check_program(YamlReader *reader, const YamlNode *node, void *target)
{
    ProgramOptions *program = target;
    check_pace(reader, node, program);
    if (program->gives == GIVES_OBSERVATIONS && program->pace != PACE_STEP)
        yaml_problem(
            reader, yaml_node_get(node, "pace"),
            "found observations at the pace %s, expected them only at the pace step: a rule looks at "
            "every picture",
            pace_names[program->pace]);
    if (program->input == INPUT_PATH && (program->gives == GIVES_OBSERVATIONS || program->pace != PACE_STEP))
        yaml_problem(
            reader, yaml_node_get(node, "input"),
            "found a path for a program that gives observations or is fed at another pace than step, "
            "expected frames: a file is given once, and whole");
    system_program_resolve(reader, node, program);
}

const YamlTable program_table = {YAML_TABLE("system of kind program", program_fields, ProgramOptions),
                                 .prepare = system_program_prepare, .check = check_program,
                                 .clear = system_program_clear};

/* ---- plug-ins: programs whose command is the host of the library */

static void prepare_plugin(void *target)
{
    ProgramOptions *plugin = target;
    system_program_prepare(target);
    plugin->command = g_ptr_array_new_with_free_func(g_free);
}

static void clear_plugin(void *target)
{
    ProgramOptions *plugin = target;
    g_ptr_array_unref(plugin->command);
    g_free(plugin->says);
    system_program_clear(target);
}

/* The host starts in the scenario’s folder, and is given the library as it is written: no message depends on
 * where the folder lies. */
static void resolve_library(YamlReader *reader, const YamlNode *node, ProgramOptions *plugin)
{
    char *path = confine_resolve(plugin->folder, plugin->library);
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        yaml_expected(reader, node, "a shared library (there is no “%s”)", path);
        g_free(path);
        return;
    }
    if (!system_file_may_be_given(reader, node, path)) {
        g_free(path);
        return;
    }
    system_program_name_file(plugin, plugin->library, path);
    const char *const words[] = {NULL, PLUGIN_HOST, plugin->library, NULL};
    plugin->argv = g_strdupv((char **)(void *)words + 1);
    plugin->argv = g_renew(char *, plugin->argv, G_N_ELEMENTS(words));
    memmove(plugin->argv + 1, plugin->argv, (G_N_ELEMENTS(words) - 1) * sizeof *plugin->argv);
    plugin->argv[0] = g_file_read_link("/proc/self/exe", NULL);
}

static void check_plugin(YamlReader *reader, const YamlNode *node, void *target)
{
    ProgramOptions *plugin = target;
    check_program(reader, node, target);
    if (plugin->library == NULL)
        return;
    g_ptr_array_add(plugin->command, g_strdup(plugin->library));
    plugin->says = g_strdup_printf("vsaudit " PLUGIN_HOST ": %s: ", plugin->library);
    if (system_program_is_to_be_there())
        resolve_library(reader, yaml_node_get(node, "library"), plugin);
}

const YamlTable plugin_table = {.name = "system of kind plugin",
                                .fields = plugin_fields,
                                .size = sizeof(ProgramOptions),
                                .prepare = prepare_plugin,
                                .check = check_plugin,
                                .clear = clear_plugin};

/* ---- asking */

const ProgramOptions *system_program(const SystemSpec *system)
{
    const YamlTable *table = system_kind(system)->options;
    return table == &program_table || table == &plugin_table || table == &live_table ? system->options : NULL;
}

static ParamList *copy_list(const ParamList *from)
{
    ParamList *copy = param_list_new();
    for (guint i = 0; i < from->params->len; i++)
        param_list_add_copy(copy, g_ptr_array_index(from->params, i));
    return copy;
}

ParamList *system_program_settings(const SystemSpec *system)
{
    const ProgramOptions *program = system_program(system);
    g_assert(program != NULL);
    const ParamList *own = program->settings;
    const ProgramVariant *variant = system->variant;
    ParamList *all = param_list_new();
    for (guint i = 0; i < own->params->len; i++) {
        const Param *param = g_ptr_array_index(own->params, i);
        if (variant == NULL || param_list_find(variant->settings, param->name) == NULL)
            param_list_add_copy(all, param);
    }
    for (guint i = 0; variant != NULL && i < variant->settings->params->len; i++)
        param_list_add_copy(all, g_ptr_array_index(variant->settings->params, i));
    return all;
}

void system_program_check(YamlReader *reader, const YamlNode *node, SystemSpec *system)
{
    const ProgramOptions *program = system_program(system);
    g_assert(program != NULL);
    const YamlNode *params = yaml_node_get(node, "params");
    if (params != NULL && program->gives == GIVES_ALERTS)
        yaml_problem(reader, params,
                     "found parameters for a program that gives alerts, expected them only where it gives "
                     "observations (what it is told itself goes under “settings”)");
    for (guint i = 0; i < program->variants->len; i++) {
        const ProgramVariant *said = g_ptr_array_index(program->variants, i);
        SystemSpec *variant = g_new0(SystemSpec, 1);
        variant->kind = system->kind;
        variant->line = system->line;
        variant->options = system->options;
        variant->variant = said;
        variant->wordings = g_ptr_array_ref(system->wordings);
        variant->params = copy_list(system->params);
        variant->id = g_strdup_printf("%s/%s", system->id, said->id);
        g_ptr_array_add(system->variants, variant);
    }
}

void system_program_complete(YamlReader *reader, const YamlNode *node, SystemSpec *system,
                             const Scenario *scenario)
{
    const ProgramOptions *program = system_program(system);
    for (guint i = 0; program != NULL && program->input == INPUT_PATH && i < scenario->conditions->len; i++) {
        const ConditionSpec *condition = g_ptr_array_index(scenario->conditions, i);
        if (condition->filter != NULL)
            yaml_problem(
                reader, yaml_node_get(node, "input"),
                "found a path where the condition “%s” is asked for, expected frames, or the condition "
                "as-recorded alone: the file is handed over as it is",
                condition->id);
    }
}

GPtrArray *system_program_varied(const SystemSpec *system)
{
    GPtrArray *names = g_ptr_array_new();
    const ProgramOptions *program = system_program(system);
    for (guint v = 0; program != NULL && v < program->variants->len; v++) {
        const ProgramVariant *variant = g_ptr_array_index(program->variants, v);
        for (guint i = 0; i < variant->settings->params->len; i++) {
            char *name = ((const Param *)g_ptr_array_index(variant->settings->params, i))->name;
            if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
                g_ptr_array_add(names, name);
        }
    }
    return names;
}
