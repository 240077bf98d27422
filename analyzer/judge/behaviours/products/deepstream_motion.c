/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NVIDIA DeepStream nvdsanalytics: line crossing, direction and the state STOPPED. */
#include "behaviours/products/deepstream.h"
#include "behaviours/semantics.h"

#include <math.h>

/* Of the direction rule, whatever mode is configured. */
#define DIRECTION_TRAVEL 3000 /* px² */
#define DIRECTION_PICTURES 10
#define DIRECTION_COS 0.5
/* Of the state STOPPED. */
#define STOPPED_VARIANCE_X 400.0 /* px² */
#define STOPPED_VARIANCE_Y 0.01  /* px² for each pixel of height */

typedef struct {
    WatchSettings watch; /* classes */
    ProductSettings product;
    char *way;
    int mode;
    bool extended;
} Settings;

enum { LOOSE, BALANCED, STRICT };
static const char *const modes[] = {"loose", "balanced", "strict", NULL};
/* By mode: px², cosine, pictures. */
static const struct {
    double travel, cos_min;
    int64_t pictures;
} limits[] = {[LOOSE] = {1000, 0.1, 3}, [BALANCED] = {3000, 0.5, 10}, [STRICT] = {6000, 0.8, 20}};

typedef struct {
    IdBook book; /* of DeepObject */
    const Settings *settings;
    PixelFrame frame;
    Pixel a, b;          /* ends of the wire, or of the direction told */
    double along, aside; /* unit vector of the wire or direction, px */
} State;

static bool open_on(State *state, const BehaviourInput *input, const char *name, GError **error)
{
    state->settings = input->settings;
    state->frame = pixel_frame(state->settings->product.stream_height, input->aspect);
    id_book_init(&state->book, sizeof(DeepObject), DEEPSTREAM_FORGET_US);
    if (name == NULL)
        return true;
    const Segment *line = scene_find_line(input->scene, name, error);
    if (line == NULL)
        return false;
    state->a = pixel_of(state->frame, line->a);
    state->b = pixel_of(state->frame, line->b);
    const double dx = state->b.x - state->a.x, dy = state->b.y - state->a.y, length = hypot(dx, dy);
    state->along = length > 0 ? dx / length : 0;
    state->aside = length > 0 ? dy / length : 0;
    return true;
}

static bool open_line(void *data, const BehaviourInput *input, GError **error)
{
    return open_on(data, input, ((const Settings *)input->settings)->product.line, error);
}

static bool open_way(void *data, const BehaviourInput *input, GError **error)
{
    return open_on(data, input, ((const Settings *)input->settings)->way, error);
}

static bool open_plain(void *data, const BehaviourInput *input, GError **error)
{
    return open_on(data, input, NULL, error);
}

static void close_rule(void *data)
{
    State *state = data;
    id_book_clear(&state->book);
}

/* ---- line crossing */

/* > 0 right of the walker from a to b, in pixels from the infinite wire. */
static double side(const State *state, double x, double y)
{
    return state->along * (y - state->a.y) - state->aside * (x - state->a.x);
}

/* Whether the straight way, prolonged at both ends, meets the wire between its ends. */
static bool meets_segment(const State *state, double px, double py, double cx, double cy)
{
    const double before = side(state, px, py), after = side(state, cx, cy);
    if (fabs(after - before) < 1e-5 * hypot(cx - px, cy - py))
        return false;
    const double share = before / (before - after);
    const double x = px + share * (cx - px) - state->a.x, y = py + share * (cy - py) - state->a.y;
    const double wx = state->b.x - state->a.x, wy = state->b.y - state->a.y;
    return x * wx + y * wy > 0 && wx * wx + wy * wy > x * x + y * y;
}

/* Whether the object crosses towards the right (else left) by the entry for that direction, which is
 * perpendicular to the wire. */
