/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The protocols that a scenario may name: what each says, and the rules in which they differ. */
#include "scoring/eval.h"

/* The defaults are frozen with the names eval-1 and eval-2. Two seconds before the event: annotators and
 * systems differ by about that on when something begins, and a long-range "prediction" must not count. Ten
 * seconds after its end: a rule that must see a condition last for some seconds may put its onset late, and
 * an operator is still served; the same ten seconds are the window of operational-alert practice and the unit
 * in which event-free time is examined. */
const OptionSpec eval_options[] = {
    {"pre", OPTION_SECONDS, offsetof(EvalSettings, pre_us), 0, 3600, "2", "s", NULL,
     "how long before an event's start an alert's onset may lie",
     "de combien le début d’une alerte peut précéder celui de l’événement"},
    {"post", OPTION_SECONDS, offsetof(EvalSettings, post_us), 0, 3600, "10", "s", NULL,
     "how long after an event's end an alert's onset may lie",
     "de combien le début d’une alerte peut suivre la fin de l’événement"},
    {"window", OPTION_SECONDS, offsetof(EvalSettings, window_us), 0.1, 3600, "10", "s", NULL,
     "length of the windows without event that are checked for alerts",
     "longueur des fenêtres sans événement examinées"},
    {"level", OPTION_NUMBER, offsetof(EvalSettings, level), 0.5, 0.9999, "0.95", "fraction", NULL,
     "level of the two-sided intervals", "niveau des intervalles bilatéraux"},
    OPTION_END};

const EvalRules eval_rules_1 = {0};
const EvalRules eval_rules_2 = {.unwatched_apart = true};

const Protocol protocol_eval1 = {
    .id = "eval-1",
    .title = {"Alerts against events, one to one, by onset",
              "Alertes contre événements, une à une, par leur début"},
    .definition =
        {"An alert can be matched with an event when its onset lies between the event's start minus `pre` "
         "and "
         "its end plus `post`. On each clip alerts and events are matched one to one: as many as possible, "
         "then with the smallest sum of onset errors, then with the highest confidence, then the earliest. A "
         "matched alert is a hit; an unmatched one within reach of an event is a duplicate (false in the "
         "strict figure, ignored in the lenient one); any other is false. Doubtful events, events that begin "
         "outside the annotated and decoded time, and the time around them count on neither side. A clip "
         "that "
         "failed counts on neither side and is bounded in the worst case.",
         "Une alerte peut être appariée à un événement si son début se situe entre le début de l’événement "
         "moins "
         "`pre` et sa fin plus `post`. Sur chaque clip, alertes et événements sont appariés un à un : le "
         "plus "
         "grand nombre, puis la plus petite somme des écarts de début, puis la plus grande confiance, puis "
         "la "
         "plus précoce. Une alerte appariée est un succès ; une alerte non appariée à portée d’un événement "
         "est un doublon (fausse au sens strict, ignorée au sens large) ; toute autre est fausse. Les "
         "événements douteux, ceux qui commencent hors du temps annoté et décodé, et le temps qui les "
         "entoure "
         "ne comptent d’aucun côté. Un clip en échec ne compte d’aucun côté et figure dans le pire cas."},
    .options = eval_options,
    .settings_size = sizeof(EvalSettings),
    .for_scenarios = true,
    .rules = &eval_rules_1,
};

const Protocol protocol_eval2 = {
    .id = "eval-2",
    .title = {"Alerts against events, one to one, by onset, in watched time",
              "Alertes contre événements, une à une, par leur début, dans la durée visionnée"},
    .definition =
        {"An alert can be matched with an event when its onset lies between the event's start minus `pre` "
         "and its end plus `post`, both ends included. An alert whose onset lies outside the watched time "
         "(annotated and decoded) is never matched: it is neither right nor false, and has a count of its "
         "own. On each clip alerts and events are matched one to one: as many as possible, then with the "
         "smallest sum of onset errors, then with the highest confidence, then the earliest. A matched alert "
         "is a hit; an unmatched one within reach of an event is a duplicate (false in the strict figure, "
         "ignored in the lenient one); any other is false. Doubtful events, events that begin outside the "
         "annotated and decoded time, and the time around them count on neither side. A clip that failed "
         "counts on neither side and is bounded in the worst case.",
         "Une alerte peut être appariée à un événement si son début se situe entre le début de l’événement "
         "moins `pre` et sa fin plus `post`, bornes comprises. Une alerte dont le début tombe hors de la "
         "durée visionnée (annotée et décodée) n’est jamais appariée : elle n’est ni juste ni fausse, et "
         "elle "
         "est comptée à part. Dans chaque séquence, alertes et événements sont appariés un à un : le plus "
         "grand nombre, puis la plus petite somme des écarts de début, puis la plus grande confiance, puis "
         "la "
         "plus précoce. Une alerte appariée est juste et son événement détecté ; une alerte non appariée à "
         "portée d’un événement est répétée (fausse au sens strict, ignorée au sens large) ; toute autre est "
         "fausse. Les événements douteux, ceux qui commencent hors de la durée visionnée, et le temps qui "
         "les "
         "entoure ne comptent d’aucun côté. Une séquence en échec ne compte d’aucun côté et figure dans le "
         "pire cas."},
    .options = eval_options,
    .settings_size = sizeof(EvalSettings),
    .for_scenarios = true,
    .rules = &eval_rules_2,
};

bool eval_settings_load(const Protocol *protocol, const ParamList *params, EvalSettings *settings,
                        GError **error)
{
    g_assert(protocol->rules != NULL);
    *settings = (EvalSettings){.rules = protocol->rules};
    options_set_defaults(protocol->options, settings);
    return options_apply(protocol->options, settings, params, "protocol_params", error);
}
