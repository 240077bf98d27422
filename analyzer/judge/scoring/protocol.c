/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/protocol.h"

#include "scoring/eval.h"
#include "scoring/ilids.h"
#include "scoring/panel.h"

#include <string.h>

static const OptionRow no_options[] = {OPTION_END};

#define ACTEV_REST_EN                                                                                \
    " Per activity and file the sum of 1 + weight x scaled confidence is made largest (Hungarian). " \
    "Reported: P_miss and wP_miss at rates of false alarm per minute, nAUDC, NMIDE"
#define ACTEV_REST_FR                                                                                             \
    " Par activité et par fichier, la somme de 1 + poids x confiance réduite est rendue maximale "              \
    "(méthode hongroise). Résultats : P_manqué et wP_manqué à des taux de fausse alarme par minute, nAUDC, " \
    "NMIDE"

#define PEER_WITH(name, id_, options_, size_, en_, fr_, definition_en, definition_fr) \
    static const Protocol name = {.id = id_,                                          \
                                  .title = {en_, fr_},                                \
                                  .definition = {definition_en, definition_fr},       \
                                  .options = options_,                                \
                                  .settings_size = size_}
#define PEER(name, id_, en_, fr_, definition_en, definition_fr) \
    PEER_WITH(name, id_, no_options, 0, en_, fr_, definition_en, definition_fr)

PEER(actev18_ad, "actev18-ad", "NIST ActEV 2018", "NIST ActEV 2018",
     "A pair is comparable when its temporal IoU exceeds 0.2." ACTEV_REST_EN ".",
     "Une paire est comparable si son IoU temporel dépasse 0,2." ACTEV_REST_FR ".");
PEER(actev19_ad, "actev19-ad", "NIST ActEV 2019", "NIST ActEV 2019",
     "A pair is comparable when it overlaps by 1 s or more." ACTEV_REST_EN
     ", time-based false alarm outside reference time.",
     "Une paire est comparable si elle se recouvre d’au moins 1 s." ACTEV_REST_FR
     ", temps de fausse alarme hors du temps de référence.");
PEER(actev19_ad_v2, "actev19-ad-v2", "NIST ActEV 2019, version 2", "NIST ActEV 2019, version 2",
     "As actev19-ad; a system instance shorter than 1 s must cover half of the reference." ACTEV_REST_EN
     ", time-based false alarm outside reference time.",
     "Comme actev19-ad ; une instance du système de moins de 1 s doit couvrir la moitié de la "
     "référence." ACTEV_REST_FR ", temps de fausse alarme hors du temps de référence.");
PEER(actev_sdl_v1, "actev-sdl-v1", "NIST ActEV SDL, version 1", "NIST ActEV SDL, version 1",
     "A pair is comparable when it overlaps by 1 s or more; a system instance shorter than 1 s must cover "
     "half "
     "of the reference." ACTEV_REST_EN ", time-based false alarm in excess of the reference.",
     "Une paire est comparable si elle se recouvre d’au moins 1 s ; une instance du système de moins de 1 s "
     "doit couvrir la moitié de la référence." ACTEV_REST_FR
     ", temps de fausse alarme en excès de la référence.");
PEER(
    actev_sdl_v2, "actev-sdl-v2", "NIST ActEV SDL, version 2", "NIST ActEV SDL, version 2",
    "A pair is comparable when it overlaps by 1 s or more; of a reference shorter than 1 s half must be "
    "covered." ACTEV_REST_EN ", time-based false alarm in excess of the reference, mAP.",
    "Une paire est comparable si elle se recouvre d’au moins 1 s ; d’une référence de moins de 1 s la moitié "
    "doit être couverte." ACTEV_REST_FR ", temps de fausse alarme en excès de la référence, mAP.");
PEER(srl_ad_v1, "srl-ad-v1", "NIST SRL, version 1", "NIST SRL, version 1",
     "A pair is comparable when its temporal IoU exceeds 0.2." ACTEV_REST_EN ".",
     "Une paire est comparable si son IoU temporel dépasse 0,2." ACTEV_REST_FR ".");
PEER(srl_ad_v2, "srl-ad-v2", "NIST SRL, version 2", "NIST SRL, version 2",
     "A pair is comparable when its temporal IoU exceeds 0.1." ACTEV_REST_EN ".",
     "Une paire est comparable si son IoU temporel dépasse 0,1." ACTEV_REST_FR ".");
PEER(srl_ad_v3, "srl-ad-v3", "NIST SRL, version 3", "NIST SRL, version 3",
     "A pair is comparable when its temporal IoU exceeds 0.4." ACTEV_REST_EN ".",
     "Une paire est comparable si son IoU temporel dépasse 0,4." ACTEV_REST_FR ".");
