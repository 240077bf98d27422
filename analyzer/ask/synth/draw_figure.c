/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking figures, upright and jointed, with shadows on the ground: schematic, but with the outline that a
 * detector of people looks for. No figure resembles anybody. */
#include "synth/draw.h"
#include "synth/picture.h"

#include <math.h>

#define STRIDE_M 1.35 /* of a full cycle, both legs, for a figure of 1.75 m */

typedef struct {
    Colour coat, trousers, skin, hair, shoes, bag;
    bool long_coat, skirt;
    double girth;
} Clothes;

static Clothes clothes_of(int64_t look)
{
    static const Colour coats[] = {
        {0.10, 0.11, 0.14}, {0.14, 0.18, 0.30}, {0.45, 0.13, 0.12}, {0.22, 0.30, 0.20}, {0.55, 0.50, 0.42},
        {0.75, 0.74, 0.70}, {0.24, 0.22, 0.21}, {0.62, 0.42, 0.12}, {0.16, 0.34, 0.40}, {0.34, 0.20, 0.34}};
    static const Colour trousers[] = {{0.09, 0.09, 0.11}, {0.15, 0.19, 0.28}, {0.28, 0.26, 0.24},
                                      {0.20, 0.16, 0.13}, {0.36, 0.34, 0.30}, {0.12, 0.16, 0.16}};
    static const Colour skins[] = {
        {0.88, 0.70, 0.58}, {0.78, 0.58, 0.44}, {0.58, 0.40, 0.29}, {0.38, 0.25, 0.18}, {0.92, 0.76, 0.66}};
    static const Colour hairs[] = {
        {0.10, 0.08, 0.07}, {0.26, 0.17, 0.10}, {0.50, 0.38, 0.22}, {0.55, 0.54, 0.53}};
    Clothes clothes = {
        .coat = coats[(int)(draw_lot(look, 1) * G_N_ELEMENTS(coats))],
        .trousers = trousers[(int)(draw_lot(look, 2) * G_N_ELEMENTS(trousers))],
        .skin = skins[(int)(draw_lot(look, 3) * G_N_ELEMENTS(skins))],
        .hair = hairs[(int)(draw_lot(look, 4) * G_N_ELEMENTS(hairs))],
        .shoes = {0.07, 0.06, 0.06},
        .bag = coats[(int)(draw_lot(look, 5) * G_N_ELEMENTS(coats))],
        .long_coat = draw_lot(look, 6) < 0.3,
        .skirt = draw_lot(look, 7) < 0.15,
        .girth = 0.9 + 0.3 * draw_lot(look, 8),
    };
    return clothes;
}

/* The figure's own paper: foot at (0, 0), y up, one unit = the figure's height. */
static void limb(cairo_t *cr, double x0, double y0, double x1, double y1, double x2, double y2, double width,
                 Colour colour)
{
    cairo_move_to(cr, x0, y0);
    cairo_line_to(cr, x1, y1);
    cairo_line_to(cr, x2, y2);
    cairo_set_line_width(cr, width);
    draw_set(cr, colour, 1);
    cairo_stroke(cr);
}

typedef struct {
    double side;  /* share of the walk that is across the picture, 0 … 1 */
    double face;  /* +1 looks right, -1 left */
    double phase; /* of the gait, radians */
    double swing; /* amplitude, 0 when standing */
} Pose;

/* One leg from the hip; `half` is 0 or 1. */
static void draw_leg(cairo_t *cr, const Clothes *clothes, const Pose *pose, int half)
{
    const double phase = pose->phase + half * G_PI;
    const double spread = (half == 0 ? 1 : -1) * 0.048 * (1 - 0.75 * pose->side) * clothes->girth;
    const double thigh = 0.42 * pose->swing * sin(phase);
    const double bend = pose->swing * (0.12 + 0.55 * fmax(0, sin(phase - 1.9)));
    const double hip_y = 0.49, knee = 0.235, shank = 0.23;
    const double knee_x = spread + pose->face * pose->side * knee * sin(thigh);
    const double lift = (1 - pose->side) * pose->swing * 0.05 * fmax(0, sin(phase));
    const double knee_y = hip_y - knee * cos(thigh) + lift;
    const double foot_x = knee_x + pose->face * pose->side * shank * sin(thigh - bend);
    const double foot_y = fmax(0.012, knee_y - shank * cos(thigh - bend) + lift);
    limb(cr, spread, hip_y, knee_x, knee_y, foot_x, foot_y, 0.076 * clothes->girth,
         colour_scale(clothes->trousers, half == 0 ? 1.1 : 0.82));
    limb(cr, foot_x, foot_y, foot_x + pose->face * 0.015, foot_y,
         foot_x + pose->face * (0.02 + 0.04 * pose->side), foot_y, 0.036, clothes->shoes);
}

