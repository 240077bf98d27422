/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/system_kind.h"

#include "config/system_capsule.h"
#include "config/system_live.h"
#include "config/system_network.h"
#include "config/system_program.h"
#include "config/system_yardstick.h"

#include <glib.h>
#include <string.h>

const char *const system_kind_names[] = {"reference", "alerts", "null",    "annotator", "random",  "always",
                                         "program",   "plugin", "network", "live",      "capsule", NULL};

static const SystemKind kinds[] = {
    {.help = "this program's own open model of the behaviour, with parameters",
     .about = "Looks at the clips itself: people, vehicles and things in motion, and a rule over them. A "
              "yardstick whose every step can be read, no product.",
     .example = "{id: reference, kind: reference}",
     .keys = {"params", "sweep", "semantics"},
     .replays = true,
     .is_own = true},
    {.help = "a log of alerts in the native CSV or JSON form, as a vendor's product wrote it",
     .about = "Nothing is run, and no clip is needed. An alert map (vsaudit import alert-log) makes such a "
              "log of the tables that recorders export.",
     .example = "{id: vendor, kind: alerts, path: vendor.csv}",
     .keys = {"path"},
     .needed = "path",
     .has_log = true},
    {.help = "never alerts: the floor of every measure",
     .about = "What it misses is every event; what it costs is nothing.",
     .example = "{id: silence, kind: \"null\"}",
     .is_control = true},
    {.help = "what one of the dataset's annotators marked, scored like a system",
     .about =
         "The dataset has to name its annotators. How far people agree bounds what can be asked of a system.",
     .example = "{id: second-pair-of-eyes, kind: annotator, annotator: bert}",
     .keys = {"annotator"},
     .needed = "annotator",
     .is_person = true},
    {.help = "alerts at random moments, so many an hour: what chance finds",
     .about = "Per camera-hour of watched time; “as mine” raises as many as the system mine. Drawn from a "
              "seed, so the same on every run.",
     .example = "{id: chance, kind: random, rate: 2}",
     .is_control = true,
     .options = &random_table,
     .other = system_random_as,
     .other_key = "rate"},
    {.help = "alerts all the time: what is found by whoever cries wolf",
     .about = "A new alert every 10 s (every_s); 0: one a clip.",
     .example = "{id: wolf, kind: always}",
     .is_control = true,
     .options = &always_table},
    {.help =
         "a program of yours, in any language: it is given pictures and prints alerts, a line of JSON each",
     .about = "Confined: it reads what is named here, writes into a folder of its own, has no network. The "
              "protocol, system/1, is two pages: analyzer/run/systems/README.md.",
     .example = "{id: mine, kind: program, command: [python3, detector.py], settings: {threshold: 0.5}}",
     .keys = {"params"},
     .runs = true,
     .options = &program_table,
     .check = system_program_check,
     .complete = system_program_complete},
    {.help = "a shared library of yours (vsaudit/system.h), loaded by a process of its own",
     .about = "Exports one function; two examples are installed with the header. Confined and fed as a "
              "program is.",
     .example = "{id: library, kind: plugin, library: libmine.so, settings: {threshold: 0.5}}",
     .runs = true,
     .options = &plugin_table,
     .check = system_program_check},
    {.help = "an object detector of yours (ONNX), on every picture, under the reference’s rules",
     .about = "vsaudit check runs it on an empty picture, in a process of its own. What else is seen with is "
              "the scenario’s “perception”. Several side by side differ in nothing else.",
     .example = "{id: yolox, kind: network, model: yolox_nano.onnx, layout: yolox, size: 416}",
     .keys = {"params", "sweep", "semantics"},
     .replays = true,
     .options = &network_system_table,
     .check = system_network_check,
     .complete = system_network_complete},
    {.help =
         "a product that watches a camera (RTSP) and tells its alarms: web hook, MQTT, ONVIF, alertStream",
     .about = "vsaudit plays the clips to it as a camera does, in real time, and takes what it sends. It "
              "starts the "
              "product itself, or waits for one that runs (without “command”).",
     .example = "{id: motion, kind: live, command: [motion, -n, -c, '@config@'], config: motion.conf, "
                "map: motion-alerts.yaml, sinks: [{kind: webhook}]}",
     .runs = true,
     .options = &live_table,
     .check = system_program_check},
    {.help = "the log that came back for a capsule (vsaudit capsule make), opened with the sealed list",
     .about = "For those who hand over no software and take no camera: they ran their system on clips under "
              "neutral names. What its repeats and canaries show is said beside the figures.",
     .example = "{id: sealed, kind: capsule, path: returned.csv, seal: capsule-kept/sealed.json}",
     .keys = {"path"},
     .needed = "path",
     .options = &capsule_system_table},
};
_Static_assert(G_N_ELEMENTS(kinds) + 1 == G_N_ELEMENTS(system_kind_names), "a record for each name");

const YamlTable *const system_kind_tables[] = {
    &random_table,         &always_table, &program_table,        &plugin_table,
    &network_system_table, &live_table,   &capsule_system_table, NULL};

const SystemKind *system_kind_at(unsigned kind)
{
    return &kinds[kind];
}

static const SystemKind *find(const char *name)
{
    for (unsigned kind = 0; system_kind_names[kind] != NULL; kind++)
        if (g_strcmp0(system_kind_names[kind], name) == 0)
            return &kinds[kind];
    return NULL;
}

bool system_kind_is_control(const char *name)
{
    const SystemKind *kind = find(name);
    return kind != NULL && kind->is_control;
}

bool system_kind_is_product(const char *name)
{
    const SystemKind *kind = find(name);
    return kind == NULL || !(kind->is_control || kind->is_person || kind->is_own);
}

bool system_kind_replays(const char *name)
{
    const SystemKind *kind = find(name);
    return kind != NULL && kind->replays;
}

bool system_kind_runs(const char *name)
{
    const SystemKind *kind = find(name);
    return kind != NULL && kind->runs;
}

bool system_kind_takes(const SystemKind *kind, const char *key)
{
    return g_strv_contains(kind->keys, key);
}
