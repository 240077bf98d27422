/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/reference.h"

#include "perception/picture.h"
#include "records/free.h"

#include <math.h>
#include <string.h>

/* Edges are central differences of grey levels, so these are in levels over two pixels. */
#define EDGE_LEAST 6.0     /* below: noise */
#define EDGE_MOST 24.0     /* the threshold never asks for more */
#define EDGE_QUANTILE 0.85 /* the strongest pixels of the reference are its edges */
#define EDGE_KEPT 0.3      /* an edge is there when at least this share of its strength is */
#define EDGE_COSINE 0.9    /* and its direction is within about 26 degrees */
#define CELL_EDGES 10      /* pixels that make a cell one with edges */
#define VIEW_EDGES 100     /* fewer in the whole picture say nothing about it */
#define CELL_USUAL 0.45    /* a cell that usually shows less of its edges is not judged by them */
#define CELL_LOST 0.45     /* lost when it shows less than this share of what it usually does */
#define CELL_COVERED 0.6   /* covered when it has less than this share of its edges' number of edges at all */
#define FLAT_CHANGE 22.0   /* levels by which a flat cell's mean must change */
#define LEARN_CLIP 12.0    /* levels: a larger difference counts as this, so that passers-by hardly count */
#define WHOLE_SIMILARITY 0.6 /* least edge similarity of a picture whose brightness as a whole may change */
#define PIXEL_CHANGE 20.0    /* levels by which a pixel must change */
#define DEVIATIONS 4.0       /* and times its usual deviation */

typedef struct {
    double usual;     /* mean share of its edges that the cell shows; < 0 before it was measured */
    double deviation; /* mean absolute deviation of the cell's mean, levels */
    int64_t lost_us;  /* for how long it has been lost */
    bool lost;
    double present, edges; /* edge pixels of the reference still there, and in all, at the last match */
    double strong;         /* pixels of that picture that are as strong as an edge */
    double difference;     /* of the cell's mean at the last match, levels */
} Cell;

struct ReferenceView {
    int width, height, columns, rows;
    float *mean, *deviation; /* per pixel */
    VisionImage picture;     /* mean, rounded */
    int16_t *dx, *dy;        /* edges of the reference */
    int16_t *now_x, *now_y;  /* edges of the picture at hand */
    bool *edge;              /* pixels that are edges of the reference */
    double threshold;        /* their least strength, levels */
    Cell *cells;
    bool empty;
    int until_edges; /* learnt pictures until the edges are taken anew */
};

ReferenceView *reference_view_new(int width, int height)
{
    ReferenceView *view = g_new0(ReferenceView, 1);
    const size_t pixels = (size_t)width * (size_t)height;
    view->width = width;
    view->height = height;
    view->columns = MAX(1, width / REFERENCE_CELL);
    view->rows = MAX(1, height / REFERENCE_CELL);
    view->mean = g_new0(float, pixels);
    view->deviation = g_new0(float, pixels);
    picture_init(&view->picture, width, height, 1);
    view->dx = g_new0(int16_t, pixels);
    view->dy = g_new0(int16_t, pixels);
    view->now_x = g_new0(int16_t, pixels);
    view->now_y = g_new0(int16_t, pixels);
    view->edge = g_new0(bool, pixels);
    view->cells = g_new0(Cell, (size_t)(view->columns * view->rows));
    reference_view_reset(view);
    return view;
}

DEFINE_FREE(reference_view_free, ReferenceView, view, g_free(view->mean), g_free(view->deviation),
            picture_clear(&view->picture), g_free(view->dx), g_free(view->dy), g_free(view->now_x),
            g_free(view->now_y), g_free(view->edge), g_free(view->cells))

void reference_view_reset(ReferenceView *view)
{
    view->empty = true;
    view->until_edges = 0;
    for (int i = 0; i < view->columns * view->rows; i++)
        view->cells[i] = (Cell){.usual = -1};
}

const VisionImage *reference_view_picture(const ReferenceView *view)
{
    return &view->picture;
}

/* The cell of a pixel; the last row and column of cells take what is left over. */
static Cell *cell_at(ReferenceView *view, int x, int y)
{
    const int column = MIN(x / REFERENCE_CELL, view->columns - 1);
    const int row = MIN(y / REFERENCE_CELL, view->rows - 1);
    return &view->cells[row * view->columns + column];
}

static void find_gradients(const VisionImage *grey, int16_t *dx, int16_t *dy)
{
    for (int y = 1; y + 1 < grey->height; y++) {
        const uint8_t *row = grey->data + (ptrdiff_t)y * grey->stride;
        int16_t *const along = dx + (ptrdiff_t)y * grey->width, *const down = dy + (ptrdiff_t)y * grey->width;
        for (int x = 1; x + 1 < grey->width; x++) {
            along[x] = (int16_t)(row[x + 1] - row[x - 1]);
            down[x] = (int16_t)(row[x + grey->stride] - row[x - grey->stride]);
        }
    }
}

