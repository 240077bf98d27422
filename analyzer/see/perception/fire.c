/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/fire.h"

#include "perception/components.h"
#include "perception/picture.h"
#include "records/free.h"

#include <math.h>

#define WIDTH 160           /* of the small copy; one of its pixels is a cell */
#define LEARN_US 1000000    /* the reference is the mean of so long at the start */
#define FOLLOW_S 60.0       /* and follows with this time constant, */
#define FOLLOW_STILL_S 15.0 /* with this one where something else is to be seen and is still: no fire is */
#define FOLLOW_CHANGED_S 1800.0 /* and with this one where it is not still */
#define STILL 0.004F            /* root mean square of quick changes of brightness, of full brightness */
#define HELD_FLAME_US 1000000   /* a cell belongs to a region while it looked like it within this */
#define HELD_SMOKE_US 2000000
#define LOST_US 2000000 /* a region that is not seen for longer is forgotten */
#define YOUNG_US 500000 /* a younger one is not told */
#define LEAST_FLAME 6   /* cells */
#define LEAST_SMOKE 40
#define LEAST_SHARE_SMOKE 0.4 /* what has less of a veil is a thing that moved, and is not told */
#define HIGH_PASS_S 0.16      /* about one change a second */
#define ENERGY_S 1.0          /* the flicker is its mean over this */
#define EVERYTHING 0.5        /* when more of the picture than this changes at once, it is another view */
#define NEW_BRIGHTNESS 25     /* levels above the reference that make a cell of flame colour new */
#define NEW_VEIL 12           /* levels of brightness that make a cell changed */
#define SAME_REGION 0.3       /* of the smaller of two boxes in the other */

enum { LOOKS_FLAME = FIRE_FLAME, LOOKS_SMOKE = FIRE_SMOKE, KINDS };

typedef struct {
    int64_t id, since_us, seen_us;
    FireKind kind;
    VisionRect box; /* cells */
    double area, share, flicker;
    bool taken; /* by a component of this picture */
} Region;

/* What is remembered of one cell. */
typedef struct {
    float reference[3];   /* B, G, R */
    float mean;           /* of the brightness, for the flicker */
    float energy;         /* mean square of what is faster */
    int64_t looked_us[2]; /* when it last looked like flame, like smoke; TIME_UNKNOWN: never */
    bool changed;         /* on this picture */
    bool looks[2];        /* likewise */
} Cell;

struct FireFinder {
    VisionImage small, mask;
    Cell *cells;
    float *luma, *before;      /* brightness of this picture, and of the reference */
    int64_t first_us, last_us; /* of the reference's learning; of the last picture */
    GArray *regions;           /* of Region, in order of id */
    int64_t next_id;
};

FireFinder *fire_finder_new(void)
{
    FireFinder *finder = g_new0(FireFinder, 1);
    finder->regions = g_array_new(FALSE, FALSE, sizeof(Region));
    finder->next_id = 1;
    return finder;
}

DEFINE_FREE(fire_finder_free, FireFinder, finder, picture_clear(&finder->small), picture_clear(&finder->mask),
            g_free(finder->cells), g_free(finder->luma), g_free(finder->before),
            g_array_unref(finder->regions))

static float luma_of(float b, float g, float r)
{
    return 0.114F * b + 0.587F * g + 0.299F * r;
}

static int cell_count(const FireFinder *finder)
{
    return finder->small.width * finder->small.height;
}

static void open_stream(FireFinder *finder, const VisionImage *colour, int64_t t_us)
{
    const int width = MIN(WIDTH, colour->width);
    const int height = picture_scaled_height(width, colour->width, colour->height);
    picture_init(&finder->small, width, height, 3);
    picture_init(&finder->mask, width, height, 1);
    finder->cells = g_new0(Cell, (size_t)width * (size_t)height);
    finder->luma = g_new0(float, (size_t)width *(size_t)height);
    finder->before = g_new0(float, (size_t)width *(size_t)height);
    finder->first_us = finder->last_us = t_us;
}