static void draw_arm(cairo_t *cr, const Clothes *clothes, const Pose *pose, int half, double raise)
{
    const double phase = pose->phase + half * G_PI;
    const double spread = (half == 0 ? 1 : -1) * 0.115 * (1 - 0.72 * pose->side) * clothes->girth;
    const double angle = -0.45 * pose->swing * sin(phase) + raise;
    const double shoulder_y = 0.795, upper = 0.155, lower = 0.15;
    const double way = pose->face * fmax(pose->side, raise > 0 ? 0.6 : 0);
    const double elbow_x = spread * 1.08 + way * upper * sin(angle),
                 elbow_y = shoulder_y - upper * cos(angle);
    const double hand_x = elbow_x + way * lower * sin(angle + 0.25),
                 hand_y = elbow_y - lower * cos(angle + 0.25 + raise);
    limb(cr, spread, shoulder_y, elbow_x, elbow_y, hand_x, hand_y, 0.055 * clothes->girth,
         colour_scale(clothes->coat, half == 0 ? 0.92 : 0.72));
    cairo_arc(cr, hand_x, hand_y, 0.021, 0, 2 * G_PI);
    draw_set(cr, clothes->skin, 1);
    cairo_fill(cr);
}

static void draw_torso(cairo_t *cr, const Clothes *clothes, const Pose *pose)
{
    const double wide = (0.118 - 0.03 * pose->side) * clothes->girth,
                 hip = (0.092 - 0.012 * pose->side) * clothes->girth;
    const double hem = clothes->long_coat ? 0.33 : clothes->skirt ? 0.3 : 0.455;
    cairo_move_to(cr, -hip * (clothes->skirt ? 1.25 : 1.05), hem);
    cairo_curve_to(cr, -hip, 0.6, -wide, 0.7, -wide, 0.79);
    cairo_curve_to(cr, -wide * 0.9, 0.835, -0.04, 0.835, -0.03, 0.86);
    cairo_line_to(cr, 0.03, 0.86);
    cairo_curve_to(cr, 0.04, 0.835, wide * 0.9, 0.835, wide, 0.79);
    cairo_curve_to(cr, wide, 0.7, hip, 0.6, hip * (clothes->skirt ? 1.25 : 1.05), hem);
    cairo_close_path(cr);
    draw_set(cr, clothes->coat, 1);
    cairo_fill(cr);
    /* Light from one side. */
    cairo_rectangle(cr, wide * 0.25, hem, wide * 0.75, 0.82 - hem);
    draw_set(cr, colour_scale(clothes->coat, 0.7), 0.35);
    cairo_fill(cr);
}

static void draw_head(cairo_t *cr, const Clothes *clothes, const Pose *pose, bool away)
{
    cairo_rectangle(cr, -0.022, 0.83, 0.044, 0.06);
    draw_set(cr, colour_scale(clothes->skin, 0.85), 1);
    cairo_fill(cr);
    cairo_save(cr);
    cairo_translate(cr, pose->face * pose->side * 0.008, 0.928);
    cairo_scale(cr, 0.051, 0.069);
    cairo_arc(cr, 0, 0, 1, 0, 2 * G_PI);
    draw_set(cr, away ? clothes->hair : clothes->skin, 1);
    cairo_fill(cr);
    if (!away) {
        cairo_arc(cr, -pose->face * pose->side * 0.3, 0.28, 0.98, 0, G_PI);
        cairo_close_path(cr);
        draw_set(cr, clothes->hair, 1);
        cairo_fill(cr);
    }
    cairo_restore(cr);
}

