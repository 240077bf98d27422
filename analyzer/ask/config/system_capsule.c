/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/system_capsule.h"

#include <string.h>

#define KEPT "-kept"

enum { HEX_DIGITS = 64 };

static bool is_sha256(const char *text)
{
    size_t digits = 0;
    while (g_ascii_isxdigit(text[digits]))
        digits++;
    return digits == HEX_DIGITS && text[digits] == '\0';
}

static void resolve(YamlReader *reader, const YamlNode *node, const char *key, char **path)
{
    char *resolved = yaml_resolve_path(reader, yaml_node_get(node, key), *path);
    g_free(*path);
    *path = resolved;
}

/* “capsule make” keeps the list of capsule/ back in capsule-kept/. */
static char *usual_folder(const char *seal)
{
    char *folder = g_path_get_dirname(seal);
    if (g_str_has_suffix(folder, KEPT))
        folder[strlen(folder) - strlen(KEPT)] = '\0';
    return folder;
}

static void check_capsule(YamlReader *reader, const YamlNode *node, void *target)
{
    CapsuleOptions *capsule = target;
    if (capsule->published != NULL && !is_sha256(capsule->published))
        yaml_expected(reader, yaml_node_get(node, "published"), "a SHA-256: 64 hex digits");
    if (capsule->seal == NULL)
        return;
    resolve(reader, node, "seal", &capsule->seal);
    if (capsule->folder != NULL)
        resolve(reader, node, "folder", &capsule->folder);
    else
        capsule->folder = usual_folder(capsule->seal);
    if (capsule->key != NULL)
        resolve(reader, node, "key", &capsule->key);
}

static const YamlField capsule_fields[] = {
    TEXT_FIELD("seal", CapsuleOptions, seal, .required = true,
               .help = "the sealed list that was kept back (sealed.json), from this file’s folder"),
    TEXT_FIELD("published", CapsuleOptions, published,
               .help = "its SHA-256, as it was published or a third person was given it"),
    TEXT_FIELD("folder", CapsuleOptions, folder,
               .help =
                   "the capsule as it was handed over, from this file’s folder; default: where the list was "
                   "kept back, without “-kept”"),
    TEXT_FIELD("key", CapsuleOptions, key, .help = "the public key that must have signed the capsule"),
    SECONDS_FIELD("tolerance_s", CapsuleOptions, tolerance_us, .max = 60, .initial = "0.05", .unit = "s",
                  .help = "answers to one clip no farther apart are the same"),
    YAML_FIELD_END};
const YamlTable capsule_system_table = {YAML_TABLE("system of kind capsule", capsule_fields, CapsuleOptions),
                                        .check = check_capsule};

const CapsuleOptions *system_capsule(const SystemSpec *system)
{
    return system_kind(system)->options == &capsule_system_table ? system->options : NULL;
}

const char *system_seal(const SystemSpec *system)
{
    const CapsuleOptions *capsule = system_capsule(system);
    return capsule != NULL ? capsule->seal : NULL;
}