static bool crosses(const State *state, const DeepObject *object, bool rightwards)
{
    const int mode = state->settings->mode;
    const DeepPlace *now = &object->now, *past = &object->past;
    if (deep_object_travel(object) <= limits[mode].travel || object->pictures <= limits[mode].pictures)
        return false;
    const double x = now->x, y = now->y + now->h / 2, past_x = past->x;
    bool crossed = false;
    if (mode == LOOSE) { /* the side alone: the direction has told its order already */
        const double after = side(state, x, y);
        const double before = side(state, past_x, past->y + object->mean_height / 2);
        crossed = rightwards ? after >= 0 && before < 0 : after <= 0 && before > 0;
    } else {
        const double past_y = past->y + (int)object->mean_height / 2;
        const double dx = x - past_x, dy = y - past_y, way = hypot(dx, dy);
        const double cosine = way > 0 ? (state->along * dy - state->aside * dx) / way : 0;
        const int after = (int)side(state, x, y), before = (int)side(state, past_x, past_y);
        crossed = way > 0 && (rightwards ? cosine : -cosine) >= limits[mode].cos_min &&
                  ((after > 0 && before < 0) || (after < 0 && before > 0));
    }
    if (!crossed || state->settings->extended)
        return crossed;
    const double past_y = past->y + object->mean_height / 2;
    const double half_past = past->w / 2, half = now->w / 2;
    return meets_segment(state, past_x, past_y, x, y) ||
           meets_segment(state, past_x + half_past, past_y, x + half, y) ||
           meets_segment(state, past_x - half_past, past_y, x - half, y);
}

static void observe_line(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (!id_book_observe(&state->book, observation))
        return;
    for (guint i = 0; i < state->book.objects->len; i++) {
        DeepObject *object = g_ptr_array_index(state->book.objects, i);
        if (!object->sighted.seen)
            continue;
        deep_object_move(object, state->frame);
        for (int right = 0; right < 2; right++) {
            if (object->crossed[right] || !product_takes_way(state->settings->product.direction, right == 1) ||
                !watch_takes(&state->settings->watch, object->sighted.class) ||
                !crosses(state, object, right == 1))
                continue;
            object->crossed[right] = true;
            sighted_tell_once(&object->sighted, "line-crossing",
                              right == 1 ? "left_to_right" : "right_to_left", observation->t_us,
                              observation->t_us, alerts);
        }
    }
}

/* ---- direction and STOPPED */

static bool has_stopped(const DeepObject *object)
{
    return object->pictures > DEEPSTREAM_HISTORY && object->variance_x <= STOPPED_VARIANCE_X &&
           object->variance_y / object->mean_height <= STOPPED_VARIANCE_Y;
}

/* Whether it moves against the allowed way. */
static bool moves_against(const State *state, const DeepObject *object)
{
    if (has_stopped(object) || deep_object_travel(object) <= DIRECTION_TRAVEL ||
        object->pictures <= DIRECTION_PICTURES)
        return false;
    const double dx = object->now.x - object->past.x, dy = object->now.y - object->past.y;
    const double way = hypot(dx, dy);
    return way > 0 && -(state->along * dx + state->aside * dy) >= DIRECTION_COS * way;
}

static void observe_way(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (!id_book_observe(&state->book, observation))
        return;
    for (guint i = 0; i < state->book.objects->len; i++) {
        DeepObject *object = g_ptr_array_index(state->book.objects, i);
        if (!object->sighted.seen)
            continue;
        deep_object_move(object, state->frame);
        sighted_tell(&object->sighted,
                     watch_takes(&state->settings->watch, object->sighted.class) &&
                         moves_against(state, object),
                     "wrong-way", "wrong_way", observation->t_us, observation->t_us, alerts);
    }
}

