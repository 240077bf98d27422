/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/settings.h"

#include "records/error.h"

/* Part of the digest: to be raised with every change that makes other observations from the same pictures. */
#define PERCEPTION_VERSION "6"

#define MEMBER(name) offsetof(PerceptionSettings, name)

static const char *const detectors[] = {"hog", "onnx", "off", NULL};

const OptionSpec perception_options[] = {
    {"width", OPTION_INT, MEMBER(width), 64, 1920, "384", "pixels", NULL,
     "width of the working picture; a narrower clip is not enlarged",
     "largeur de l’image de travail ; une séquence plus étroite n’est pas agrandie"},
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
    {"detector", OPTION_CHOICE, MEMBER(detector), 0, 0, "hog", "", detectors,
     "what says where people are: hog (shapes in what moves), onnx (a network of yours, on every picture) or "
     "off",
     "ce qui dit où sont les personnes : hog (formes dans ce qui bouge), onnx (un réseau fourni, sur chaque "
     "image) ou off"},
    {"model", OPTION_STRING, MEMBER(model), 0, 0, NULL, "file", NULL,
     "the network of detector onnx: YOLOv5, YOLOv8 or SSD output",
     "le réseau du détecteur onnx : sortie YOLOv5, YOLOv8 ou SSD"},
    {"labels", OPTION_STRING, MEMBER(labels), 0, 0, NULL, "file", NULL,
     "names of the network's classes, one a line; without it COCO's",
     "noms des classes du réseau, une par ligne ; sinon celles de COCO"},
    {"detector_size", OPTION_INT, MEMBER(detector_size), 16, 2048, "640", "pixels", NULL,
     "side of the square picture that the network takes", "côté de l’image carrée que prend le réseau"},
    {"confidence", OPTION_NUMBER, MEMBER(confidence), 0, 1, "0.4", "", NULL,
     "least score of what the network finds", "score minimal de ce que le réseau trouve"},
    {"nms", OPTION_NUMBER, MEMBER(nms), 0, 1, "0.45", "", NULL,
     "two finds of the network that overlap by more (intersection over union) are one",
     "deux résultats du réseau qui se recouvrent davantage (intersection sur union) n’en font qu’un"},
    {"reference_hold", OPTION_SECONDS, MEMBER(reference_hold_us), 10, 86400, "300", "s", NULL,
     "a covered or turned view becomes the reference view after this",
     "une vue couverte ou tournée devient la vue de référence après ce temps"},
    OPTION_END,
};

/* A relative path in a file is meant from that file's folder. */
static void resolve(char **path, const ParamList *params, const char *name)
{
    const Param *param = params != NULL ? param_list_find(params, name) : NULL;
    if (*path == NULL || g_path_is_absolute(*path) || param == NULL || param->file == NULL)
        return;
    g_autofree char *folder = g_path_get_dirname(param->file);
    char *whole = g_build_filename(folder, *path, NULL);
    g_free(*path);
    *path = whole;
}

static bool check_file(const char *path, const ParamList *params, const char *name, GError **error)
{
    if (path == NULL || g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return true;
    const Param *param = params != NULL ? param_list_find(params, name) : NULL;
    g_autofree char *place = param != NULL && param->file != NULL
                                 ? g_strdup_printf("%s:%d:%d: ", param->file, param->line, param->column)
                                 : g_strdup("");
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%sperception.%s: found “%s”, which is no file, expected a file", place, name, path);
    return false;
}

static bool check_model(const PerceptionSettings *settings, const ParamList *params, GError **error)
{
    if (settings->detector == DETECTOR_ONNX && settings->model == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "perception.detector: found onnx without a model, expected perception.model as well");
        return false;
    }
    return check_file(settings->model, params, "model", error) &&
           check_file(settings->labels, params, "labels", error);
}

PerceptionSettings *perception_settings_new(const ParamList *params, GError **error)
{
    PerceptionSettings *settings = g_new0(PerceptionSettings, 1);
    options_set_defaults(perception_options, settings);
    if (!options_apply(perception_options, settings, params, "perception", error)) {
        perception_settings_free(settings);
        return NULL;
    }
    resolve(&settings->model, params, "model");
    resolve(&settings->labels, params, "labels");
    if (!check_model(settings, params, error)) {
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

/* What is in a file counts, not where it lies. */
static char *digest_of_file(const PerceptionSettings *settings, const OptionSpec *spec)
{
    g_autofree char *path = options_format(spec, settings), *text = NULL;
    gsize length = 0;
    if (path == NULL || !g_file_get_contents(path, &text, &length, NULL))
        return NULL;
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
}

char *perception_digest(const PerceptionSettings *settings)
{
    g_autoptr(GString) text = g_string_new("vsaudit perception " PERCEPTION_VERSION "\n");
    for (const OptionSpec *spec = perception_options; spec->name != NULL; spec++) {
        g_autofree char *value =
            spec->type == OPTION_STRING ? digest_of_file(settings, spec) : options_format(spec, settings);
        g_string_append_printf(text, "%s=%s\n", spec->name, value != NULL ? value : "");
    }
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, -1);
}
