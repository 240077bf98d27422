/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth/picture.h"

#include "records/free.h"
#include "synth/truth.h"

#include <math.h>
#include <string.h>

#define NOISE_BYTES (1 << 20)
#define NOISE_USUAL 1.1  /* grey levels */
#define GATE_OPEN_S 0.35 /* to open or close */
#define GATE_HOLD_S 1.1  /* after a passage */
#define JUMP_M 0.75

typedef struct {
    double distance;    /* further away is drawn first */
    const Actor *actor; /* NULL: an item, smoke or a gate */
    const Item *item;
    const Blaze *smoke;
    PathState state;
    guint gate;
} Thing;

/* When a passage is open. */
typedef struct {
    guint gate;
    double open_s, close_s;
} Opening;

struct Stage {
    const Script *script;
    cairo_surface_t *backdrop, *picture;
    GArray *lamps;    /* of Ground */
    GArray *things;   /* of Thing */
    GArray *openings; /* of Opening */
    int8_t *noise;    /* NOISE_BYTES of standard deviation 16 */
    double exposure;  /* of this picture */
    bool infrared;
};

/* ---- gates */
static guint nearest_gate(const Script *script, Ground at)
{
    const double x = script->backdrop.gates_aside ? at.z : at.x;
    guint best = 0;
    for (guint i = 1; i < script->backdrop.gates->len; i++) {
        if (fabs(g_array_index(script->backdrop.gates, double, i) - x) <
            fabs(g_array_index(script->backdrop.gates, double, best) - x))
            best = i;
    }
    return best;
}

static void find_openings(Stage *stage)
{
    const Script *script = stage->script;
    if (script->backdrop.gates->len == 0)
        return;
    for (guint i = 0; i < script->actors->len; i++) {
        const Actor *actor = g_ptr_array_index(script->actors, i);
        Crossing crossing;
        PathState state;
        if (!synth_gate_crossing(script, actor, &crossing) || actor->act == ACT_JUMP ||
            !path_state(&actor->path, crossing.t_s, &state))
            continue;
        Opening opening = {nearest_gate(script, state.at), crossing.t_s - SYNTH_VALIDATION_LEAD_S,
                           crossing.t_s + GATE_HOLD_S};
        if (actor->act == ACT_FORCED) /* pressed open by the body, falls shut behind it */
            opening.open_s = crossing.t_s - 0.25, opening.close_s = crossing.t_s + 0.45;
        else if (actor->act == ACT_BACKWARD)
            opening.open_s = crossing.t_s - 0.4;
        g_array_append_val(stage->openings, opening);
    }
}

static double gate_open(const Stage *stage, guint gate, double t_s)
{
    double open = 0;
    for (guint i = 0; i < stage->openings->len; i++) {
        const Opening *o = &g_array_index(stage->openings, Opening, i);
        if (o->gate == gate)
            open = fmax(open, ramp_at(t_s, o->open_s, o->close_s + GATE_OPEN_S, GATE_OPEN_S));
    }
    return open;
}

/* How high above the ground somebody is who leaps over the gate. */
static double leap(const Script *script, const Actor *actor, double t_s)
{
    Crossing crossing;
    if (actor->act != ACT_JUMP || !synth_gate_crossing(script, actor, &crossing))
        return 0;
    const double u = (t_s - crossing.t_s) / 0.42;
    return fabs(u) < 1 ? JUMP_M * (1 - u * u) : 0;
}

/* ---- the stage */
Stage *stage_new(const Script *script)
{
    Stage *stage = g_new0(Stage, 1);
    stage->script = script;
    stage->backdrop = draw_backdrop(script);
    stage->picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)script->width, (int)script->height);
    stage->lamps = draw_lamps(script);
    stage->things = g_array_new(FALSE, FALSE, sizeof(Thing));
    stage->openings = g_array_new(FALSE, FALSE, sizeof(Opening));
    find_openings(stage);
    stage->noise = g_malloc(NOISE_BYTES);
    uint64_t x = (uint64_t)script->seed * UINT64_C(2862933555777941757) + UINT64_C(3037000493);
    for (size_t i = 0; i < NOISE_BYTES; i++) {
        /* The sum of four bytes is nearly normal; its standard deviation 148 becomes 16. */
        x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const int sum =
            (int)((x >> 32) & 255) + (int)((x >> 40) & 255) + (int)((x >> 48) & 255) + (int)(x >> 56);
        stage->noise[i] = (int8_t)CLAMP((sum - 510) * 16 / 148, -127, 127);
    }
    return stage;
}

