/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/system_yardstick.h"

#include <math.h>
#include <string.h>

#define RATE_MOST 36000.0     /* ten a second: more is no alert */
#define EVERY_LEAST_US 100000 /* the same */

static void check_random(YamlReader *reader, const YamlNode *node, void *target)
{
    RandomOptions *random = target;
    random->per_hour = (double)NAN;
    const YamlNode *rate = yaml_node_get(node, "rate");
    if (random->rate == NULL)
        return;
    if (!g_str_has_prefix(random->rate, "as ")) {
        yaml_read_number(reader, rate, 0, RATE_MOST, &random->per_hour);
        return;
    }
    random->as = g_strstrip(g_strdup(random->rate + strlen("as ")));
    if (*random->as == '\0') {
        yaml_expected(reader, rate, "the id of a system behind “as”");
        g_clear_pointer(&random->as, g_free);
    }
}

static void clear_random(void *target)
{
    g_free(((RandomOptions *)target)->as);
}

static const YamlField random_fields[] = {
    TEXT_FIELD("rate", RandomOptions, rate, .required = true,
               .help = "alerts per camera-hour of watched time (0 to 36000), or “as” and the id of "
                       "another system: as many as that one raised"),
    INT_FIELD("seed", RandomOptions, seed, .max = 1e9, .initial = "1",
              .help = "another one draws other alerts"),
    SECONDS_FIELD("lasts_s", RandomOptions, lasts_us, .max = 3600, .initial = "10", .unit = "s",
                  .help = "how long an alert lasts"),
    YAML_FIELD_END};
const YamlTable random_table = {YAML_TABLE("system of kind random", random_fields, RandomOptions),
                                .check = check_random, .clear = clear_random};

static void check_always(YamlReader *reader, const YamlNode *node, void *target)
{
    const AlwaysOptions *always = target;
    if (always->every_us > 0 && always->every_us < EVERY_LEAST_US)
        yaml_expected(reader, yaml_node_get(node, "every_s"), "0, or 0.1 s at least");
}

static const YamlField always_fields[] = {
    SECONDS_FIELD("every_s", AlwaysOptions, every_us, .max = 86400, .initial = "10", .unit = "s",
                  .help = "from one alert to the next, each as long, at least 0.1; 0: one alert a clip, from "
                          "its first watched moment to its end"),
    YAML_FIELD_END};
const YamlTable always_table = {YAML_TABLE("system of kind always", always_fields, AlwaysOptions),
                                .check = check_always};

const RandomOptions *system_random(const SystemSpec *system)
{
    return system_kind(system)->options == &random_table ? system->options : NULL;
}

const AlwaysOptions *system_always(const SystemSpec *system)
{
    return system_kind(system)->options == &always_table ? system->options : NULL;
}

const char *system_random_as(const SystemSpec *system)
{
    const RandomOptions *random = system_random(system);
    return random != NULL ? random->as : NULL;
}
