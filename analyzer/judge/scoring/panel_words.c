/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a protocol does not say what the scenario's says (declared in panel.h). */
#include "language/words.h"
#include "scoring/panel.h"

#include <string.h>

#define ACTEV_RULE(rule_en, rule_fr)                                                  \
    {                                                                                 \
        "an alert is compared as a span, not by its onset: " rule_en                  \
        "; every further alert of a found event is false",                            \
            "une alerte est comparée par sa durée, non par son début : " rule_fr      \
            " ; toute alerte de plus pour un événement déjà détecté est fausse" \
    }

static const struct {
    const char *id;
    Text rule;
} rules[] = {
    {"actev18-ad",
     ACTEV_RULE("it and the event must share over a fifth of their common length",
                "elle et l’événement doivent partager plus d’un cinquième de leur durée commune")},
    {"actev19-ad",
     ACTEV_RULE("it must overlap the event by one second", "elle doit recouvrir l’événement d’une seconde")},
    {"actev19-ad-v2",
     ACTEV_RULE("it must overlap the event by one second, or by half of the event when the alert is shorter",
                "elle doit recouvrir l’événement d’une seconde, ou de moitié si l’alerte est plus courte")},
    {"actev-sdl-v1",
     ACTEV_RULE("it must overlap the event by one second, or by half of the event when the alert is shorter",
                "elle doit recouvrir l’événement d’une seconde, ou de moitié si l’alerte est plus courte")},
    {"actev-sdl-v2",
     ACTEV_RULE("it must overlap the event by one second, or by half of an event that is shorter",
                "elle doit recouvrir l’événement d’une seconde, ou de moitié s’il est plus court")},
    {"srl-ad-v1",
     ACTEV_RULE("it and the event must share over a fifth of their common length",
                "elle et l’événement doivent partager plus d’un cinquième de leur durée commune")},
    {"srl-ad-v2", ACTEV_RULE("it and the event must share over a tenth of their common length",
                             "elle et l’événement doivent partager plus d’un dixième de leur durée commune")},
    {"srl-ad-v3",
     ACTEV_RULE("it and the event must share over two fifths of their common length",
                "elle et l’événement doivent partager plus de deux cinquièmes de leur durée commune")},
    {"trecvid-sed",
     {"the middle of the alert, not its onset, must lie within the event, widened by the tolerance",
      "le milieu de l’alerte, et non son début, doit se trouver dans l’événement élargi de la tolérance"}},
    {"collar",
     {"onset and end must both lie close to those of the event, so an alert that comes later but still "
      "during "
      "the event is a miss and a false alarm at once",
      "début et fin doivent être proches de ceux de l’événement : une alerte plus tardive, mais encore "
      "pendant "
      "l’événement, est à la fois un événement manqué et une fausse alerte"}},
    {"segment",
     {"seconds are counted, not events: a long event weighs more than a short one, and an alert that is too "
      "long or too short errs in part",
      "des segments de temps sont comptés, non des événements : un long événement pèse plus qu’un court, et "
      "une alerte trop longue ou trop courte est fausse en partie"}},
    {"intersection",
     {"alert and event must cover each other to a stated share; several alerts may together find one event, "
      "and none of them is then false",
      "alerte et événement doivent se couvrir l’un l’autre pour une part déclarée ; plusieurs alertes "
      "peuvent "
      "détecter ensemble un événement, et aucune n’est alors fausse"}},
    {"ilids",
     {"the alarm must be raised within the alarm window from the event's start; further alarms during an "
      "event are ignored",
      "l’alerte doit être émise dans la fenêtre d’alerte après le début de l’événement ; les alertes "
      "suivantes pendant un événement sont ignorées"}},
};

static const Text *find_rule(const char *id)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        if (strcmp(rules[i].id, id) == 0)
            return &rules[i].rule;
    g_assert_not_reached();
}

/* "2 events more found" / "2 événements trouvés de plus" */
static void append_difference(GString *text, Language language, int64_t difference, const char *one,
                              const char *many)
{
    g_autofree char *count = words_count(language, difference < 0 ? -difference : difference, one, many);
    if (text->len > 0)
        g_string_append(text, ", ");
    g_string_append(text, count);
    g_string_append(text, language == LANGUAGE_FR ? (difference < 0 ? " de moins" : " de plus")
                                                  : (difference < 0 ? " fewer" : " more"));
}

static char *compose(const PanelRow *row, const PanelInput *input, Language language)
{
    const bool french = language == LANGUAGE_FR;
    if (!row->scored) {
        char *reason = g_strconcat(french ? row->reason.fr : row->reason.en, ".", NULL);
        *reason = g_ascii_toupper(*reason);
        return french ? words_french_spaces(reason) : reason;
    }
    const Text *rule = find_rule(row->protocol->id);
    GString *text = g_string_new(NULL);
    if (row->unit == PANEL_EVENTS) {
        const int64_t found = row->detections - input->hits;
        const int64_t wrong = row->false_alarms - input->false_strict;
        if (found != 0)
            append_difference(text, language, found, french ? "événement détecté" : "found event",
                              french ? "événements détectés" : "found events");
        if (wrong != 0)
            append_difference(text, language, wrong, french ? "fausse alerte" : "false alarm",
                              french ? "fausses alertes" : "false alarms");
        if (found == 0 && wrong == 0)
            g_string_append(text, french ? "Mêmes comptes" : "The same counts as");
        else if (!french)
            g_string_append(text, " than");
        g_string_append_printf(text, french ? " qu’avec %s" : " with %s", input->beside);
        g_string_append(text, french ? " ; ici " : "; here ");
    }
    g_string_append(text, french ? rule->fr : rule->en);
    g_string_append_c(text, '.');
    if (row->ends_assumed > 0) {
        g_autofree char *count = words_count(language, row->ends_assumed, french ? "alerte" : "alert",
                                             french ? "alertes" : "alerts");
        const bool one = row->ends_assumed == 1;
        g_string_append_printf(
            text,
            french ? " %s sans fin déclarée : durée prise jusqu’à la décision, d’une seconde au moins."
                   : " %s without a stated end %s taken to last until decided, one second at least.",
            count, one ? "is" : "are");
    }
    text->str[0] = g_ascii_toupper(text->str[0]);
    char *sentence = g_string_free(text, FALSE);
    return french ? words_french_spaces(sentence) : sentence;
}

Sentence panel_sentence(const PanelRow *row, const PanelInput *input)
{
    return (Sentence){compose(row, input, LANGUAGE_EN), compose(row, input, LANGUAGE_FR)};
}
