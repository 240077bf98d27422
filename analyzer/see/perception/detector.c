/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/detector.h"

#include "perception/picture.h"
#include "records/error.h"
#include "records/free.h"

#include <math.h>
#include <string.h>

enum { COCO_CLASSES = 80, LABELS_SHOWN = 5, LABEL_BYTES = 40, NANODET_COLUMNS = 32 };

static const int strides[] = {8, 16, 32}; /* of LAYOUT_YOLOX */

struct Detector {
    const PerceptionSettings *settings;
    VisionNetwork *network;
    GArray *classes;       /* of ObjectClass, by class number */
    GString *shown;        /* the first of their labels */
    DetectorLayout layout; /* of the answer, never AUTO */
    bool offsets;          /* LAYOUT_YOLOX: boxes are still to be decoded */
    GArray *found;         /* of Detection */
};

/* The first classes of COCO, in which most published networks are trained. */
static const char *const coco[] = {"person",   "bicycle", "car",   "motorcycle",
                                   "airplane", "bus",     "train", "truck"};

static const char *const people[] = {"person", "pedestrian", "people", "rider", NULL};
static const char *const vehicles[] = {"bicycle", "bike",    "car",      "motorcycle", "motorbike",
                                       "bus",     "train",   "truck",    "van",        "vehicle",
                                       "tram",    "scooter", "tricycle", NULL};

const char *const *detector_words(ObjectClass class)
{
    return class == OBJECT_PERSON ? people : vehicles;
}

ObjectClass detector_class_of(const char *label)
{
    g_autofree char *text = g_ascii_strdown(label, -1);
    g_strstrip(text);
    if (g_strv_contains(people, text))
        return OBJECT_PERSON;
    return g_strv_contains(vehicles, text) ? OBJECT_VEHICLE : OBJECT_OTHER;
}

static void add_label(Detector *detector, const char *label)
{
    const ObjectClass class = detector_class_of(label);
    if (detector->classes->len < LABELS_SHOWN)
        g_string_append_printf(detector->shown, "%s%s", detector->classes->len > 0 ? ", " : "",
                               strlen(label) <= LABEL_BYTES ? label : "…");
    else if (detector->classes->len == LABELS_SHOWN)
        g_string_append(detector->shown, ", …");
    g_array_append_val(detector->classes, class);
}

unsigned detector_classes(const Detector *detector)
{
    unsigned classes = 0;
    for (guint i = 0; i < detector->classes->len; i++)
        classes |= 1U << g_array_index(detector->classes, ObjectClass, i);
    return classes;
}

const char *detector_labels(const Detector *detector)
{
    return detector->shown->str;
}

static bool read_labels(Detector *detector, const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &text, NULL, &cause)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "perception.labels: found a file that cannot be read (%s), expected one label a line",
                    cause->message);
        return false;
    }
    g_strchomp(text);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
        add_label(detector, g_strstrip(lines[i]));
    return true;
}

static int count_cells(const Detector *detector)
{
    const int side = (int)detector->settings->detector_size;
    int count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(strides); i++)
        count += side / strides[i] * (side / strides[i]);
    return side % strides[G_N_ELEMENTS(strides) - 1] == 0 ? count : -1;
}

static VisionFit fit_of(const Detector *detector)
{
    return detector->layout == LAYOUT_SSD     ? VISION_STRETCHED
           : detector->layout == LAYOUT_YOLOX ? VISION_CORNERED
                                              : VISION_CENTRED;
}

/* Centres in pixels reach across the square, offsets and shares are small whatever the picture. */
static bool holds_offsets(const Detector *detector, const VisionTensor *tensor)
{
    const bool columns = detector->layout == LAYOUT_YOLOV8;
    const int rows = columns ? tensor->size[2] : tensor->size[1];
    double largest = 0;
    for (int i = 0; i < rows; i++)
        largest = MAX(largest, (double)tensor->values[columns ? i : (ptrdiff_t)i * tensor->size[2]]);
    return largest < (double)detector->settings->detector_size / 2;
}

/* How many classes the answer has in this layout; 0: its shape is of another one, or does not tell (SSD). */
static int count_classes(DetectorLayout layout, const VisionTensor *tensor)
{
    const int found = layout == LAYOUT_YOLOV8 ? tensor->size[1] - 4 : tensor->size[2] - 5;
    return layout == LAYOUT_SSD || tensor->rank != 3 ? 0 : MAX(found, 0);
}

static bool fits(const Detector *detector, DetectorLayout layout, const VisionTensor *tensor)
{
    const int *size = tensor->size;
    if (layout == LAYOUT_SSD)
        return tensor->rank == 4 && size[0] == 1 && size[1] == 1 && size[3] == 7;
    return tensor->rank == 3 && size[0] == 1 && count_classes(layout, tensor) > 0 &&
           (layout != LAYOUT_YOLOX || size[1] == count_cells(detector));
}

