/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/system_files.h"

#include "config/system_program.h"
#include "records/file_hash.h"
#include "records/secret.h"
#include "yaml/confine.h"

#include <stdlib.h>

bool system_file_may_be_given(YamlReader *reader, const YamlNode *node, const char *path)
{
    g_autofree char *expected = confine_objection(reader->tree->folder, path, CONFINE_PRINTED);
    if (expected != NULL) {
        yaml_expected(reader, node, "%s", expected);
        return false;
    }
    g_autoptr(GMappedFile) bytes = g_mapped_file_new(path, FALSE, NULL);
    if (bytes == NULL || g_mapped_file_get_length(bytes) == 0 ||
        !secret_is_in(g_mapped_file_get_contents(bytes), g_mapped_file_get_length(bytes)))
        return true;
    yaml_expected(reader, node, "a file that a program may print (“%s” holds a secret key)", path);
    return false;
}

/* ---- what must not be told */

typedef struct {
    GHashTable *places; /* char * real path -> const char *, what it is */
    GHashTable *hashes; /* char * SHA-256 -> the same */
} Answers;

static void add_place(const Answers *answers, const char *path, const char *what)
{
    char *real = path != NULL ? realpath(path, NULL) : NULL; /* by malloc */
    if (real != NULL)
        g_hash_table_insert(answers->places, g_strdup(real), (gpointer)what);
    free(real);
}

static void add_hash(const Answers *answers, const char *sha256, const char *what)
{
    if (sha256 != NULL)
        g_hash_table_insert(answers->hashes, g_strdup(sha256), (gpointer)what);
}

static void add_dataset(const Answers *answers, const Dataset *dataset)
{
    add_place(answers, dataset->file, "the manifest of the clips");
    add_hash(answers, dataset->sha256, "the manifest of the clips");
    for (guint i = 0; i < dataset->truth_files->len; i++) {
        add_place(answers, g_ptr_array_index(dataset->truth_files, i), "the truth");
        add_hash(answers, g_ptr_array_index(dataset->truth_hashes, i), "the truth");
    }
    for (guint i = 0; i < dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(dataset->clips, i);
        add_place(answers, clip->path, "a clip of the audit");
        for (guint f = 0; f < clip->files->len; f++)
            add_place(answers, ((const ClipFile *)g_ptr_array_index(clip->files, f))->path,
                      "a clip of the audit");
    }
}

static void check_system(const Answers *answers, const Scenario *scenario, const SystemSpec *system,
                         Problems *problems)
{
    const ProgramOptions *program = system_program(system);
    for (guint i = 0; program != NULL && i < program->resolved->len; i++) {
        const char *path = g_ptr_array_index(program->resolved, i);
        char *real = realpath(path, NULL);
        const char *what = real != NULL ? g_hash_table_lookup(answers->places, real) : NULL;
        free(real);
        g_autofree char *sha256 = what == NULL ? file_hash(path, NULL) : NULL;
        if (sha256 != NULL)
            what = g_hash_table_lookup(answers->hashes, sha256);
        if (what != NULL)
            problems_add(problems, scenario->file, program->line, program->column, system->id,
                         "found “%s”, which is %s, expected files that do not hold what the system is asked",
                         (const char *)g_ptr_array_index(program->named, i), what);
    }
}

void system_files_check(const Audit *audit, Problems *problems)
{
    const Answers answers = {.places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                             .hashes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    add_place(&answers, audit->file, "the audit itself");
    for (guint i = 0; i < audit->datasets->len; i++)
        add_dataset(&answers, g_ptr_array_index(audit->datasets, i));
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        add_place(&answers, scenario->file, "a scenario of the audit");
        for (guint s = 0; s < scenario->systems->len; s++)
            add_place(&answers, ((const SystemSpec *)g_ptr_array_index(scenario->systems, s))->path,
                      "another system’s log");
    }
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint s = 0; s < scenario->systems->len; s++)
            check_system(&answers, scenario, g_ptr_array_index(scenario->systems, s), problems);
    }
    g_hash_table_unref(answers.places);
    g_hash_table_unref(answers.hashes);
}