/* Begins again: what is to be seen now is the reference. */
static void start_anew(FireFinder *finder, int64_t t_us)
{
    for (int i = 0; i < cell_count(finder); i++) {
        const uint8_t *pixel = finder->small.data + 3 * (size_t)i;
        const float luma = luma_of(pixel[0], pixel[1], pixel[2]);
        finder->cells[i] = (Cell){.reference = {pixel[0], pixel[1], pixel[2]},
                                  .mean = luma,
                                  .looked_us = {TIME_UNKNOWN, TIME_UNKNOWN}};
    }
    g_array_set_size(finder->regions, 0);
    finder->first_us = t_us;
}

/* How steep the brightness is at a cell, both ways together; nothing at the picture's border. */
static float edge_at(const float *luma, int width, int height, int i)
{
    const int x = i % width, y = i / width;
    if (x == 0 || x == width - 1 || y == 0 || y == height - 1)
        return 0;
    return fabsf(luma[i + 1] - luma[i - 1]) + fabsf(luma[i + width] - luma[i - width]);
}

static void measure_brightness(FireFinder *finder)
{
    for (int i = 0; i < cell_count(finder); i++) {
        const float *reference = finder->cells[i].reference;
        const uint8_t *pixel = finder->small.data + 3 * (size_t)i;
        finder->before[i] = luma_of(reference[0], reference[1], reference[2]);
        finder->luma[i] = luma_of(pixel[0], pixel[1], pixel[2]);
    }
}

static bool is_flame_coloured(float b, float g, float r)
{
    return r >= 160 && r >= g && g >= b && r - b >= 70;
}

static bool looks_like_flame(const uint8_t *pixel, const Cell *cell, float luma, float before)
{
    if (!is_flame_coloured(pixel[0], pixel[1], pixel[2]))
        return false;
    const float *reference = cell->reference;
    return !is_flame_coloured(reference[0], reference[1], reference[2]) || luma - before >= NEW_BRIGHTNESS;
}

/* A veil hides edges more than it takes or gives light; a shadow takes both alike. */
static bool looks_like_smoke(const FireFinder *finder, int i)
{
    const uint8_t *pixel = finder->small.data + 3 * (size_t)i;
    const float *reference = finder->cells[i].reference;
    const float luma = finder->luma[i], before = finder->before[i];
    const int high = MAX(pixel[0], MAX(pixel[1], pixel[2])), low = MIN(pixel[0], MIN(pixel[1], pixel[2]));
    const float reference_chroma = fmaxf(reference[0], fmaxf(reference[1], reference[2])) -
                                   fminf(reference[0], fminf(reference[1], reference[2]));
    if (luma < 50 || luma > 235 || high - low > 40 || (float)(high - low) > reference_chroma + 12)
        return false;
    const int width = finder->small.width, height = finder->small.height;
    const float edge = edge_at(finder->luma, width, height, i);
    const float edge_before = edge_at(finder->before, width, height, i);
    if (edge_before < 12) /* plain ground: nothing that could fade */
        return edge < 16 && luma > before;
    return edge < 0.8F * edge_before * fminf(1, luma / fmaxf(1, before));
}

/* What each cell looks like. Returns the share of the picture that has changed. */
static double look(FireFinder *finder, int64_t t_us, double step_s)
{
    const float fast = (float)(1 - exp(-step_s / HIGH_PASS_S)), slow = (float)(1 - exp(-step_s / ENERGY_S));
    int64_t changed = 0;
    for (int i = 0; i < cell_count(finder); i++) {
        Cell *cell = &finder->cells[i];
        const uint8_t *pixel = finder->small.data + 3 * (size_t)i;
        const float luma = finder->luma[i], before = finder->before[i];
        const float quick = (luma - cell->mean) / 255;
        cell->mean += fast * (luma - cell->mean);
        cell->energy += slow * (quick * quick - cell->energy);
        cell->changed = fabsf(luma - before) >= NEW_VEIL;
        changed += cell->changed;
        cell->looks[LOOKS_FLAME] = looks_like_flame(pixel, cell, luma, before);
        cell->looks[LOOKS_SMOKE] = cell->changed && !cell->looks[LOOKS_FLAME] && looks_like_smoke(finder, i);
        for (int kind = 0; kind < KINDS; kind++) {
            if (cell->looks[kind])
                cell->looked_us[kind] = t_us;
        }
    }
    return (double)changed / cell_count(finder);
}