static void shadow(cairo_t *cr, const View *view, const PathState *state, double height, double sun,
                   double lift)
{
    const double ppm = view_pixels_per_metre(view, state->at.z);
    const Point foot = view_pixel(view, state->at.x, 0, state->at.z);
    cairo_save(cr);
    cairo_translate(cr, foot.x, foot.y);
    cairo_scale(cr, 0.34 * ppm, 0.1 * ppm);
    cairo_arc(cr, 0, 0, 1, 0, 2 * G_PI);
    cairo_restore(cr);
    /* The dark under the soles goes as they leave the ground. */
    cairo_set_source_rgba(cr, 0, 0, 0, 0.30 * fmax(0.15, 1 - lift / 0.4));
    cairo_fill(cr);
    if (sun <= 0)
        return;
    const Point tip = view_pixel(view, state->at.x + 0.62 * height, 0, state->at.z + 0.22 * height);
    cairo_move_to(cr, foot.x, foot.y);
    cairo_line_to(cr, tip.x, tip.y);
    cairo_set_line_width(cr, 0.27 * ppm);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_source_rgba(cr, 0, 0, 0.02, 0.34 * sun);
    cairo_stroke(cr);
}

static void draw_umbrella(cairo_t *cr, const Clothes *clothes)
{
    limb(cr, 0.10, 0.70, 0.06, 0.9, 0.04, 1.12, 0.012, (Colour){0.1, 0.1, 0.1});
    cairo_save(cr);
    cairo_translate(cr, 0.03, 1.0);
    cairo_scale(cr, 0.31, 0.16);
    cairo_arc(cr, 0, 0, 1, 0, G_PI);
    cairo_restore(cr);
    cairo_curve_to(cr, -0.2, 1.03, -0.13, 1.03, -0.08, 1.0);
    cairo_curve_to(cr, -0.03, 1.03, 0.09, 1.03, 0.14, 1.0);
    cairo_curve_to(cr, 0.2, 1.03, 0.28, 1.03, 0.34, 1.0);
    cairo_close_path(cr);
    draw_set(cr, clothes->bag, 1);
    cairo_fill(cr);
}

/* Things beside or before the figure, in its own units. */
static void draw_prop(cairo_t *cr, const Clothes *clothes, const Pose *pose, Prop prop, double height)
{
    const double f = pose->face * fmax(0.35, pose->side);
    switch (prop) {
    case PROP_BAG:
        cairo_rectangle(cr, f * 0.09 - 0.055, 0.36, 0.11, 0.13);
        draw_set(cr, clothes->bag, 1);
        cairo_fill(cr);
        break;
    case PROP_RUCKSACK:
        cairo_rectangle(cr, -f * 0.10 - 0.055, 0.57, 0.11, 0.22);
        draw_set(cr, clothes->bag, 1);
        cairo_fill(cr);
        break;
    case PROP_SUITCASE:
        limb(cr, -f * 0.12, 0.48, -f * 0.18, 0.4, -f * 0.2, 0.34, 0.014, (Colour){0.2, 0.2, 0.2});
        cairo_rectangle(cr, -f * 0.22 - 0.09, 0.03, 0.18, 0.32);
        draw_set(cr, clothes->bag, 1);
        cairo_fill(cr);
        break;
    case PROP_UMBRELLA:
        draw_umbrella(cr, clothes);
        break;
    case PROP_PRAM:
        cairo_save(cr);
        cairo_scale(cr, 1.75 / height, 1.75 / height);
        cairo_translate(cr, f * 0.38, pose->side < 0.4 ? -0.05 : 0);
        limb(cr, -f * 0.24, 0.56, -f * 0.16, 0.44, f * 0.1, 0.12, 0.016, (Colour){0.15, 0.15, 0.15});
        cairo_move_to(cr, -0.19, 0.42);
        cairo_curve_to(cr, -0.17, 0.2, 0.17, 0.2, 0.19, 0.42);
        cairo_close_path(cr);
        cairo_move_to(cr, f > 0 ? 0.19 : -0.19, 0.41);
        cairo_curve_to(cr, f > 0 ? 0.2 : -0.2, 0.6, 0, 0.62, 0, 0.41);
        cairo_close_path(cr);
        draw_set(cr, clothes->bag, 1);
        cairo_fill(cr);
        for (int i = -1; i <= 1; i += 2) {
            cairo_new_sub_path(cr);
            cairo_arc(cr, i * 0.13, 0.075, 0.07, 0, 2 * G_PI);
        }
        cairo_set_line_width(cr, 0.024);
        draw_set(cr, (Colour){0.08, 0.08, 0.08}, 1);
        cairo_stroke(cr);
        cairo_restore(cr);
        break;
    case PROP_BICYCLE:
    case PROP_NONE:
        break;
    }
}

