/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weapon: named so that a scenario can ask for it and be told why it cannot be had. */
#include "behaviours/behaviour.h"
#include "records/error.h"

typedef struct {
    bool none;
} Settings;

typedef struct {
    bool none;
} State;

static bool open_rule(void *data, const BehaviourInput *input, GError **error)
{
    (void)data;
    (void)input;
    g_set_error(
        error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
        "weapon: no rule over tracks and blobs can tell a weapon from what it looks like; only a model "
        "supplied by the user can serve this behaviour (give its alerts as a system of kind alerts)");
    return false;
}

static void observe(void *data, const Observation *observation, GPtrArray *alerts)
{
    (void)data;
    (void)observation;
    (void)alerts;
}

static void flush(void *data, int64_t end_us, GPtrArray *alerts)
{
    (void)data;
    (void)end_us;
    (void)alerts;
}

static void close_rule(void *data)
{
    (void)data;
}

static const char *const labels[] = {"weapon", NULL};
static const char *const hard_negatives[] = {"umbrella", "telephone", "tool", "toy", "walking stick", NULL};

static const OptionRow options[] = {
    OPTION_END,
};

extern const Behaviour behaviour_weapon;
const Behaviour behaviour_weapon = {.id = "weapon", .flush = flush, BEHAVIOUR_PARTS};
