/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ONVIF Analytics Service: FieldDetector, LineDetector, LoiteringDetector. Where the specification leaves a
 * word open (anchor, border, debounce, leaving and coming back), the norm says what is taken here. */
#include "behaviours/linewalk.h"
#include "behaviours/products/idbook.h"
#include "behaviours/semantics.h"

#define SOURCE "https://github.com/onvif/specs/blob/ae44f9e/doc/Analytics.xml"

typedef struct {
    WatchSettings watch; /* zone, classes, anchor; on_delay is the dwell */
    ProductSettings product; /* line, direction */
} Settings;

typedef struct {
    Sighted sighted; /* first: see idbook.h */
    LineWalk walk;
    bool inside;
    int64_t entered_us;
} Object;

typedef struct {
    IdBook book; /* of Object */
    const Settings *settings;
    const Polygon *zone;
    const Segment *line;
} State;

static bool open_zone(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    state->settings = input->settings;
    id_book_init(&state->book, sizeof(Object), 0);
    return watch_find_zone(input, state->settings->watch.zone, &state->zone, error);
}

static bool open_line(void *data, const BehaviourInput *input, GError **error)
{
    State *state = data;
    state->settings = input->settings;
    id_book_init(&state->book, sizeof(Object), 0);
    state->line = scene_find_line(input->scene, state->settings->product.line, error);
    return state->line != NULL;
}

static void close_rule(void *data)
{
    State *state = data;
    id_book_clear(&state->book);
}

static Point anchor_of(const State *state, const Sighted *object)
{
    const TrackMemory memory = {.box = object->box, .foot = object->foot};
    return watch_anchor(&state->settings->watch, &memory);
}

/* Whether the object is in the field; keeps when it came. */
static bool follow_stay(const State *state, Object *object, int64_t t_us)
{
    const bool inside =
        watch_takes(&state->settings->watch, object->sighted.class) &&
        watch_contains(&state->settings->watch, state->zone, anchor_of(state, &object->sighted));
    if (inside && !object->inside)
        object->entered_us = t_us;
    object->inside = inside;
    return inside;
}

static void observe_field(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const int64_t t_us = observation->t_us;
    if (!id_book_observe(&state->book, observation))
        return;
    for (guint i = 0; i < state->book.objects->len; i++) {
        Object *object = g_ptr_array_index(state->book.objects, i);
        if (object->sighted.seen)
            sighted_tell(&object->sighted, follow_stay(state, object, t_us), "intrusion", "presence", t_us,
                         t_us, alerts);
    }
}

static void observe_loitering(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    const int64_t t_us = observation->t_us;
    if (!id_book_observe(&state->book, observation))
        return;
    for (guint i = 0; i < state->book.objects->len; i++) {
        Object *object = g_ptr_array_index(state->book.objects, i);
        if (!object->sighted.seen)
            continue;
        const bool inside = follow_stay(state, object, t_us);
        const bool longer = t_us - object->entered_us > state->settings->watch.on_delay_us;
        sighted_tell(&object->sighted, inside && longer, "loitering", "loitering", object->entered_us, t_us,
                     alerts);
    }
}

static void observe_line(void *data, const Observation *observation, GPtrArray *alerts)
{
    State *state = data;
    if (!id_book_observe(&state->book, observation))
        return;
    for (guint i = 0; i < state->book.objects->len; i++) {
        Object *object = g_ptr_array_index(state->book.objects, i);
        LineWalk *walk = &object->walk;
        if (!object->sighted.seen)
            continue;
        line_walk_follow(walk, *state->line, anchor_of(state, &object->sighted), observation->t_us);
        if (!walk->crossing)
            continue;
        const bool rightwards = walk->side > 0;
        walk->crossing = false;
        if (watch_takes(&state->settings->watch, object->sighted.class) &&
            product_takes_way(state->settings->product.direction, rightwards))
            sighted_tell_once(&object->sighted, "line-crossing",
                              rightwards ? "left_to_right" : "right_to_left", walk->cross_us,
                              observation->t_us, alerts);
    }
}

/* clang-format off */
#define RULE(open_it, observe_it) \
    .hard_negatives = product_no_words, .settings_size = sizeof(Settings), .state_size = sizeof(State), \
    .open = open_it, .observe = observe_it, .flush = product_flush, .close = close_rule
/* clang-format on */

static const OptionRow field_options[] = {
    WATCH_OPTIONS(Settings, "zone classes anchor=centre"),
    OPTION_END,
};
static const char *const field_labels[] = {"presence", NULL};