DEFINE_FREE(stage_free, Stage, stage, cairo_surface_destroy(stage->backdrop),
            cairo_surface_destroy(stage->picture), g_array_unref(stage->lamps), g_array_unref(stage->things),
            g_array_unref(stage->openings), g_free(stage->noise))

double ramp_at(double t_s, double start_s, double end_s, double ramp_s)
{
    if (t_s < start_s || t_s >= end_s)
        return 0;
    if (ramp_s <= 0)
        return 1;
    return fmin(1, fmin((t_s - start_s) / ramp_s, (end_s - t_s) / ramp_s));
}

/* ---- where the camera looks */
typedef struct {
    double dx, dy, turn; /* pixels, radians: how far the picture's content is displaced */
} Aim;

static Aim aim_at(const Script *script, double t_s, int64_t frame)
{
    Aim aim = {0, 0, 0};
    for (guint i = 0; i < script->tampers->len; i++) {
        const Tamper *tamper = g_ptr_array_index(script->tampers, i);
        if (tamper->kind != TAMPER_MOVED)
            continue;
        const double amount = ramp_at(t_s, tamper->start_s, tamper->end_s, tamper->ramp_s);
        aim.dx -= amount * tamper->shift.x * (double)script->width;
        aim.dy -= amount * tamper->shift.y * (double)script->height;
        aim.turn += amount * tamper->turn * G_PI / 180;
    }
    for (guint i = 0; i < script->effects->len; i++) {
        const Effect *effect = g_ptr_array_index(script->effects, i);
        if (effect->kind != EFFECT_SHAKE || t_s < effect->start_s || t_s >= effect->end_s)
            continue;
        aim.dx += round(effect->value * (2 * draw_lot(script->seed + 77, (int)frame * 2) - 1));
        aim.dy += round(effect->value * (2 * draw_lot(script->seed + 77, (int)frame * 2 + 1) - 1));
    }
    return aim;
}

static void paint_backdrop(Stage *stage, cairo_t *cr, Aim aim)
{
    const View *view = &stage->script->view;
    const double left = round(MARGIN_X * view->width), top = round(MARGIN_Y * view->height);
    if (aim.turn == 0) {
        aim.dx = round(aim.dx);
        aim.dy = round(aim.dy);
    }
    cairo_translate(cr, view->width / 2 + aim.dx, view->height / 2 + aim.dy);
    cairo_rotate(cr, aim.turn);
    cairo_translate(cr, -view->width / 2, -view->height / 2);
    cairo_set_source_surface(cr, stage->backdrop, -left, -top);
    cairo_pattern_set_filter(cairo_get_source(cr), aim.turn == 0 ? CAIRO_FILTER_FAST : CAIRO_FILTER_BILINEAR);
    cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
    cairo_paint(cr);
    cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
}

/* ---- who is there */
/* Where the cabinet stands that comes before passage `i`, or after the last one. */
static Ground cabinet_at(const Script *script, guint i)
{
    const GArray *gates = script->backdrop.gates;
    const double half = (GATE_PASSAGE_M + GATE_CABINET_M) / 2;
    const double place = i < gates->len ? g_array_index(gates, double, i) - half
                                        : g_array_index(gates, double, gates->len - 1) + half;
    return script->backdrop.gates_aside ? (Ground){0, place} : (Ground){place, script->backdrop.gate_z};
}

static int compare_things(gconstpointer a, gconstpointer b)
{
    const double x = ((const Thing *)a)->distance, y = ((const Thing *)b)->distance;
    return (x < y) - (x > y);
}

