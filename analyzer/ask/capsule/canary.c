/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capsule/canary.h"

#include "synth/truth.h"

#include <math.h>
#include <string.h>

/* <t+N> in a scene is N seconds after its moment. */
typedef struct {
    const char *behaviour;
    const char *place; /* backdrop and geometry */
    const char *event;
} CanaryScene;

#define STREET "backdrop: {kind: street, horizon: 0.12, camera_m: 4.4}\n"
#define SQUARE "backdrop: {kind: square, horizon: 0.12, camera_m: 5}\n"

/* In order of the ids. */
static const CanaryScene scenes[] = {
    {"abandoned-object", SQUARE,
     "actors:\n  - {at_s: <t-6>, look: 3, path: [[-0.15, 0.8], {to: [0.42, 0.8], until_s: <t+4>}, [1.15, "
     "0.8]]}\n"
     "items:\n  - {kind: suitcase, at: [0.46, 0.8], from_s: <t+2>}\n"},
    {"camera-tampering", STREET,
     "tampering:\n  - {kind: covered, start_s: <t>, end_s: <t+12>, ramp_s: 0.4, share: 1}\n"},
    {"fire-start", SQUARE,
     "fires:\n  - {kind: flame, at: [0.55, 0.8], start_s: <t>, end_s: <t+15>, grow_s: 4, size_m: 2.2, smoke: "
     "0.3}\n"},
    {"intrusion",
     SQUARE "scene: {zones: {forbidden: [[0.45, 0.5], [0.95, 0.5], [0.98, 0.9], [0.45, 0.9]]}}\n",
     "actors:\n  - {at_s: <t-4>, look: 6, path: [[-0.15, 0.75], {to: [0.72, 0.75], until_s: <t+12>}, [-0.15, "
     "0.75]]}\n"},
    {"line-crossing", SQUARE "scene: {lines: {fence: [[0.5, 0.46], [0.5, 0.95]]}}\n",
     "actors:\n  - {at_s: <t-4>, look: 6, path: [[-0.15, 0.75], [1.15, 0.75]]}\n"},
    {"person-down", SQUARE,
     "actors:\n  - {at_s: <t-6>, look: 3, path: [[-0.15, 0.8], {to: [0.5, 0.8], until_s: <t+15>}, [1.15, "
     "0.8]],"
     " poses: [{kind: fallen, start_s: <t+4>, end_s: <t+14>}]}\n"},
    {"running", SQUARE, "actors:\n  - {at_s: <t>, speed: 4.5, look: 4, path: [[-0.2, 0.8], [1.2, 0.8]]}\n"},
    {"stopped-vehicle",
     STREET "scene: {zones: {noparking: [[0.2, 0.51], [0.8, 0.51], [0.82, 0.61], [0.18, 0.61]]}}\n",
     "actors:\n  - {kind: car, at_s: <t-6>, look: 41, path: [[1.5, 0.557], {to: [0.5, 0.557], wait_s: 15},"
     " [-0.5, 0.557]]}\n"},
    {"wrong-way",
     STREET
     "scene: {zones: {oneway: [[0, 0.61], [1, 0.61], [1, 0.77], [0, 0.77]]}, lines: {way: [[0.1, 0.69],"
     " [0.9, 0.69]]}}\n",
     "actors:\n  - {kind: car, at_s: <t-2>, speed: 5, path: [[1.5, 0.69], [-0.5, 0.69]]}\n"},
};

const char *const *canary_behaviours(void)
{
    static const char *names[G_N_ELEMENTS(scenes) + 1];
    for (size_t i = 0; i < G_N_ELEMENTS(scenes); i++)
        names[i] = scenes[i].behaviour;
    return names;
}

static const CanaryScene *find_scene(const char *behaviour)
{
    for (size_t i = 0; i < G_N_ELEMENTS(scenes); i++)
        if (strcmp(scenes[i].behaviour, behaviour) == 0)
            return &scenes[i];
    return NULL;
}

static void append_number(GString *text, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(text, g_ascii_formatd(digits, sizeof digits, "%.3f", value));
}

static void append_scene(GString *text, const char *scene, double moment_s)
{
    for (const char *at = scene; *at != '\0';) {
        if (strncmp(at, "<t", 2) != 0) {
            g_string_append_c(text, *at++);
            continue;
        }
        char *end = NULL;
        append_number(text, moment_s + g_ascii_strtod(at + 2, &end));
        at = end + 1;
    }
}

/* A little more than a whole number: from one second to the next the pictures move on by CANARY_DRIFT of
 * their distance, so that for most of the clip none is at a whole second. */
static double canary_rate(const CanarySpec *spec)
{
    return (spec->rate > 0 ? CLAMP(round(spec->rate), 1, 59) : 10) + CANARY_DRIFT;
}

Script *canary_script(const char *behaviour, bool empty, const CanarySpec *spec)
{
    const CanaryScene *scene = find_scene(behaviour);
    g_assert(scene != NULL);
    const double duration_s =
        CLAMP(isnan(spec->duration_s) ? 0 : spec->duration_s, CANARY_SHORTEST_S, CANARY_LONGEST_S);
    /* Events last up to 16 s and their actors come 6 s before. Thousandths, so that none falls on whole
     * seconds. */
    const double room_s = duration_s - 26;
    const double moment_s = 8 + room_s * (double)(spec->chance % 1000) / 1000 + 0.137;
    g_autoptr(GString) text = g_string_new("schema: vsaudit/scene/1\nid: canary\ncamera: canary\n");
    g_string_append_printf(text, "seed: %u\nduration_s: ", (guint)(spec->chance / 1000 % 1000000));
    append_number(text, duration_s);
    g_string_append(text, "\nrate: ");
    append_number(text, canary_rate(spec));
    if (spec->width > 0 && spec->height > 0)
        g_string_append_printf(text, "\nsize: [%d, %d]", CLAMP(spec->width, 64, 3840) / 2 * 2,
                               CLAMP(spec->height, 64, 3840) / 2 * 2);
    g_string_append_c(text, '\n');
    append_scene(text, scene->place, moment_s);
    if (!empty)
        append_scene(text, scene->event, moment_s);
    g_autoptr(Problems) problems = problems_new();
    Script *script = script_parse(text->str, "canary", problems);
    g_assert(script != NULL); /* the scenes are ours, and a test draws each */
    return script;
}

GPtrArray *canary_events(const Script *script, const char *const *behaviours)
{
    g_autoptr(GPtrArray) all = synth_events(script, NULL);
    g_assert(all != NULL);
    GPtrArray *wanted = event_array_new();
    for (guint i = 0; i < all->len; i++) {
        const Event *event = g_ptr_array_index(all, i);
        if (g_strv_contains(behaviours, event->behaviour) && synth_covers(script, event->behaviour))
            g_ptr_array_add(wanted, event_copy(event));
    }
    return wanted;
}