extern const Semantics semantics_onvif_intrusion;
const Semantics semantics_onvif_intrusion = {
    .id = "onvif",
    .product = "ONVIF Analytics Service",
    .term = "FieldDetector",
    .source = SOURCE,
    .differs = {"No time: one picture inside is enough, one outside ends it. One alarm for each object.",
                "Aucune durée : une image dedans suffit, une image dehors y met fin. Une alerte par objet."},
    .rule = {
        .id = "intrusion",
        .title = {"Object in a field, as ONVIF words it", "Objet dans un champ, selon ONVIF"},
        .definition =
            {"The state IsInside of an object is true while it is inside the polygon. There is no dwell, and "
             "an object of another number is another object. The specification names no point of the object "
             "and does not say what the border is: the centre of the box is taken here, and the border is "
             "inside.",
             "L'état IsInside d'un objet est vrai tant qu'il est dans le polygone. Aucune durée n'est "
             "exigée, et un objet d'un autre numéro est un autre objet. La spécification ne nomme aucun "
             "point de l'objet et ne dit rien du bord : ici, le centre du cadre, et le bord est dedans."},
        .onset = {"The first picture on which the object is inside.",
                  "La première image où l'objet est dedans."},
        .end = {"The first picture on which it is not, or is no longer there.",
                "La première image où il n'y est plus ou n'est plus là."},
        .alarm = {"At once.", "Aussitôt."},
        .labels = field_labels,
        .options = field_options,
        RULE(open_zone, observe_field),
    }};

static const OptionRow loitering_options[] = {
    WATCH_OPTIONS(Settings, "zone classes anchor=centre"),
    SECONDS_OPTION("dwell", Settings, watch.on_delay_us, 0, 86400, "15"),
    OPTION_END,
};
static const char *const loitering_labels[] = {"loitering", NULL};

extern const Semantics semantics_onvif_loitering;
const Semantics semantics_onvif_loitering = {
    .id = "onvif",
    .product = "ONVIF Analytics Service",
    .term = "LoiteringDetector",
    .source = SOURCE,
    .differs = {"No tolerance: one picture outside, or a new number of the track, starts the time anew.",
                "Aucune tolérance : une image dehors ou un nouveau numéro de piste remet le temps à zéro."},
    .rule = {
        .id = "loitering",
        .title = {"Loitering, as ONVIF words it", "Présence prolongée, selon ONVIF"},
        .definition =
            {"An object is inside the field for longer than the threshold, standing or not; without a field, "
             "in the picture. The specification does not say what leaving and coming back do, nor which "
             "point of the object counts: here each entry starts anew, and the centre of the box counts.",
             "Un objet est dans le champ plus longtemps que le seuil, immobile ou non ; sans champ, dans "
             "l'image. La spécification ne dit pas ce que font une sortie et un retour, ni quel point de "
             "l'objet compte : ici, chaque entrée repart de zéro et le centre du cadre compte."},
        .onset = {"“Since”: the picture on which the object came in.",
                  "« Since » : l'image où l'objet est entré."},
        .end = {"The first picture on which it is outside, or no longer there.",
                "La première image où il est dehors ou n'est plus là."},
        .alarm = {"On the first picture on which it has been inside for longer than the threshold.",
                  "Sur la première image où il est dedans depuis plus longtemps que le seuil."},
        .labels = loitering_labels,
        .options = loitering_options,
        RULE(open_zone, observe_loitering),
    }};

static const OptionRow line_options[] = {
    PRODUCT_OPTIONS(Settings, "line direction"),
    WATCH_OPTIONS(Settings, "classes anchor=centre"),
    OPTION_END,
};
static const char *const line_labels[] = {"left_to_right", "right_to_left", NULL};

extern const Semantics semantics_onvif_line_crossing;
const Semantics semantics_onvif_line_crossing = {
    .id = "onvif",
    .product = "ONVIF Analytics Service",
    .term = "LineDetector",
    .source = SOURCE,
    .differs =
        {"Nothing must settle: each change of side is an event, a tremble on the line is many.",
         "Rien n'a à être acquis : chaque changement de côté est un événement, un tremblement sur la ligne "
         "en fait beaucoup."},
    .rule = {
        .id = "line-crossing",
        .title = {"Crossing of a line, as ONVIF words it", "Franchissement d'une ligne, selon ONVIF"},
        .definition =
            {"An object crosses the line in the prohibited direction (left, right or any, seen by somebody "
             "who walks from its first to its second point). The specification defines no debounce, no "
             "re-arming and no point of the object: here each crossing of the segment counts, by the centre "
             "of the box, and a point on the line is on neither side.",
             "Un objet franchit la ligne dans le sens interdit (gauche, droite ou les deux, pour qui va de "
             "son premier à son second point). La spécification ne définit ni anti-rebond, ni réarmement, "
             "ni point de l'objet : ici, chaque franchissement du segment compte, par le centre du cadre, "
             "et un point sur la ligne n'est d'aucun côté."},
        .onset = {"The instant at which the straight way between two pictures meets the line.",
                  "L'instant où le trajet rectiligne entre deux images coupe la ligne."},
        .end = {"The instant of the alarm.", "L'instant de l'alerte."},
        .alarm = {"On the first picture on the other side.", "Sur la première image de l'autre côté."},
        .labels = line_labels,
        .options = line_options,
        RULE(open_line, observe_line),
    }};