static void wheels(cairo_t *cr, double side, Colour colour)
{
    const double wide = fmax(0.18, side);
    const double reach = 0.53 * wide;
    for (int i = -1; i <= 1; i += 2) {
        cairo_save(cr);
        cairo_translate(cr, i * reach, 0.34);
        cairo_scale(cr, wide, 1);
        cairo_arc(cr, 0, 0, 0.33, 0, 2 * G_PI);
        cairo_restore(cr);
        cairo_set_line_width(cr, 0.05);
        cairo_set_source_rgb(cr, 0.06, 0.06, 0.06);
        cairo_stroke(cr);
    }
    cairo_move_to(cr, -reach, 0.34);
    cairo_line_to(cr, -0.1 * wide, 0.85);
    cairo_line_to(cr, 0.42 * wide, 0.88);
    cairo_line_to(cr, 0.02, 0.36);
    cairo_close_path(cr);
    cairo_move_to(cr, reach, 0.34);
    cairo_line_to(cr, 0.4 * wide, 1.02);
    cairo_set_line_width(cr, 0.045);
    draw_set(cr, colour, 1);
    cairo_stroke(cr);
}

static Pose pose_of(const Actor *actor, const PathState *state, double t_s)
{
    const double speed = state->speed;
    Pose pose = {.side = fabs(state->heading_x),
                 .face = state->heading_x < 0 ? -1 : 1,
                 .phase = 2 * G_PI * (state->walked / (STRIDE_M * actor->height / 1.75) + actor->shade_delay),
                 .swing = speed < 0.05 ? 0 : fmin(1.6, 0.55 + 0.35 * speed)};
    if (pose.swing == 0)
        pose.phase = 0.15 * sin(0.9 * t_s + 6.3 * actor->shade_delay);
    return pose;
}

/* How far a pose has been taken, 0 … 1. */
static double pose_amount(const Actor *actor, PoseKind kind, double t_s)
{
    double amount = 0;
    for (guint i = 0; actor->poses != NULL && i < actor->poses->len; i++) {
        const PoseSpan *span = g_ptr_array_index(actor->poses, i);
        if (span->kind == (int)kind)
            amount = fmax(amount, ramp_at(t_s, span->start_s, span->end_s, POSE_RAMP_S));
    }
    return amount;
}

/* Bends the figure's paper; returns by how much the arms are raised. */
static double strike_pose(cairo_t *cr, const Actor *actor, double face, double t_s)
{
    const double fallen = pose_amount(actor, POSE_FALLEN, t_s), sits = pose_amount(actor, POSE_SITTING, t_s);
    const double crouched = pose_amount(actor, POSE_CROUCHED, t_s);
    const double fights = pose_amount(actor, POSE_FIGHTING, t_s);
    if (fallen > 0) {
        cairo_translate(cr, 0, 0.09 * fallen);
        cairo_rotate(cr, -face * fallen * 85 * G_PI / 180);
    }
    if (sits > 0 || crouched > 0)
        cairo_scale(cr, 1 + 0.1 * sits + 0.3 * crouched, 1 - 0.26 * sits - 0.38 * crouched);
    if (fights > 0) {
        const double phase = 2 * G_PI * (1.3 * t_s + actor->shade_delay);
        cairo_translate(cr, fights * 0.22 * sin(phase), fights * 0.03 * sin(2.3 * phase));
        cairo_rotate(cr, fights * 0.16 * sin(1.7 * phase));
        return fights * (1.3 + 0.5 * sin(2 * phase));
    }
    return 1.2 * pose_amount(actor, POSE_HUGGING, t_s);
}