static void gather_things(Stage *stage, double t_s)
{
    const Script *script = stage->script;
    g_array_set_size(stage->things, 0);
    for (guint i = 0; i < script->actors->len; i++) {
        Thing thing = {.actor = g_ptr_array_index(script->actors, i)};
        if (!path_state(&thing.actor->path, t_s, &thing.state))
            continue;
        thing.distance = thing.state.at.z;
        g_array_append_val(stage->things, thing);
    }
    for (guint i = 0; i < script->items->len; i++) {
        const Item *item = g_ptr_array_index(script->items, i);
        const Thing thing = {.distance = view_ground(&script->view, item->at).z, .item = item};
        if ((isnan(item->from_s) || t_s >= item->from_s) && (isnan(item->until_s) || t_s < item->until_s))
            g_array_append_val(stage->things, thing);
    }
    for (guint i = 0; i < script->blazes->len; i++) {
        const Blaze *blaze = g_ptr_array_index(script->blazes, i);
        const Thing thing = {.distance = view_ground(&script->view, blaze->at).z, .smoke = blaze};
        if (blaze->smoke > 0 && t_s >= blaze->start_s)
            g_array_append_val(stage->things, thing);
    }
    const guint gates = script->backdrop.gates->len;
    for (guint i = 0; i < (gates > 0 ? gates + 1 : 0); i++) {
        const Thing thing = {.distance = cabinet_at(script, i).z, .gate = i};
        g_array_append_val(stage->things, thing);
    }
    g_array_sort(stage->things, compare_things);
}

static void draw_things(const Stage *stage, cairo_t *cr, double t_s, double sun)
{
    const Script *script = stage->script;
    const View *view = &script->view;
    const guint gates = script->backdrop.gates->len;
    for (guint i = 0; i < stage->things->len; i++) {
        const Thing *thing = &g_array_index(stage->things, Thing, i);
        if (thing->item != NULL) {
            draw_item(cr, view, thing->item);
        } else if (thing->smoke != NULL) {
            draw_smoke(cr, view, thing->smoke, script->seed + 31, t_s);
        } else if (thing->actor == NULL) {
            draw_gate(cr, view, cabinet_at(script, thing->gate), script->backdrop.gates_aside,
                      thing->gate < gates ? GATE_PASSAGE_M : 0,
                      thing->gate < gates ? gate_open(stage, thing->gate, t_s) : 0);
        } else if (actor_is_vehicle(thing->actor)) {
            draw_vehicle(cr, view, thing->actor, &thing->state, sun);
        } else if (thing->actor->kind == ACTOR_BICYCLE) {
            draw_bicycle(cr, view, thing->actor, &thing->state, sun);
        } else {
            draw_figure(cr, view, thing->actor, &thing->state, t_s, sun, leap(script, thing->actor, t_s));
        }
    }
}

/* ---- light and sensor */
static void read_light(Stage *stage, double t_s, int64_t frame)
{
    const Script *script = stage->script;
    double light = script->backdrop.light;
    stage->infrared = false;
    for (guint i = 0; i < script->effects->len; i++) {
        const Effect *effect = g_ptr_array_index(script->effects, i);
        if (t_s < effect->start_s)
            continue;
        const bool now = t_s < effect->end_s;
        const double share = fmin(1, (t_s - effect->start_s) / (effect->end_s - effect->start_s));
        if (effect->kind == EFFECT_LIGHT)
            light *= effect->from + (effect->to - effect->from) * share;
        else if (effect->kind == EFFECT_INFRARED && now)
            stage->infrared = true;
        else if (effect->kind == EFFECT_SHADOW && now)
            light *= 1 - effect->value * sin(G_PI * share) * sin(G_PI * share);
        else if (effect->kind == EFFECT_FLICKER && now)
            light *= 1 + effect->value * sin(2.4 * (double)frame) * draw_lot(script->seed + 5, (int)frame);
    }
    stage->exposure = light;
}