static void observe_stop(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (!id_book_observe(&state->book, observation))
        return;
    for (guint i = 0; i < state->book.objects->len; i++) {
        DeepObject *object = g_ptr_array_index(state->book.objects, i);
        if (!object->sighted.seen)
            continue;
        deep_object_move(object, state->frame);
        sighted_tell(&object->sighted,
                     watch_takes(&state->settings->watch, object->sighted.class) && has_stopped(object),
                     "stopped-vehicle", "stopped_vehicle", observation->t_us, observation->t_us, alerts);
    }
}

/* clang-format off */
#define RULE(open_it, observe_it) \
    .hard_negatives = product_no_words, .settings_size = sizeof(Settings), .state_size = sizeof(State), \
    .open = open_it, .observe = observe_it, .flush = product_flush, .close = close_rule
/* clang-format on */

static const OptionRow line_options[] = {
    PRODUCT_OPTIONS(Settings, "line direction"),
    WATCH_OPTIONS(Settings, "classes"),
    CHOICE_OPTION("mode", Settings, mode, modes, "loose"),
    BOOL_OPTION("extended", Settings, extended, "true"),
    PRODUCT_OPTIONS(Settings, "stream_height"),
    OPTION_END,
};
static const char *const line_labels[] = {"left_to_right", "right_to_left", NULL};

extern const Semantics semantics_deepstream_line_crossing;
const Semantics semantics_deepstream_line_crossing = {
    .id = "deepstream",
    .product = DEEPSTREAM_PRODUCT,
    .term = "line-crossing",
    .source = DEEPSTREAM_SOURCE,
    .differs =
        {"The line has no ends unless told so; the way is measured in px² of the stream over 10 pictures, so "
         "size and rate of the stream change the count; one event for each track and direction, a second lap "
         "is none.",
         "La ligne n'a pas de bouts sauf indication contraire ; le trajet se mesure en px² du flux sur 10 "
         "images : taille et cadence du flux changent le compte ; un seul événement par piste et par sens, "
         "un second passage n'en est pas un."},
    .rule = {
        .id = "line-crossing",
        .title = {"Crossing of a line, as DeepStream words it",
                  "Franchissement d'une ligne, selon DeepStream"},
        .definition =
            {"The foot of an object (centre of the box, lowered by half its height, in whole pixels) and its "
             "past place (mean of the 4 oldest of the last 10 pictures, of the first 2 while there are "
             "fewer) "
             "lie on different sides of the infinite line, more than 1000, 3000 or 6000 px² apart, and the "
             "object has been seen on more than 3, 10 or 20 pictures (loose, balanced, strict); balanced and "
             "strict also ask for a cosine to the line's perpendicular of 0.5 or 0.8. Without “extended” "
             "the way must meet the segment too. Told once for each track and direction until the track has "
             "been unseen for 8 s.",
             "Le pied d'un objet (centre du cadre abaissé de la moitié de sa hauteur, en pixels entiers) et "
             "sa place passée (moyenne des 4 plus anciennes des 10 dernières images, des 2 premières s'il y "
             "en a moins) sont de part et d'autre de la ligne infinie, à plus de 1000, 3000 ou 6000 px², et "
             "l'objet a été vu sur plus de 3, 10 ou 20 images (loose, balanced, strict) ; balanced et strict "
             "exigent aussi un cosinus de 0,5 ou 0,8 avec la perpendiculaire. Sans « extended », le trajet "
             "doit couper le segment même. Signalé une seule fois par piste et par sens, tant que la piste "
             "n'est pas restée 8 s invisible."},
        .onset = {"The picture of the alarm.", "L'image de l'alerte."},
        .end = {"The instant of the alarm.", "L'instant de l'alerte."},
        .alarm = {"On the first picture on which all this holds.",
                  "Sur la première image où tout cela est vrai."},
        .labels = line_labels,
        .options = line_options,
        RULE(open_line, observe_line),
    }};

static const OptionRow way_options[] = {
    STRING_OPTION("way", Settings, way, "way"),
    WATCH_OPTIONS(Settings, "classes=both"),
    PRODUCT_OPTIONS(Settings, "stream_height"),
    OPTION_END,
};
static const char *const way_labels[] = {"wrong_way", NULL};

