/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/settings.h"

/* Part of the digest: to be raised with every change that makes other observations from the same pictures. */
#define PERCEPTION_VERSION "2"

#define MEMBER(name) offsetof(PerceptionSettings, name)

const OptionSpec perception_options[] = {
    {"width", OPTION_INT, MEMBER(width), 64, 1920, "384", "pixels", NULL,
     "width of the working picture; a narrower clip is not enlarged",
     "largeur de l’image de travail ; un clip plus étroit n’est pas agrandi"},
    {"rate", OPTION_NUMBER, MEMBER(rate), 1, 60, "12.5", "pictures/s", NULL,
     "pictures looked at per second of video", "images examinées par seconde de vidéo"},
    {"history", OPTION_SECONDS, MEMBER(history_us), 5, 3600, "120", "s", NULL,
     "memory of the background model: what stays for about a tenth of it becomes background",
     "mémoire du modèle de fond : ce qui reste environ un dixième de ce temps devient fond"},
    {"variance_threshold", OPTION_NUMBER, MEMBER(variance_threshold), 4, 200, "16", "", NULL,
     "squared deviations from the background that make a pixel foreground",
     "écarts au carré par rapport au fond à partir desquels un pixel est au premier plan"},
    {"shadows", OPTION_BOOL, MEMBER(shadows), 0, 0, "true", "", NULL,
     "take cast shadows out of the foreground", "retirer les ombres portées du premier plan"},
    {"min_area", OPTION_NUMBER, MEMBER(min_area), 0.00005, 0.1, "0.0006", "share of the picture", NULL,
     "smallest area of a blob", "plus petite surface d’une tache"},
    {"light_change", OPTION_NUMBER, MEMBER(light_change), 0.2, 1, "0.6", "share of the picture", NULL,
     "when more than this changes at once, the background is learnt anew and nothing is tracked",
     "si davantage change d’un coup, le fond est réappris et rien n’est suivi"},
    {"confirm", OPTION_SECONDS, MEMBER(confirm_us), 0, 5, "0.3", "s", NULL,
     "a track is believed when it has been seen for this long",
     "une piste est retenue quand elle a été vue pendant ce temps"},
    {"coast", OPTION_SECONDS, MEMBER(coast_us), 0, 30, "1.5", "s", NULL,
     "a believed track that is not seen is kept for this long",
     "une piste retenue mais non vue est gardée pendant ce temps"},
    {"hold", OPTION_SECONDS, MEMBER(hold_us), 1, 3600, "120", "s", NULL,
     "a thing that has moved and then stands still is kept as foreground for this long",
     "un objet qui a bougé puis s’arrête reste au premier plan pendant ce temps"},
    {"static_delay", OPTION_SECONDS, MEMBER(static_delay_us), 1, 600, "5", "s", NULL,
     "a thing left or taken away is told when it has been so for this long",
     "un objet laissé ou enlevé est signalé après ce temps"},
    {"people_detector", OPTION_BOOL, MEMBER(people_detector), 0, 0, "true", "", NULL,
     "look for the shape of people in candidates (HOG)",
     "chercher la forme de personnes dans les candidats (HOG)"},
    {"reference_hold", OPTION_SECONDS, MEMBER(reference_hold_us), 10, 86400, "300", "s", NULL,
     "a covered or turned view becomes the reference view after this",
     "une vue couverte ou tournée devient la vue de référence après ce temps"},
    OPTION_END,
};

PerceptionSettings *perception_settings_new(const ParamList *params, GError **error)
{
    PerceptionSettings *settings = g_new0(PerceptionSettings, 1);
    options_set_defaults(perception_options, settings);
    if (!options_apply(perception_options, settings, params, "perception", error)) {
        perception_settings_free(settings);
        return NULL;
    }
    return settings;
}

void perception_settings_free(PerceptionSettings *settings)
{
    if (settings == NULL)
        return;
    options_clear(perception_options, settings);
    g_free(settings);
}

ReplayRequest perception_request(const PerceptionSettings *settings)
{
    return (ReplayRequest){.max_width = (int)settings->width, .max_rate = settings->rate, .colour = true};
}

char *perception_digest(const PerceptionSettings *settings)
{
    g_autoptr(GString) text = g_string_new("vsaudit perception " PERCEPTION_VERSION "\n");
    for (const OptionSpec *spec = perception_options; spec->name != NULL; spec++) {
        g_autofree char *value = options_format(spec, settings);
        g_string_append_printf(text, "%s=%s\n", spec->name, value);
    }
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, -1);
}