static void learn(FireFinder *finder, double step_s)
{
    const float usual = (float)(1 - exp(-step_s / FOLLOW_S)),
                changed = (float)(1 - exp(-step_s / FOLLOW_CHANGED_S));
    const float still = (float)(1 - exp(-step_s / FOLLOW_STILL_S));
    for (int i = 0; i < cell_count(finder); i++) {
        Cell *cell = &finder->cells[i];
        const uint8_t *pixel = finder->small.data + 3 * (size_t)i;
        const bool other = cell->changed || cell->looks[LOOKS_FLAME];
        const bool quiet = cell->energy < STILL * STILL;
        const float share = !other ? usual : quiet ? still : changed;
        for (int channel = 0; channel < 3; channel++)
            cell->reference[channel] += share * ((float)pixel[channel] - cell->reference[channel]);
    }
}

/* ---- regions */
static double overlap(const VisionRect *a, const VisionRect *b)
{
    const int w = MIN(a->x + a->w, b->x + b->w) - MAX(a->x, b->x);
    const int h = MIN(a->y + a->h, b->y + b->h) - MAX(a->y, b->y);
    return w <= 0 || h <= 0 ? 0 : (double)w * h / MIN(a->w * a->h, b->w * b->h);
}

static Region *find_region(FireFinder *finder, FireKind kind, const VisionRect *box, int64_t t_us)
{
    Region *best = NULL;
    double most = SAME_REGION;
    for (guint i = 0; i < finder->regions->len; i++) {
        Region *region = &g_array_index(finder->regions, Region, i);
        const double common = overlap(&region->box, box);
        if (region->kind != kind || region->taken || common <= most)
            continue;
        best = region;
        most = common;
    }
    if (best != NULL)
        return best;
    const Region region = {.id = finder->next_id++, .since_us = t_us, .kind = kind};
    g_array_append_val(finder->regions, region);
    return &g_array_index(finder->regions, Region, finder->regions->len - 1);
}

static void measure(const FireFinder *finder, const Component *component, int64_t t_us, Region *region)
{
    const VisionRect box = component->box;
    int64_t looking = 0, changed = 0, held = 0;
    double energy = 0;
    for (int y = box.y; y < box.y + box.h; y++) {
        for (int x = box.x; x < box.x + box.w; x++) {
            const int i = y * finder->small.width + x;
            const Cell *cell = &finder->cells[i];
            looking += cell->looks[region->kind];
            changed += cell->changed || cell->looks[region->kind];
            if (finder->mask.data[i] == 0)
                continue;
            held++;
            energy += (double)cell->energy;
        }
    }
    const int64_t all = region->kind == FIRE_FLAME ? (int64_t)box.w * box.h : changed;
    region->box = box;
    region->seen_us = t_us;
    region->taken = true;
    region->area = (double)looking / cell_count(finder);
    region->share = all > 0 ? (double)looking / (double)all : 0;
    region->flicker =
        t_us - region->since_us >= (int64_t)(ENERGY_S * 1e6) ? sqrt(energy / (double)held) : (double)NAN;
}