extern const Semantics semantics_deepstream_wrong_way;
const Semantics semantics_deepstream_wrong_way = {
    .id = "deepstream",
    .product = DEEPSTREAM_PRODUCT,
    .term = "direction-detection",
    .source = DEEPSTREAM_SOURCE,
    .differs = {"No zone and no time: 55 px of way over 10 pictures within 60° of the direction; who is far, "
                "slow or filmed at a higher rate has no direction. The configured “mode” is not used.",
                "Ni zone ni durée : 55 px de trajet sur 10 images à moins de 60° du sens ; qui est loin, "
                "lent ou filmé à plus haute cadence n'a pas de sens. Le « mode » configuré n'est pas "
                "utilisé."},
    .rule = {
        .id = "wrong-way",
        .title = {"Direction, as DeepStream words it", "Direction, selon DeepStream"},
        .definition =
            {"An object that has been seen on more than 10 pictures and has not STOPPED is more than 3000 "
             "px² "
             "from its past place (mean of the 4 oldest of the last 10 pictures), and its way has a cosine "
             "of "
             "at least 0.5 to the direction, which is here the opposite of the allowed one. There is no "
             "zone. "
             "An alarm is a run of pictures with the mark.",
             "Un objet vu sur plus de 10 images et qui n'est pas STOPPED est à plus de 3000 px² de sa place "
             "passée (moyenne des 4 plus anciennes des 10 dernières images), et son trajet a un cosinus d'au "
             "moins 0,5 avec la direction, ici l'inverse de la direction autorisée. Il n'y a pas de zone. "
             "Une alerte est une suite d'images marquées."},
        .onset = {"The first picture that is marked.", "La première image marquée."},
        .end = {"The first that is not.", "La première qui ne l'est pas."},
        .alarm = {"At once.", "Aussitôt."},
        .labels = way_labels,
        .options = way_options,
        RULE(open_way, observe_way),
    }};

static const OptionRow stop_options[] = {
    WATCH_OPTIONS(Settings, "classes=vehicle"),
    PRODUCT_OPTIONS(Settings, "stream_height"),
    OPTION_END,
};
static const char *const stop_labels[] = {"stopped_vehicle", NULL};

extern const Semantics semantics_deepstream_stopped_vehicle;
const Semantics semantics_deepstream_stopped_vehicle = {
    .id = "deepstream",
    .product = DEEPSTREAM_PRODUCT,
    .term = "STOPPED",
    .source = DEEPSTREAM_SOURCE,
    .differs = {"No zone, no time, no way before: whatever has spread less than 20 px in x over 10 pictures "
                "stands, parked or not.",
                "Ni zone, ni durée, ni trajet préalable : ce qui s'étale sur moins de 20 px en x sur 10 "
                "images est à l'arrêt, stationné ou non."},
    .rule = {
        .id = "stopped-vehicle",
        .title = {"STOPPED, as DeepStream words it", "STOPPED, selon DeepStream"},
        .definition =
            {"Over the last 10 pictures on which the object was seen, of more than 10, the variance of its "
             "centre is at most 400 px² in x, and in y at most 0.01 px² for each pixel of its mean height. "
             "There is no zone and no time. An alarm is a run of pictures with the mark.",
             "Sur les 10 dernières images où l'objet a été vu, sur plus de 10, la variance de son centre est "
             "d'au plus 400 px² en x et, en y, d'au plus 0,01 px² par pixel de sa hauteur moyenne. Il n'y a "
             "ni zone ni durée. Une alerte est une suite d'images marquées."},
        .onset = {"The first picture that is marked.", "La première image marquée."},
        .end = {"The first that is not.", "La première qui ne l'est pas."},
        .alarm = {"At once.", "Aussitôt."},
        .labels = stop_labels,
        .options = stop_options,
        RULE(open_plain, observe_stop),
    }};