/* Light through tables of 256 values, and the grey of a night picture. */
static void apply_light(Stage *stage)
{
    const double e = stage->exposure;
    if (!stage->infrared && fabs(e - 1) < 1e-9)
        return;
    cairo_surface_flush(stage->picture);
    uint8_t table[3][256];
    /* Less light is bluer; an infra-red lamp makes it bright enough again, and grey. */
    const double dim = stage->infrared ? fmax(0.75, e) : e,
                 cold = stage->infrared ? 0 : 0.16 * fmax(0, 1 - e);
    const double gains[3] = {dim * (1 + cold), dim, dim * (1 - cold)};
    for (int channel = 0; channel < 3; channel++) {
        for (int i = 0; i < 256; i++)
            table[channel][i] = (uint8_t)CLAMP(lround(i * gains[channel]), 0, 255);
    }
    uint8_t *data = cairo_image_surface_get_data(stage->picture);
    const int stride = cairo_image_surface_get_stride(stage->picture);
    for (int64_t row = 0; row < stage->script->height; row++) {
        uint8_t *pixel = data + row * stride;
        for (int64_t column = 0; column < stage->script->width; column++, pixel += 4) {
            if (stage->infrared) {
                const int grey = (pixel[0] * 20 + pixel[1] * 90 + pixel[2] * 146) >> 8;
                pixel[0] = pixel[1] = pixel[2] = table[1][grey];
                continue;
            }
            for (int channel = 0; channel < 3; channel++)
                pixel[channel] = table[channel][pixel[channel]];
        }
    }
    cairo_surface_mark_dirty(stage->picture);
}

static double noise_level(const Stage *stage, double t_s)
{
    double sigma = NOISE_USUAL * (1 + 1.3 * fmax(0, 1 - stage->exposure));
    for (guint i = 0; i < stage->script->effects->len; i++) {
        const Effect *effect = g_ptr_array_index(stage->script->effects, i);
        if (effect->kind == EFFECT_NOISE && t_s >= effect->start_s && t_s < effect->end_s)
            sigma = effect->value;
    }
    return sigma;
}

static void add_noise(Stage *stage, double sigma, int64_t frame)
{
    int8_t scaled[256];
    for (int i = 0; i < 256; i++)
        scaled[i] = (int8_t)CLAMP(lround((i - 128) * sigma / 16), -127, 127);
    cairo_surface_flush(stage->picture);
    uint8_t *data = cairo_image_surface_get_data(stage->picture);
    const int stride = cairo_image_surface_get_stride(stage->picture);
    for (int64_t row = 0; row < stage->script->height; row++) {
        const size_t start = (size_t)(draw_lot(frame + 1, (int)row) * (NOISE_BYTES - 4096));
        const int8_t *noise = stage->noise + start;
        uint8_t *pixel = data + row * stride;
        for (int64_t column = 0; column < stage->script->width; column++, pixel += 4) {
            const int d = scaled[noise[column] + 128];
            for (int channel = 0; channel < 3; channel++) {
                const int value = pixel[channel] + d;
                pixel[channel] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
            }
        }
    }
    cairo_surface_mark_dirty(stage->picture);
}

/* Lamps shine in the dark; they are added after the light has been taken away. */
static void draw_glows(const Stage *stage, cairo_t *cr)
{
    const View *view = &stage->script->view;
    cairo_set_operator(cr, CAIRO_OPERATOR_ADD);
    if (stage->exposure < 0.7 && !stage->infrared) {
        for (guint i = 0; i < stage->lamps->len; i++) {
            const Ground at = g_array_index(stage->lamps, Ground, i);
            const Point head = view_pixel(view, at.x, 5.3, at.z),
                        pool = view_pixel(view, at.x, 0, at.z - 1.5);
            const double ppm = view_pixels_per_metre(view, at.z),
                         power = fmin(1, (0.7 - stage->exposure) / 0.3);
            for (int part = 0; part < 2; part++) {
                const Point p = part == 0 ? head : pool;
                const double radius = (part == 0 ? 2.2 : 4.5) * ppm;
                cairo_save(cr);
                cairo_translate(cr, p.x, p.y);
                cairo_scale(cr, 1, part == 0 ? 1 : 0.45);
                cairo_pattern_t *glow = cairo_pattern_create_radial(0, 0, 0, 0, 0, radius);
                cairo_pattern_add_color_stop_rgba(glow, 0, 1, 0.85, 0.6, (part == 0 ? 0.9 : 0.35) * power);
                cairo_pattern_add_color_stop_rgba(glow, 0.25, 1, 0.8, 0.5, (part == 0 ? 0.2 : 0.22) * power);
                cairo_pattern_add_color_stop_rgba(glow, 1, 1, 0.8, 0.5, 0);
                cairo_set_source(cr, glow);
                cairo_arc(cr, 0, 0, radius, 0, 2 * G_PI);
                cairo_fill(cr);
                cairo_pattern_destroy(glow);
                cairo_restore(cr);
            }
        }
    }
    for (guint i = 0; i < stage->things->len; i++) {
        const Thing *thing = &g_array_index(stage->things, Thing, i);
        if (thing->actor != NULL && thing->actor->lights)
            draw_lights(cr, view, thing->actor, &thing->state);
    }
    cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
}