PEER_WITH(
    trecvid_sed, "trecvid-sed", panel_trecvid_options, sizeof(PanelTrecvid),
    "NIST TRECVID surveillance event detection (F4DE)",
    "NIST TRECVID, détection d’événements de surveillance (F4DE)",
    "A pair is comparable when the middle of the system's event lies in the reference widened by a stated "
    "tolerance; most matches, then scores, then overlap. Reported: P_miss, false alarms per hour, detection "
    "cost P_miss + cost_fa / (cost_miss x target rate) x R_FA at the system's decisions and at the best "
    "threshold in hindsight; a silent system costs 1.",
    "Une paire est comparable si le milieu de l’événement du système se trouve dans la référence élargie "
    "d’une tolérance déclarée ; le plus d’appariements, puis les scores, puis le recouvrement. Résultats : "
    "P_manqué, fausses alarmes par heure, coût de détection P_manqué + coût_fa / (coût_manqué x taux cible) "
    "x "
    "R_FA, aux décisions du système et au meilleur seuil a posteriori ; un système muet coûte 1.");
PEER_WITH(
    collar, "collar", panel_collar_options, sizeof(PanelCollar), "Events with a collar (sed_eval)",
    "Événements avec tolérance (sed_eval)",
    "A pair matches when the onsets differ by at most a collar and the offsets by at most the larger of the "
    "collar and a share of the reference's length; as many pairs as possible. Reported: F, error rate with "
    "substitutions, deletions, insertions.",
    "Une paire concorde si les débuts diffèrent au plus d’une tolérance et les fins au plus de la plus "
    "grande "
    "valeur entre cette tolérance et une part de la durée de référence ; le plus de paires possible. "
    "Résultats : F, taux d’erreur avec substitutions, omissions, insertions.");
PEER_WITH(
    segment, "segment", panel_segment_options, sizeof(PanelSegment), "Fixed segments (sed_eval)",
    "Segments fixes (sed_eval)",
    "Truth and output are compared label by label on a fixed grid; an event counts in every segment that it "
    "touches. Reported: F, error rate, sensitivity, specificity, accuracy.",
    "Vérité et sortie sont comparées étiquette par étiquette sur une grille fixe ; un événement compte dans "
    "chaque segment qu’il touche. Résultats : F, taux d’erreur, sensibilité, spécificité, exactitude.");
PEER_WITH(
    intersection, "intersection", panel_intersection_options, sizeof(PanelIntersection),
    "Intersection criteria (PSDS)", "Critères d’intersection (PSDS)",
    "A detection is accepted when truth of its label covers a stated share of it; an event is found when "
    "accepted detections cover a stated share of it. Refused detections are false; those covered by another "
    "label's truth are cross-triggers. Reported: counts, rates per hour, PSDS.",
    "Une détection est admise si la vérité de son étiquette en couvre une part déclarée ; un événement est "
    "trouvé si des détections admises en couvrent une part déclarée. Les détections refusées sont fausses ; "
    "celles que couvre la vérité d’une autre étiquette sont croisées. Résultats : comptes, taux par heure, "
    "PSDS.");

PEER_WITH(
    ilids, "ilids", ilids_options, sizeof(IlidsSettings), "i-LIDS (UK Home Office)",
    "i-LIDS (ministère de l’Intérieur britannique)",
    "An event is found by the first alarm raised within the alarm window from its start; an alarm elsewhere "
    "within an event is ignored, any other is false. F = (a + 1) R P / (R + a P) with the recall bias a. "
    "Window and bias are those of the i-LIDS User Guide for the scenario and role: they must be given, this "
    "program holds no value for them.",
    "Un événement est trouvé par la première alarme levée dans la fenêtre d’alarme après son début ; une "
    "alarme ailleurs pendant un événement est ignorée, toute autre est fausse. "
    "F = (a + 1) R P / (R + a P), a étant le biais de rappel. Fenêtre et biais sont ceux du guide i-LIDS "
    "pour le scénario et le rôle : ils doivent être donnés, ce programme n’en contient aucune valeur.");

const Protocol *const protocol_registry[] = {&protocol_eval1, &protocol_eval2, &actev18_ad,   &actev19_ad,
                                             &actev19_ad_v2,  &actev_sdl_v1,   &actev_sdl_v2, &srl_ad_v1,
                                             &srl_ad_v2,      &srl_ad_v3,      &trecvid_sed,  &collar,
                                             &segment,        &intersection,   &ilids,        NULL};

const Protocol *protocol_find(const char *id)
{
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++)
        if ((*protocol)->for_scenarios && strcmp((*protocol)->id, id) == 0)
            return *protocol;
    return NULL;
}