/* Tells the layout from the shape where it is not stated; the number of labels decides where several would
 * do, else which side is the longer one. */
static bool find_layout(Detector *detector, const VisionTensor *tensor, bool labelled)
{
    static const DetectorLayout layouts[] = {LAYOUT_SSD, LAYOUT_YOLOX, LAYOUT_YOLOV5, LAYOUT_YOLOV8};
    const int classes = labelled ? (int)detector->classes->len : COCO_CLASSES;
    const DetectorLayout stated = (DetectorLayout)detector->settings->layout;
    detector->layout = stated;
    if (stated != LAYOUT_AUTO)
        return fits(detector, stated, tensor);
    for (size_t i = 0; i < G_N_ELEMENTS(layouts); i++) {
        detector->layout = layouts[i];
        if (fits(detector, layouts[i], tensor) &&
            (layouts[i] == LAYOUT_SSD || count_classes(layouts[i], tensor) == classes))
            return true;
    }
    const bool tall = tensor->size[1] >= tensor->size[2] || !fits(detector, LAYOUT_YOLOV8, tensor);
    detector->layout = fits(detector, LAYOUT_YOLOX, tensor) ? LAYOUT_YOLOX
                       : tall                               ? LAYOUT_YOLOV5
                                                            : LAYOUT_YOLOV8;
    return fits(detector, detector->layout, tensor);
}

/* Class numbers without their names, or with those of other classes, would give other things' boxes. */
static bool check_labels(const Detector *detector, const VisionTensor *tensor, bool labelled, GError **error)
{
    const int found = count_classes(detector->layout, tensor), named = (int)detector->classes->len;
    if (detector->layout == LAYOUT_SSD && !labelled) {
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
            "%s: found a network of layout ssd and no labels, expected the file of its classes’ names "
            "(labels), from class 0 on: such networks number them each in its own way",
            detector->settings->model);
        return false;
    }
    if (found == 0 || found == (labelled ? named : COCO_CLASSES))
        return true;
    /* Its sides are distributions over eight steps each, and there is no column for objectness. */
    if (detector->layout == LAYOUT_YOLOV5 && found + 5 == (labelled ? named : COCO_CLASSES) + NANODET_COLUMNS)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found rows of %d columns: the classes and %d more, as NanoDet writes them, expected "
                    "one of the layouts yolov5, yolov8, yolox and ssd",
                    detector->settings->model, found + 5, NANODET_COLUMNS);
    else if (labelled)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found %d labels (%s) for a network with %d classes, expected one line for each",
                    detector->settings->model, named, detector->settings->labels, found);
    else
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found a network with %d classes and no labels, expected the file of their names "
                    "(labels), or the %d classes of COCO",
                    detector->settings->model, found, COCO_CLASSES);
    return false;
}

/* An answer of a row for each cell has boxes all over the square, so it tells in what they are measured. */
static bool check_unit(const Detector *detector, const VisionTensor *tensor, GError **error)
{
    const int rows = detector->layout == LAYOUT_YOLOV8 ? tensor->size[2] : tensor->size[1];
    const bool in_pixels = detector->layout == LAYOUT_YOLOV5 || detector->layout == LAYOUT_YOLOV8;
    if (!in_pixels || count_cells(detector) < 0 || rows < count_cells(detector) ||
        !holds_offsets(detector, tensor))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: found boxes that are not in pixels of the network’s picture, expected such ones (layout "
                "%s); offsets are read by the layout yolox",
                detector->settings->model, perception_layouts[detector->layout]);
    return false;
}

static bool is_finite(const VisionTensor *tensor)
{
    ptrdiff_t count = 1;
    for (int i = 0; i < tensor->rank; i++)
        count *= tensor->size[i];
    for (ptrdiff_t i = 0; i < count; i++) {
        if (!isfinite(tensor->values[i]))
            return false;
    }
    return true;
}

static bool refuse_shape(const Detector *detector, const VisionTensor *tensor, GError **error)
{
    static const char *const shapes[] = {[LAYOUT_AUTO] = "1xNx(5+classes), 1x(4+classes)xN or 1x1xNx7",
                                         [LAYOUT_YOLOV5] = "1xNx(5+classes)",
                                         [LAYOUT_YOLOV8] = "1x(4+classes)xN",
                                         [LAYOUT_YOLOX] = "1xNx(5+classes), N the cells of its three grids",
                                         [LAYOUT_SSD] = "1x1xNx7"};
    const int stated = detector->settings->layout;
    g_autoptr(GString) shape = g_string_new(NULL);
    for (int i = 0; i < tensor->rank; i++)
        g_string_append_printf(shape, "%s%d", i > 0 ? "x" : "", tensor->size[i]);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: found an output of shape %s, expected %s (layout %s%s)", detector->settings->model,
                shape->str, shapes[stated], perception_layouts[stated],
                stated == LAYOUT_AUTO ? ": yolov5, yolox, yolov8 or ssd" : "");
    return false;
}

