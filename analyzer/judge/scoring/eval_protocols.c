/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The protocols that a scenario may name: what each says, and the rules in which they differ. */
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
    .options = eval1_options,
    .settings_size = sizeof(EvalSettings),
    .for_scenarios = true,
    .rules = &eval_rules_1,
};

const Protocol protocol_eval2 = {
    .id = "eval-2",
    .title = {"Alerts against events, one to one, by onset, in watched time",
              "Alertes contre événements, une à une, par leur début, dans la durée visionnée"},
    .definition =
        {"Watched time is what was annotated and decoded. The window of an event runs from its start minus "
         "`pre` to its end plus `post`, both ends included. An event is scored when it is certain and "
         "begins in watched time, not within a doubtful event; one that begins in the time around a "
         "doubtful event is scored. The windows of all other events leave the watched time; what remains "
         "is the scored time, and it alone counts as camera-hours. An alert stands where its onset is. "
         "Outside the watched time it is never matched: it is neither right nor false and has a count of "
         "its own; when more than the share `unwatched` of a log's alerts lie there, the log does not fit "
         "the watched hours and supports no claim. Elsewhere it can be matched with a scored event in whose "
         "window it lies; where `boxes` "
         "is require, not if both have a box and the boxes lie apart (no point in common, in whole "
         "millionths of the picture). On each clip alerts and events are matched one to one, simultaneous "
         "events too: as many as possible, then with the fewest alerts outside the scored time, then with "
         "the fewest pairs whose boxes lie apart, then with the smallest sum of distances between onset "
         "and start, then with the largest sum of confidences (in billionths; none counts below 0), then "
         "so that the first event has the earliest alert, after it the second, and so on. Events are "
         "ordered by start, end, label and box; alerts by onset, decision, end, label, box and confidence, "
         "the highest first: the order of rows changes nothing. A matched alert is a hit; hits whose boxes "
         "lie apart are counted. An unmatched alert outside the scored time is not scored; in scored time "
         "it is a duplicate if it could be matched with a scored event (false in the strict figure, "
         "ignored in the lenient one), else false. Delay is decision minus start, over the hits; quantiles "
         "are linear between ordered values (type 7 of Hyndman and Fan). Quiet windows are those of the "
         "grid 0, 1, 2 … times `window` from the clip's time 0 that lie wholly in scored time and meet no "
         "event's window; one is alarmed when an onset lies in it, its start included, its end not. The "
         "curve matches anew at every confidence in the log: each point is what the log gives without the "
         "alerts below it. With `pre` and `post` halved and doubled the same events are matched in the "
         "same scored time. All times are whole microseconds. A clip that failed counts on neither side "
         "and is bounded in the worst case.",
         "La durée visionnée est ce qui a été annoté et décodé. La fenêtre d’un événement va de son début "
         "moins `pre` à sa fin plus `post`, bornes comprises. Un événement est évalué s’il est certain et "
         "commence dans la durée visionnée, hors de tout événement douteux ; celui qui commence dans le "
         "temps qui entoure un événement douteux est évalué. Les fenêtres de tous les autres événements "
         "sont retirées de la durée visionnée ; ce qui reste est la durée évaluée, qui seule compte en "
         "heures-caméra. Une alerte se place à son début. Hors de la durée visionnée, elle n’est jamais "
         "appariée : elle n’est ni juste ni fausse et elle est comptée à part ; lorsque plus de la part "
         "`unwatched` des alertes d’un journal y tombe, le journal ne correspond pas aux heures "
         "visionnées et n’étaye aucune allégation. Ailleurs, elle peut être "
         "appariée à un événement évalué dans la fenêtre duquel elle tombe ; si `boxes` vaut require, sauf "
         "quand tous deux ont un cadre et que ces cadres sont à l’écart l’un de l’autre (aucun point "
         "commun, en millionièmes entiers de l’image). Dans chaque séquence, alertes et événements, même "
         "simultanés, sont appariés un à un : le plus grand nombre, puis le moins d’alertes hors de la "
         "durée évaluée, puis le moins de paires dont les cadres sont à l’écart, puis la plus petite somme "
         "des écarts entre les débuts, puis la plus grande somme des confiances (en milliardièmes ; "
         "l’absence compte moins que 0), puis de sorte que le premier événement ait l’alerte la plus "
         "précoce, après lui le deuxième, et ainsi de suite. Les événements sont rangés par début, fin, "
         "étiquette et cadre ; les alertes par début, décision, fin, étiquette, cadre et confiance, la "
         "plus grande d’abord : l’ordre des lignes ne change rien. Une alerte appariée est juste et son "
         "événement détecté ; celles dont le cadre est à l’écart sont comptées. Une alerte non appariée "
         "hors de la durée évaluée n’est pas évaluée ; dans la durée évaluée, elle est répétée si elle "
         "pouvait être appariée à un événement évalué (fausse au sens strict, ignorée au sens large), "
         "sinon fausse. Le délai d’alerte va du début à la décision, sur les événements détectés ; les "
         "quantiles sont linéaires entre les valeurs rangées (type 7 de Hyndman et Fan). Les fenêtres "
         "calmes sont celles de la grille 0, 1, 2… fois `window`, depuis le temps 0 de la séquence, qui "
         "sont tout entières dans la durée évaluée et ne rencontrent la fenêtre d’aucun événement ; une "
         "alerte y tombe si son début s’y trouve, début de la fenêtre compris, fin non comprise. La courbe "
         "apparie de nouveau à chaque confiance du journal : chaque point est ce que donne le journal sans "
         "les alertes qui sont en dessous. Avec `pre` et `post` réduits de moitié puis doublés, les mêmes "
         "événements sont appariés dans la même durée évaluée. Tous les temps sont des microsecondes "
         "entières. Une séquence en échec ne compte d’aucun côté et figure dans le pire cas."},
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