void draw_figure(cairo_t *cr, const View *view, const Actor *actor, const PathState *state, double t_s,
                 double sun, double lift_m)
{
    Clothes clothes = clothes_of(actor->look);
    if (actor->vest)
        clothes.coat = (Colour){0.98, 0.86, 0.10};
    const Pose pose = pose_of(actor, state, t_s);
    const double ppm = view_pixels_per_metre(view, state->at.z);
    const Point foot = view_pixel(view, state->at.x, lift_m, state->at.z);
    const double tall = actor->height * ppm;
    /* Children are not small adults: their heads are larger. */
    const double young = fmax(0, 1.45 - actor->height);
    shadow(cr, view, state, actor->height, sun, lift_m);
    cairo_save(cr);
    const double idle = pose.swing == 0 ? 0.012 * tall * sin(0.7 * t_s + 6.3 * actor->shade_delay) : 0;
    const double bob = pose.swing * 0.012 * tall * fabs(sin(pose.phase));
    cairo_translate(cr, foot.x + idle, foot.y - bob);
    cairo_scale(cr, tall, -tall);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    const double raise = strike_pose(cr, actor, pose.face, t_s);
    if (actor->prop == PROP_BICYCLE) {
        cairo_save(cr);
        cairo_scale(cr, 1 / actor->height, 1 / actor->height);
        cairo_translate(cr, 0.25 * pose.face, -0.06);
        wheels(cr, pose.side, clothes.bag);
        cairo_restore(cr);
    }
    const bool pushes = actor->prop == PROP_PRAM || actor->prop == PROP_BICYCLE;
    const bool away = state->heading_z > 0.5;
    if (away)
        draw_prop(cr, &clothes, &pose, (Prop)actor->prop, actor->height);
    draw_arm(cr, &clothes, &pose, 1, pushes ? 0.8 : raise);
    draw_leg(cr, &clothes, &pose, 1);
    draw_leg(cr, &clothes, &pose, 0);
    draw_torso(cr, &clothes, &pose);
    cairo_save(cr);
    cairo_translate(cr, 0, -0.9 * 0.35 * young);
    cairo_scale(cr, 1 + 0.35 * young, 1 + 0.35 * young);
    draw_head(cr, &clothes, &pose, away);
    cairo_restore(cr);
    draw_arm(cr, &clothes, &pose, 0, pushes || actor->prop == PROP_UMBRELLA ? 0.8 : raise);
    if (!away)
        draw_prop(cr, &clothes, &pose, (Prop)actor->prop, actor->height);
    cairo_restore(cr);
}

void draw_bicycle(cairo_t *cr, const View *view, const Actor *actor, const PathState *state, double sun)
{
    const Clothes clothes = clothes_of(actor->look);
    const double ppm = view_pixels_per_metre(view, state->at.z);
    const Point foot = view_pixel(view, state->at.x, 0, state->at.z);
    shadow(cr, view, state, 1.2, sun, 0);
    const double side = fabs(state->heading_x), face = state->heading_x < 0 ? -1 : 1;
    const double turn = state->walked / 1.1;
    cairo_save(cr);
    cairo_translate(cr, foot.x, foot.y);
    cairo_scale(cr, face * ppm, -ppm);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    wheels(cr, side, clothes.bag);
    for (int half = 1; half >= 0; half--) {
        const double pedal_x = 0.15 * side * cos(turn + half * G_PI),
                     pedal_y = 0.36 + 0.15 * sin(turn + half * G_PI);
        limb(cr, -0.12 * side, 0.97, 0.2 * side + 0.05, 0.78 + 0.4 * (pedal_y - 0.36), pedal_x, pedal_y, 0.13,
             colour_scale(clothes.trousers, half == 0 ? 1.05 : 0.8));
    }
    limb(cr, -0.12 * side, 0.98, 0.02 * side, 1.22, 0.16 * side, 1.43, 0.30, clothes.coat);
    limb(cr, 0.14 * side, 1.40, 0.25 * side, 1.18, 0.42 * side, 1.08, 0.09, colour_scale(clothes.coat, 0.85));
    cairo_arc(cr, 0.21 * side, 1.63, 0.115, 0, 2 * G_PI);
    draw_set(cr, clothes.skin, 1);
    cairo_fill(cr);
    cairo_arc(cr, 0.2 * side, 1.66, 0.12, -0.1, G_PI + 0.2);
    draw_set(cr, clothes.hair, 1);
    cairo_fill(cr);
    cairo_restore(cr);
}