static void draw_weather(const Stage *stage, cairo_t *cr, double t_s, int64_t frame)
{
    const Script *script = stage->script;
    for (guint i = 0; i < script->effects->len; i++) {
        const Effect *effect = g_ptr_array_index(script->effects, i);
        const double amount =
            ramp_at(t_s, effect->start_s, effect->end_s, fmin(2, (effect->end_s - effect->start_s) / 3));
        if (amount <= 0)
            continue;
        if (effect->kind == EFFECT_RAIN)
            weather_rain(cr, script, effect->value * amount, frame);
        else if (effect->kind == EFFECT_DROPS)
            weather_drops(cr, script, effect->value);
        else if (effect->kind == EFFECT_GLARE)
            weather_glare(cr, script, effect->value * amount,
                          (t_s - effect->start_s) / (effect->end_s - effect->start_s));
    }
}

const uint8_t *stage_draw(Stage *stage, int64_t frame, int *stride)
{
    const Script *script = stage->script;
    const double t_s = (double)frame * script->rate_den / script->rate_num;
    *stride = cairo_image_surface_get_stride(stage->picture);
    for (guint i = 0; i < script->tampers->len; i++) {
        const Tamper *tamper = g_ptr_array_index(script->tampers, i);
        if (tamper->kind == TAMPER_FROZEN && frame > 0 && ramp_at(t_s, tamper->start_s, tamper->end_s, 0) > 0)
            return cairo_image_surface_get_data(stage->picture);
    }
    read_light(stage, t_s, frame);
    cairo_t *cr = cairo_create(stage->picture);
    const double sun =
        stage->infrared ? 0 : script->backdrop.sun * CLAMP((stage->exposure - 0.35) / 0.5, 0, 1);
    cairo_save(cr);
    paint_backdrop(stage, cr, aim_at(script, t_s, frame));
    gather_things(stage, t_s);
    draw_things(stage, cr, t_s, sun);
    apply_light(stage);
    draw_glows(stage, cr);
    for (guint i = 0; i < script->blazes->len; i++)
        draw_blaze(cr, &script->view, g_ptr_array_index(script->blazes, i), script->seed + 41, t_s, frame);
    cairo_restore(cr);
    draw_weather(stage, cr, t_s, frame);
    for (guint i = 0; i < script->tampers->len; i++) {
        const Tamper *tamper = g_ptr_array_index(script->tampers, i);
        const double amount = ramp_at(t_s, tamper->start_s, tamper->end_s, tamper->ramp_s);
        if (amount <= 0)
            continue;
        if (tamper->kind == TAMPER_DEFOCUSED)
            lens_blur(stage->picture, (int)lround(amount * tamper->share * 9));
        else
            lens_draw(cr, script, tamper, amount);
    }
    add_noise(stage, noise_level(stage, t_s), frame);
    for (guint i = 0; i < script->tampers->len; i++) {
        const Tamper *tamper = g_ptr_array_index(script->tampers, i);
        if (tamper->kind == TAMPER_BLANK && ramp_at(t_s, tamper->start_s, tamper->end_s, 0) > 0) {
            cairo_set_source_rgb(cr, 0.05, 0.1, 0.55);
            cairo_paint(cr);
        }
    }
    clock_draw(cr, script, t_s);
    cairo_destroy(cr);
    cairo_surface_flush(stage->picture);
    return cairo_image_surface_get_data(stage->picture);
}