/* Takes the reference's edges from its mean: the strongest pixels, within limits. */
static void take_edges(ReferenceView *view)
{
    find_gradients(&view->picture, view->dx, view->dy);
    const int pixels = view->width * view->height;
    int histogram[64] = {0}; /* of strength in levels; the last bin is open */
    for (int i = 0; i < pixels; i++) {
        const double strength = sqrt((double)(view->dx[i] * view->dx[i] + view->dy[i] * view->dy[i]));
        histogram[MIN(63, (int)strength)]++;
    }
    int bin = 0;
    for (int below = 0; bin < 63 && below + histogram[bin] < (int)(EDGE_QUANTILE * pixels); bin++)
        below += histogram[bin];
    const double threshold = CLAMP((double)bin, EDGE_LEAST, EDGE_MOST);
    view->threshold = threshold;
    for (int i = 0; i < pixels; i++)
        view->edge[i] =
            (double)(view->dx[i] * view->dx[i] + view->dy[i] * view->dy[i]) >= threshold * threshold;
}

/* Whether an edge of the reference is now at `at`, within one pixel up, down, left or right. */
static bool edge_is_there(const ReferenceView *view, int i, int at)
{
    const int near[5] = {at, at - 1, at + 1, at - view->width, at + view->width};
    const int rx = view->dx[i], ry = view->dy[i];
    const double strength = (double)(rx * rx + ry * ry);
    for (int k = 0; k < 5; k++) {
        const int gx = view->now_x[near[k]], gy = view->now_y[near[k]];
        const double along = (double)(gx * rx + gy * ry), now = (double)(gx * gx + gy * gy);
        if (along > 0 && now >= EDGE_KEPT * EDGE_KEPT * strength &&
            along * along >= EDGE_COSINE * EDGE_COSINE * now * strength)
            return true;
    }
    return false;
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The change of brightness of the picture as a whole: the median of the cells. */
static double median_difference(const ReferenceView *view)
{
    const size_t count = (size_t)view->columns * (size_t)view->rows;
    g_autofree double *values = g_new(double, count);
    for (size_t i = 0; i < count; i++)
        values[i] = view->cells[i].difference;
    qsort(values, count, sizeof *values, compare_doubles);
    return values[count / 2];
}

/* Counts, per cell, edges, those still there, and the mean difference. */
static void scan_cells(ReferenceView *view, const VisionImage *grey)
{
    const double least = view->threshold * view->threshold;
    const int cells = view->columns * view->rows;
    g_autofree int *sizes = g_new0(int, (size_t)cells);
    for (int i = 0; i < cells; i++) {
        view->cells[i].present = view->cells[i].edges = view->cells[i].strong = 0;
        view->cells[i].difference = 0;
    }
    for (int y = 0; y < view->height; y++) {
        const uint8_t *row = grey->data + (ptrdiff_t)y * grey->stride;
        for (int x = 0; x < view->width; x++) {
            const int i = y * view->width + x;
            Cell *cell = cell_at(view, x, y);
            const double difference = (double)row[x] - (double)view->mean[i];
            sizes[cell - view->cells]++;
            cell->difference += difference;
            const int strength = view->now_x[i] * view->now_x[i] + view->now_y[i] * view->now_y[i];
            cell->strong += strength >= least;
            if (view->edge[i] && x > 0 && y > 0 && x + 1 < view->width && y + 1 < view->height) {
                cell->edges += 1;
                cell->present += edge_is_there(view, i, i);
            }
        }
    }
    for (int i = 0; i < cells; i++)
        view->cells[i].difference /= sizes[i];
}

/* Pixels that differ from the reference by more than they usually do, `whole` levels apart. */
static int64_t count_changed(const ReferenceView *view, const VisionImage *grey, double whole)
{
    int64_t changed = 0;
    for (int y = 0; y < view->height; y++) {
        const uint8_t *row = grey->data + (ptrdiff_t)y * grey->stride;
        for (int x = 0; x < view->width; x++) {
            const int i = y * view->width + x;
            const double difference = fabs((double)row[x] - (double)view->mean[i] - whole);
            changed += difference > fmax(PIXEL_CHANGE, DEVIATIONS * (double)view->deviation[i]);
        }
    }
    return changed;
}

static bool cell_is_lost(const Cell *cell, double whole)
{
    const bool has_edges = cell->edges >= CELL_EDGES && (cell->usual < 0 || cell->usual >= CELL_USUAL);
    if (has_edges)
        return cell->present < (cell->usual < 0 ? CELL_LOST : CELL_LOST * cell->usual) * cell->edges;
    return fabs(cell->difference - whole) > fmax(FLAT_CHANGE, DEVIATIONS * cell->deviation);
}

/* A lost cell is covered when what is there now has few edges of its own: a hand, a cloth, paint before the
 * lens is out of focus; a passer-by or a turned camera brings new edges. */
static bool cell_is_covered(const Cell *cell)
{
    return cell->lost && cell->strong < CELL_COVERED * fmax(cell->edges, CELL_EDGES);
}

ReferenceMatch reference_view_match(ReferenceView *view, const VisionImage *grey)
{
    g_assert(grey->width == view->width && grey->height == view->height);
    if (view->empty)
        return (ReferenceMatch){(double)NAN, (double)NAN, (double)NAN};
    find_gradients(grey, view->now_x, view->now_y);
    scan_cells(view, grey);
    const double whole = median_difference(view);
    const int cells = view->columns * view->rows;
    double expected = 0, present = 0;
    int covered = 0;
    for (int i = 0; i < cells; i++) {
        Cell *cell = &view->cells[i];
        cell->lost = cell_is_lost(cell, whole);
        covered += cell_is_covered(cell);
        const double usual = cell->usual < 0 ? 1 : cell->usual;
        if (usual >= CELL_USUAL) {
            expected += usual * cell->edges;
            present += cell->present;
        }
    }
    const double similarity = expected >= VIEW_EDGES ? fmin(1, present / expected) : (double)NAN;
    /* While its edges are there, a picture that has become brighter as a whole shows the same. */
    const int64_t changed = count_changed(view, grey, similarity >= WHOLE_SIMILARITY ? whole : 0);
    return (ReferenceMatch){
        .edge_similarity = similarity,
        .covered_share = (double)covered / cells,
        .changed_share = (double)changed / ((double)view->width * view->height),
    };
}

double reference_view_similarity(const ReferenceView *view, int dx, int dy)
{
    int64_t edges = 0, present = 0;
    for (int y = 1; y + 1 < view->height; y++) {
        for (int x = 1; x + 1 < view->width; x++) {
            const int i = y * view->width + x, to_x = x + dx, to_y = y + dy;
            if (!view->edge[i] || to_x < 1 || to_y < 1 || to_x + 1 >= view->width || to_y + 1 >= view->height)
                continue;
            edges++;
            present += edge_is_there(view, i, to_y * view->width + to_x);
        }
    }
    return edges >= VIEW_EDGES ? (double)present / (double)edges : (double)NAN;
}

void reference_view_move(ReferenceView *view, const VisionImage *grey, int dx, int dy)
{
    const size_t pixels = (size_t)view->width * (size_t)view->height;
    g_autofree float *mean = g_memdup2(view->mean, pixels * sizeof *view->mean);
    g_autofree float *deviation = g_memdup2(view->deviation, pixels * sizeof *view->deviation);
    for (int y = 0; y < view->height; y++) {
        for (int x = 0; x < view->width; x++) {
            const int i = y * view->width + x, from_x = x - dx, from_y = y - dy;
            const bool inside = from_x >= 0 && from_y >= 0 && from_x < view->width && from_y < view->height;
            const int from = from_y * view->width + from_x;
            view->mean[i] = inside ? mean[from] : (float)grey->data[y * grey->stride + x];
            view->deviation[i] = inside ? deviation[from] : 0;
            view->picture.data[i] = (uint8_t)lrintf(view->mean[i]);
        }
    }
    take_edges(view);
}

static void learn_cell(Cell *cell, double rate)
{
    if (cell->edges >= CELL_EDGES) {
        const double share = cell->present / cell->edges;
        cell->usual = cell->usual < 0 ? share : cell->usual + rate * (share - cell->usual);
    }
    cell->deviation += rate * (fabs(cell->difference) - cell->deviation);
}

void reference_view_learn(ReferenceView *view, const VisionImage *grey, double rate, bool all,
                          int64_t step_us, int64_t hold_us)
{
    const int cells = view->columns * view->rows;
    g_autofree double *rates = g_new0(double, (size_t)cells);
    for (int i = 0; i < cells; i++) {
        Cell *cell = &view->cells[i];
        cell->lost_us = cell->lost ? cell->lost_us + step_us : 0;
        rates[i] = all || !cell->lost ? rate : 0;
        if (!all && cell->lost && cell->lost_us >= hold_us)
            rates[i] = MAX(rate, 0.1); /* something stays here: the cell starts anew within some pictures */
        if (!view->empty && rates[i] > 0)
            learn_cell(cell, rates[i]);
    }
    const float clip = all ? 255 : (float)LEARN_CLIP;
    for (int y = 0; y < view->height; y++) {
        const uint8_t *row = grey->data + (ptrdiff_t)y * grey->stride;
        for (int x = 0; x < view->width; x++) {
            const int i = y * view->width + x;
            const float share = view->empty ? 1 : (float)rates[cell_at(view, x, y) - view->cells];
            const float difference = (float)row[x] - view->mean[i];
            if (!view->empty)
                view->deviation[i] += share * (fabsf(difference) - view->deviation[i]);
            view->mean[i] += share * CLAMP(difference, -clip, clip);
            view->picture.data[i] = (uint8_t)lrintf(view->mean[i]);
        }
    }
    if (view->empty)
        memset(view->deviation, 0, (size_t)view->width * (size_t)view->height * sizeof *view->deviation);
    view->empty = false;
    if (--view->until_edges <= 0) {
        take_edges(view);
        view->until_edges = rate > 0.05 ? 1 : 5;
    }
}
