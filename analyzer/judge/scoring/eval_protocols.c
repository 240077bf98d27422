/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The protocols that a scenario may name, and the rules in which they differ. What each says is in the texts
 * “protocol.ID.definition”. */
#include "scoring/eval.h"
#include "scoring/log_fit.h"

/* The defaults are frozen with the names eval-1 and eval-2. Two seconds before the event: annotators and
 * systems differ by about that on when something begins, and a long-range "prediction" must not count. Ten
 * seconds after its end: a rule that must see a condition last for some seconds may put its onset late, and
 * an operator is still served; the same ten seconds are the window of operational-alert practice and the unit
 * in which event-free time is examined. */
const OptionRow eval1_options[] = {
    SECONDS_OPTION("pre", EvalSettings, pre_us, 0, 3600, "2"),
    SECONDS_OPTION("post", EvalSettings, post_us, 0, 3600, "10"),
    SECONDS_OPTION("window", EvalSettings, window_us, 0.1, 3600, "10"),
    NUMBER_OPTION("level", EvalSettings, level, 0.5, 0.9999, "0.95", "fraction"),
    OPTION_END,
};

static const char *const box_choices[] = {[EVAL_BOXES_TELL] = "tell", [EVAL_BOXES_REQUIRE] = "require", NULL};

const OptionRow eval2_options[] = {
    SAME_OPTIONS(eval1_options, NULL),
    CHOICE_OPTION("boxes", EvalSettings, boxes, box_choices, "tell"),
    NUMBER_OPTION("unwatched", EvalSettings, unwatched, 0, 1, "0.05", "fraction"),
    OPTION_END,
};

const EvalRules eval_rules_1 = {0};
const EvalRules eval_rules_2 = {.unwatched_apart = true,
                                .scored_time_first = true,
                                .ordered_by_content = true,
                                .looks_at_boxes = true,
                                .curve_matches_anew = true};

const Protocol protocol_eval1 = {
    .id = "eval-1",
    .options = eval1_options,
    .settings_size = sizeof(EvalSettings),
    .for_scenarios = true,
    .rules = &eval_rules_1,
};

const Protocol protocol_eval2 = {
    .id = "eval-2",
    .options = eval2_options,
    .settings_size = sizeof(EvalSettings),
    .for_scenarios = true,
    .rules = &eval_rules_2,
};

bool eval_settings_load(const Protocol *protocol, const ParamList *params, EvalSettings *settings,
                        GError **error)
{
    g_assert(protocol->rules != NULL);
    *settings = (EvalSettings){.unwatched = LOG_FIT_SHARE, .rules = protocol->rules};
    options_set_defaults(protocol->options, settings);
    return options_apply(protocol->options, settings, params, "protocol_params", error);
}