/* The network's answer to an empty picture must be one of the layouts. */
static bool try_network(Detector *detector, bool labelled, GError **error)
{
    const int size = (int)detector->settings->detector_size;
    VisionImage empty;
    picture_init(&empty, size, size, 3);
    VisionTensor tensor = {0};
    bool ran = vision_network_run(detector->network, &empty, size, VISION_STRETCHED, &tensor);
    const bool known = ran && find_layout(detector, &tensor, labelled);
    const bool finite = ran && is_finite(&tensor);
    const bool fine = known && finite && check_labels(detector, &tensor, labelled, error) &&
                      check_unit(detector, &tensor, error);
    if (ran && !known)
        refuse_shape(detector, &tensor, error);
    else if (ran && !finite)
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
            "%s: found an answer to an empty picture that holds no number (NaN or infinity), expected "
            "numbers",
            detector->settings->model);
    if (fine && detector->layout == LAYOUT_YOLOX) {
        ran = vision_network_run(detector->network, &empty, size, VISION_CORNERED, &tensor);
        detector->offsets = ran && holds_offsets(detector, &tensor);
    }
    picture_clear(&empty);
    if (!ran)
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
            "%s: found a network that does not run on a picture of %dx%d pixels (%s), expected one of "
            "that size (“size” of a network, or perception.detector_size)",
            detector->settings->model, size, size, vision_error());
    return ran && fine;
}

Detector *detector_new(const PerceptionSettings *settings, GError **error)
{
    vision_start();
    Detector *detector = g_new0(Detector, 1);
    detector->settings = settings;
    detector->classes = g_array_new(FALSE, FALSE, sizeof(ObjectClass));
    detector->shown = g_string_new(NULL);
    detector->found = g_array_new(FALSE, FALSE, sizeof(Detection));
    const bool labelled = settings->labels != NULL;
    for (guint i = 0; i < G_N_ELEMENTS(coco) && !labelled; i++)
        add_label(detector, coco[i]);
    bool good = !labelled || read_labels(detector, settings->labels, error);
    if (good) {
        detector->network = vision_network_new(settings->model);
        good = detector->network != NULL;
        if (!good)
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "%s: found a file that cannot be read as a network (%s), expected an ONNX model",
                        settings->model, vision_error());
    }
    if (!good || !try_network(detector, labelled, error)) {
        detector_free(detector);
        return NULL;
    }
    return detector;
}

DEFINE_FREE(detector_free, Detector, detector, vision_network_free(detector->network),
            g_array_unref(detector->classes), g_string_free(detector->shown, TRUE),
            g_array_unref(detector->found))

/* One row of the answer, whatever the layout: four numbers of the box, a class and its score. */
typedef struct {
    double box[4];
    int class;
    double score;
} Row;

static double value_at(const Detector *detector, const VisionTensor *tensor, int row, int column)
{
    const ptrdiff_t rows = tensor->size[2], columns = tensor->size[tensor->rank - 1];
    return (double)(detector->layout == LAYOUT_YOLOV8 ? tensor->values[column * rows + row]
                                                      : tensor->values[row * columns + column]);
}

/* The offsets of the i-th cell as a box in pixels of the square; cells go row by row, the fine grid first. */
static void decode(const Detector *detector, int i, Row *row)
{
    for (size_t k = 0; k < G_N_ELEMENTS(strides); k++) {
        const int stride = strides[k], side = (int)detector->settings->detector_size / stride;
        if (i < side * side) {
            row->box[0] = (row->box[0] + i % side) * stride;
            row->box[1] = (row->box[1] + i / side) * stride;
            row->box[2] = exp(row->box[2]) * stride;
            row->box[3] = exp(row->box[3]) * stride;
            return;
        }
        i -= side * side;
    }
}