static bool find_regions(FireFinder *finder, FireKind kind, int64_t t_us, GError **error)
{
    const int64_t held_us = kind == FIRE_FLAME ? HELD_FLAME_US : HELD_SMOKE_US;
    int64_t set = 0;
    for (int i = 0; i < cell_count(finder); i++) {
        const int64_t looked_us = finder->cells[i].looked_us[kind];
        const bool held = looked_us != TIME_UNKNOWN && t_us - looked_us <= held_us;
        finder->mask.data[i] = held ? 255 : 0;
        set += held;
    }
    const int64_t least = kind == FIRE_FLAME ? LEAST_FLAME : LEAST_SMOKE;
    if (set < least)
        return true;
    if (!picture_check(vision_close(&finder->mask, 3), "fire", error))
        return false;
    g_autoptr(GArray) components = components_find(&finder->mask, 255);
    for (guint i = 0; i < components->len; i++) {
        const Component *component = &g_array_index(components, Component, i);
        if (component->area >= least)
            measure(finder, component, t_us, find_region(finder, kind, &component->box, t_us));
    }
    return true;
}

static bool is_worth_telling(const FireFinder *finder, const Region *region, int64_t t_us)
{
    const bool smoke = region->kind == FIRE_SMOKE;
    return region->taken && t_us - region->since_us >= YOUNG_US &&
           region->area * cell_count(finder) >= (smoke ? LEAST_SMOKE : LEAST_FLAME) - 0.5 &&
           (!smoke || region->share >= LEAST_SHARE_SMOKE);
}

static void report(FireFinder *finder, int64_t t_us, Observation *observation)
{
    const double width = finder->small.width, height = finder->small.height;
    observation->fires = g_new0(FireObservation, finder->regions->len);
    observation->fires_measured = true;
    for (guint i = 0; i < finder->regions->len;) {
        Region *region = &g_array_index(finder->regions, Region, i);
        if (t_us - region->seen_us > LOST_US) {
            g_array_remove_index(finder->regions, i);
            continue;
        }
        i++;
        if (!is_worth_telling(finder, region, t_us))
            continue;
        observation->fires[observation->fire_count++] = (FireObservation){
            .id = region->id,
            .kind = region->kind,
            .box = {picture_round(region->box.x / width), picture_round(region->box.y / height),
                    picture_round(region->box.w / width), picture_round(region->box.h / height)},
            .area = picture_round(region->area),
            .share = picture_round(region->share),
            .flicker = picture_round(region->flicker),
            .since_us = region->since_us};
    }
}

bool fire_finder_observe(FireFinder *finder, const VisionImage *colour, int64_t t_us,
                         Observation *observation, GError **error)
{
    const bool first = finder->cells == NULL;
    if (first)
        open_stream(finder, colour, t_us);
    if (!picture_check(vision_resize(colour, &finder->small), "fire", error))
        return false;
    if (first)
        start_anew(finder, t_us);
    const double step_s = time_to_seconds(t_us - finder->last_us);
    finder->last_us = t_us;
    measure_brightness(finder);
    const bool learning = t_us - finder->first_us < LEARN_US;
    for (guint i = 0; i < finder->regions->len; i++)
        g_array_index(finder->regions, Region, i).taken = false;
    if (look(finder, t_us, step_s) > EVERYTHING) {
        start_anew(finder, t_us);
    } else if (learning) {
        for (int i = 0; i < cell_count(finder); i++) {
            Cell *cell = &finder->cells[i];
            cell->looked_us[LOOKS_FLAME] = cell->looked_us[LOOKS_SMOKE] = TIME_UNKNOWN;
            for (int channel = 0; channel < 3; channel++)
                cell->reference[channel] +=
                    0.2F * ((float)finder->small.data[3 * (size_t)i + (size_t)channel] - cell->reference[channel]);
        }
    } else {
        if (!find_regions(finder, FIRE_FLAME, t_us, error) || !find_regions(finder, FIRE_SMOKE, t_us, error))
            return false;
        learn(finder, step_s);
    }
    report(finder, t_us, observation);
    return true;
}
