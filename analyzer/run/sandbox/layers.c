/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/layers.h"

#include "sandbox/filter.h"
#include "sandbox/landlock.h"
#include "sandbox/limits.h"

#include <glib.h>
#include <string.h>

const Namespaces *layers_namespaces(void)
{
    static Namespaces spaces;
    static bool known;
    if (!known && !limits_under_valgrind())
        spaces = namespaces_try();
    known = true;
    return &spaces;
}

/* A version before the third leaves something open. */
static const char *name_landlock(int abi)
{
    static char text[64];
    g_snprintf(text, sizeof text, abi > 0 ? "Landlock %d" : "Landlock", abi);
    return text;
}

const SandboxLayer *sandbox_layers(void)
{
    static SandboxLayer layers[SANDBOX_LAYERS];
    if (layers[0].id != NULL)
        return layers;
    const int abi = landlock_abi();
    const bool calls = filter_is_offered(), asks = filter_can_ask(), memory = limits_hold_memory();
    const Namespaces *spaces = layers_namespaces();
    const SandboxLayer found[SANDBOX_LAYERS] = {
        {"files", abi > 0, name_landlock(abi),
         abi > 0 ? "workers and programs open what their job names, and nothing else"
                 : "not in this kernel: workers and programs may read and write what you may"},
        {"calls", calls, "seccomp",
         calls ? "no mounts, tracing, modules, keys; workers start nothing"
               : "not to be had here: a broken decoder may do what you may"},
        {"network", calls, "seccomp",
         calls ? "workers and programs open no connection"
               : "not held: a program under test may send out what it sees"},
        {"processes", spaces->processes, "namespaces",
         spaces->processes
             ? "a program sees its own processes only, and leaves none behind"
             : "not allowed here: a program sees others’ processes; what it leaves is ended by its group"},
        {"number", asks, "seccomp, asking",
         asks ? "a program’s processes are counted, and its tries to reach a network"
              : "not in this kernel: a program may start as many processes as you may"},
        {"loopback", spaces->network, "namespaces",
         spaces->network ? "a live system and its camera have a network of their own"
                         : "not allowed here: a live system may reach what you may, but for its ports"},
        {"memory", memory, "rlimit",
         memory ? "a worker or a program that wants too much is refused it"
                : "not under sanitizers or valgrind, whose shadow memory is larger than any limit"},
        {"privileges", true, "no-new-privs", "no capabilities, nothing gained by starting a program"},
    };
    memcpy(layers, found, sizeof layers);
    return layers;
}

json_t *sandbox_describe(void)
{
    const SandboxLayer *layers = sandbox_layers();
    json_t *held = json_array(), *missing = json_array();
    for (int i = 0; i < SANDBOX_LAYERS; i++)
        json_array_append_new(layers[i].held ? held : missing, json_string(layers[i].id));
    return json_pack("{s:o,s:o,s:i}", "held", held, "missing", missing, "landlock", landlock_abi());
}