static Row read_row(const Detector *detector, const VisionTensor *tensor, int i)
{
    Row row = {.class = -1};
    if (detector->layout == LAYOUT_SSD) {
        row.class = (int)value_at(detector, tensor, i, 1);
        row.score = value_at(detector, tensor, i, 2);
        for (int k = 0; k < 4; k++)
            row.box[k] = value_at(detector, tensor, i, 3 + k);
        return row;
    }
    const bool rows = detector->layout != LAYOUT_YOLOV8;
    const int first = rows ? 5 : 4, end = rows ? tensor->size[2] : tensor->size[1];
    for (int k = 0; k < 4; k++)
        row.box[k] = value_at(detector, tensor, i, k);
    for (int k = first; k < end; k++) {
        const double score = value_at(detector, tensor, i, k);
        if (row.class >= 0 && score <= row.score)
            continue;
        row.class = k - first;
        row.score = score;
    }
    if (detector->offsets)
        decode(detector, i, &row);
    if (rows)
        row.score *= value_at(detector, tensor, i, 4);
    return row;
}

/* The row's box in pixels of the picture, cut to it. */
static VisionRect place(const Detector *detector, const Row *row, const VisionImage *picture)
{
    const double size = (double)detector->settings->detector_size;
    const double *b = row->box;
    double left = b[0] * picture->width, top = b[1] * picture->height;
    double right = b[2] * picture->width, bottom = b[3] * picture->height;
    if (detector->layout != LAYOUT_SSD) { /* the picture lies in the middle of the square, or in its corner */
        const bool corner = detector->layout == LAYOUT_YOLOX;
        const double scale = size / MAX(picture->width, picture->height);
        const double x = corner ? b[0] / scale : (b[0] - size / 2) / scale + picture->width / 2.0;
        const double y = corner ? b[1] / scale : (b[1] - size / 2) / scale + picture->height / 2.0;
        left = x - b[2] / scale / 2;
        right = x + b[2] / scale / 2;
        top = y - b[3] / scale / 2;
        bottom = y + b[3] / scale / 2;
    }
    left = CLAMP(left, 0, picture->width);
    right = CLAMP(right, 0, picture->width);
    top = CLAMP(top, 0, picture->height);
    bottom = CLAMP(bottom, 0, picture->height);
    return (VisionRect){(int)lround(left), (int)lround(top), (int)lround(right) - (int)lround(left),
                        (int)lround(bottom) - (int)lround(top)};
}

static gint compare_detections(gconstpointer a, gconstpointer b)
{
    const Detection *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return x->box.x != y->box.x ? x->box.x - y->box.x : x->box.y - y->box.y;
}

static double intersection_over_union(const VisionRect *a, const VisionRect *b)
{
    const int w = MIN(a->x + a->w, b->x + b->w) - MAX(a->x, b->x);
    const int h = MIN(a->y + a->h, b->y + b->h) - MAX(a->y, b->y);
    const double common = w > 0 && h > 0 ? (double)w * h : 0;
    return common / ((double)a->w * a->h + (double)b->w * b->h - common);
}

/* Drops what overlaps a better find of a person, where it is a person, or of a vehicle: who stands before a
 * car is there as well as the car. */
static void suppress(Detector *detector)
{
    g_array_sort(detector->found, compare_detections);
    for (guint i = 0; i < detector->found->len; i++) {
        const Detection best = g_array_index(detector->found, Detection, i);
        for (guint k = detector->found->len; k > i + 1; k--) {
            const Detection *other = &g_array_index(detector->found, Detection, k - 1);
            if (other->class == best.class &&
                intersection_over_union(&best.box, &other->box) > detector->settings->nms)
                g_array_remove_index(detector->found, k - 1);
        }
    }
}

const GArray *detector_find(Detector *detector, const VisionImage *colour, GError **error)
{
    VisionTensor tensor = {0};
    if (!picture_check(vision_network_run(detector->network, colour, (int)detector->settings->detector_size,
                                          fit_of(detector), &tensor),
                       "the object detector", error))
        return NULL;
    g_array_set_size(detector->found, 0);
    const bool by_rows = detector->layout == LAYOUT_YOLOV5 || detector->layout == LAYOUT_YOLOX;
    const int rows = by_rows ? tensor.size[1] : tensor.size[2];
    for (int i = 0; i < rows; i++) {
        const Row row = read_row(detector, &tensor, i);
        if (isnan(row.score)) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "%s: found a score that is no number (NaN), expected numbers",
                        detector->settings->model);
            return NULL;
        }
        if (!(row.score >= detector->settings->confidence) || row.class < 0 ||
            row.class >= (int)detector->classes->len)
            continue;
        if (!isfinite(row.box[0]) || !isfinite(row.box[1]) || !isfinite(row.box[2]) || !isfinite(row.box[3]))
            continue; /* it is nowhere */
        const Detection found = {place(detector, &row, colour),
                                 g_array_index(detector->classes, ObjectClass, (guint)row.class), row.score};
        if (found.class != OBJECT_OTHER && found.box.w > 1 && found.box.h > 1)
            g_array_append_val(detector->found, found);
    }
    suppress(detector);
    return detector->found;
}
