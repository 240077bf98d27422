/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/system_capsule.h"

#include <string.h>

enum { HEX_DIGITS = 64 };

static bool is_sha256(const char *text)
{
    size_t digits = 0;
    while (g_ascii_isxdigit(text[digits]))
        digits++;
    return digits == HEX_DIGITS && text[digits] == '\0';
}

static void check_capsule(YamlReader *reader, const YamlNode *node, void *target)
{
    CapsuleOptions *capsule = target;
    if (capsule->published != NULL && !is_sha256(capsule->published))
        yaml_expected(reader, yaml_node_get(node, "published"), "a SHA-256: 64 hex digits");
    if (capsule->seal == NULL)
        return;
    char *resolved = yaml_resolve_path(reader, yaml_node_get(node, "seal"), capsule->seal);
    g_free(capsule->seal);
    capsule->seal = resolved;
}

static const YamlField capsule_fields[] = {
    TEXT_FIELD("seal", CapsuleOptions, seal, .required = true,
               .help = "the sealed list that was kept back (sealed.json), from this file’s folder"),
    TEXT_FIELD("published", CapsuleOptions, published,
               .help = "its SHA-256, as it was published or a third person was given it"),
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
