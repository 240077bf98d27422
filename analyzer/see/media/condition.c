/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/condition.h"

#include "media/recompress.h"
#include "records/error.h"
#include "records/free.h"

#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/avstring.h>
#include <libavutil/pixdesc.h>

/* Pure functions of the pictures (and of seeded noise). Left out on purpose: movie, lut3d, drawtext,
 * subtitles, metadata, sendcmd, zmq, psnr/ssim/vmaf (files, network), curves (psfile), setpts, trim, loop,
 * reverse (time), sources. */
const char *const condition_filters[] = {"amplify",
                                         "atadenoise",
                                         "avgblur",
                                         "bilateral",
                                         "blend",
                                         "boxblur",
                                         "chromashift",
                                         "colorbalance",
                                         "colorchannelmixer",
                                         "colorlevels",
                                         "colortemperature",
                                         "copy",
                                         "dblur",
                                         "deband",
                                         "deflate",
                                         "deflicker",
                                         "dilation",
                                         "drawbox",
                                         "drawgrid",
                                         "eq",
                                         "erosion",
                                         "exposure",
                                         "fade",
                                         "fieldorder",
                                         "format",
                                         "fps",
                                         "framestep",
                                         "gblur",
                                         "geq",
                                         "gradfun",
                                         "histeq",
                                         "hqdn3d",
                                         "hue",
                                         "huesaturation",
                                         "il",
                                         "inflate",
                                         "interlace",
                                         "lagfun",
                                         "limiter",
                                         "lut",
                                         "lutrgb",
                                         "lutyuv",
                                         "median",
                                         "negate",
                                         "nlmeans",
                                         "noise",
                                         "normalize",
                                         "null",
                                         "overlay",
                                         "pixelize",
                                         "rgbashift",
                                         "scale",
                                         "select",
                                         "smartblur",
                                         "split",
                                         "swapuv",
                                         "tblend",
                                         "tmix",
                                         "unsharp",
                                         "vibrance",
                                         "vignette",
                                         "yadif",
                                         NULL};

/* Known, and refused with a reason of their own: zones, lines and truth stay where they are while the picture
 * moves under them. (scale is let in: coordinates are parts of the picture.) */
static const char *const moving_filters[] = {"crop",  "hflip",  "lenscorrection", "pad",   "perspective",
                                             "remap", "rotate", "scroll",         "shear", "transpose",
                                             "vflip", "v360",   "zoompan",        NULL};

/* One filter graph at work. */
typedef struct {
    char *text;
    AVFilterGraph *graph; /* NULL until the first picture */
    AVFilterContext *in, *out;
    int width, height, format;
    GQueue ready; /* of AVFrame *: what a graph still held when the pictures changed */
    bool ended;
} Stage;

struct Condition {
    char *text; /* as the user wrote it, for messages */
    Turn turn;
    Stage *before;          /* turning, and the format for the compressor; or NULL */
    Recompress *recompress; /* or NULL */
    Stage *after;           /* the user's graph, or NULL */
    GQueue ready;           /* of AVFrame *: out of the last stage when that is not `after` */
    int qp;                 /* 0 = no compression */
};

/* ---- checking */

/* Why a filter is refused, to be freed; NULL when it is let in. */
static char *filter_objection(const char *name)
{
    if (g_strv_contains(condition_filters, name))
        return NULL;
    if (g_strv_contains(moving_filters, name))
        return g_strdup_printf("the filter '%s' is not allowed: it would move the picture away from the "
                               "scene's zones, lines and truth",
                               name);
    if (avfilter_get_by_name(name) != NULL)
        return g_strdup_printf("the filter '%s' is not allowed: a condition may only change pictures, not "
                               "read or write files or change time",
                               name);
    return g_strdup_printf("there is no filter '%s'", name);
}

static bool refuse(GError **error, const char *text, const char *why)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "condition \"%s\": %s", text, why);
    return false;
}

/* Splits off "recompress=qp=N". False with an error when it is malformed. */
static bool split_recompress(const char *text, int *qp, const char **graph, GError **error)
{
    *qp = 0;
    *graph = text + strspn(text, " \n\t\r");
    if (!g_str_has_prefix(*graph, "recompress"))
        return true;
    const char *p = *graph + strlen("recompress");
    char *end = NULL;
    gint64 value = 0;
    if (g_str_has_prefix(p, "=qp=") && g_ascii_isdigit(p[4]))
        value = g_ascii_strtoll(p + 4, &end, 10);
    if (end == NULL || value < 1 || value > 51 || (*end != '\0' && *end != ','))
        return refuse(error, text,
                      "expected recompress=qp=N with N from 1 to 51, alone or followed by a comma "
                      "and a filter graph");
    if (*end == ',' && end[1 + strspn(end + 1, " \n\t\r")] == '\0')
        return refuse(error, text, "there is no filter after the last comma");
    *qp = (int)value;
    *graph = *end == ',' ? end + 1 : "";
    return true;
}

/* Steps over blanks and "[in] [out] …"; false when one is not closed. */
static bool skip_labels(const char **p)
{
    *p += strspn(*p, " \n\t\r");
    while (**p == '[') {
        *p = strchr(*p, ']');
        if (*p == NULL)
            return false;
        (*p)++;
        *p += strspn(*p, " \n\t\r");
    }
    return true;
}

/* Takes the graph apart as libavfilter does (labels, name, arguments), before any filter is created: some
 * open files as soon as they are. */
static bool check_names(const char *text, const char *graph, GError **error)
{
    const char *p = graph;
    for (;;) {
        if (!skip_labels(&p))
            return refuse(error, text, "a label is opened by [ and not closed");
        char *name = av_get_token(&p, "=,;[");
        g_autofree char *plain = g_strdup(name);
        av_free(name);
        char *at = strchr(plain, '@');
        if (at != NULL)
            *at = '\0';
        if (*plain == '\0')
            return refuse(error, text, "found no filter name where one is expected");
        g_autofree char *objection = filter_objection(plain);
        if (objection != NULL)
            return refuse(error, text, objection);
        if (*p == '=') {
            p++;
            av_free(av_get_token(&p, "[],;"));
        }
        if (!skip_labels(&p))
            return refuse(error, text, "a label is opened by [ and not closed");
        if (*p == '\0')
            return true;
        if (*p != ',' && *p != ';')
            return refuse(error, text, "expected a comma or a semicolon between filters");
        p++;
    }
}

/* Parses `text` into `graph` with one open input and one open output. */
static int parse(AVFilterGraph *graph, const char *text, AVFilterInOut **inputs, AVFilterInOut **outputs)
{
    graph->nb_threads = 1;
    graph->thread_type = 0;
    graph->scale_sws_opts = av_strdup("flags=bilinear+accurate_rnd+bitexact");
    int code = avfilter_graph_parse2(graph, text, inputs, outputs);
    if (code >= 0 &&
        (*inputs == NULL || (*inputs)->next != NULL || *outputs == NULL || (*outputs)->next != NULL))
        code = AVERROR(EINVAL);
    return code;
}

bool condition_check(const char *text, GError **error)
{
    int qp;
    const char *graph_text;
    if (!g_utf8_validate(text, -1, NULL))
        return refuse(error, "?", "is not UTF-8");
    if (!split_recompress(text, &qp, &graph_text, error))
        return false;
    if (*graph_text == '\0' && qp > 0)
        return true;
    if (!check_names(text, graph_text, error))
        return false;
    AvListener listener = {0};
    AvListener *const before = av_listen(&listener);
    g_autoptr(AVFilterGraph) graph = avfilter_graph_alloc();
    AVFilterInOut *inputs = NULL, *outputs = NULL;
    const int code = parse(graph, graph_text, &inputs, &outputs);
    const bool one_each = code >= 0;
    avfilter_inout_free(&inputs);
    avfilter_inout_free(&outputs);
    av_listen(before);
    if (one_each)
        return true;
    return refuse(error, text,
                  *listener.first != '\0' ? listener.first
                                          : "a graph must have exactly one open input and one open output");
}

/* ---- stages */

static Stage *stage_new(const char *text)
{
    Stage *stage = g_new0(Stage, 1);
    stage->text = g_strdup(text);
    g_queue_init(&stage->ready);
    return stage;
}

static void queue_drop(GQueue *queue)
{
    for (AVFrame *frame; (frame = g_queue_pop_head(queue)) != NULL;)
        av_frame_free(&frame);
}

DEFINE_DESTROY(stage_free, Stage, stage, queue_drop(&stage->ready), avfilter_graph_free(&stage->graph),
               g_free(stage->text))

static bool stage_fail(const Condition *condition, const AVFrame *frame, int code, const AvListener *listener,
                       GError **error)
{
    g_autofree char *words = av_describe(code);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "condition \"%s\": cannot be applied to pictures of %d x %d: %s", condition->text,
                frame->width, frame->height, *listener->first != '\0' ? listener->first : words);
    return false;
}

/* Links a graph between a buffer for such pictures and a sink. */
static int stage_build(Stage *stage, const AVFrame *frame)
{
    stage->width = frame->width;
    stage->height = frame->height;
    stage->format = frame->format;
    stage->graph = avfilter_graph_alloc();
    AVFilterInOut *inputs = NULL, *outputs = NULL;
    int code = parse(stage->graph, stage->text, &inputs, &outputs);
    const AVRational aspect = frame->sample_aspect_ratio.num > 0 && frame->sample_aspect_ratio.den > 0
                                  ? frame->sample_aspect_ratio
                                  : (AVRational){1, 1};
    g_autofree char *arguments =
        g_strdup_printf("video_size=%dx%d:pix_fmt=%d:time_base=1/1000000:pixel_aspect=%d/%d", frame->width,
                        frame->height, frame->format, aspect.num, aspect.den);
    if (code >= 0)
        code = avfilter_graph_create_filter(&stage->in, avfilter_get_by_name("buffer"), "in", arguments, NULL,
                                            stage->graph);
    if (code >= 0)
        code = avfilter_graph_create_filter(&stage->out, avfilter_get_by_name("buffersink"), "out", NULL,
                                            NULL, stage->graph);
    if (code >= 0)
        code = avfilter_link(stage->in, 0, inputs->filter_ctx, (unsigned)inputs->pad_idx);
    if (code >= 0)
        code = avfilter_link(outputs->filter_ctx, (unsigned)outputs->pad_idx, stage->out, 0);
    avfilter_inout_free(&inputs);
    avfilter_inout_free(&outputs);
    if (code >= 0)
        code = avfilter_graph_config(stage->graph, NULL);
    for (unsigned i = 0; code >= 0 && i < stage->graph->nb_filters; i++) {
        const AVFilterContext *filter = stage->graph->filters[i];
        for (unsigned k = 0; k < filter->nb_outputs; k++)
            if (filter->outputs[k]->w > MEDIA_MAX_SIDE || filter->outputs[k]->h > MEDIA_MAX_SIDE)
                code = AVERROR(ERANGE);
    }
    return code;
}

/* 1: a picture; 0: none ready. */
static int stage_pull_graph(Stage *stage, AVFrame *frame)
{
    if (stage->graph == NULL)
        return 0;
    const int code = av_buffersink_get_frame(stage->out, frame);
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
        return 0;
    if (code < 0)
        return code;
    frame->pts = av_rescale_q(frame->pts, av_buffersink_get_time_base(stage->out), MICROSECONDS);
    return 1;
}

static int stage_push(Stage *stage, AVFrame *frame)
{
    int code = 0;
    if (stage->graph != NULL && frame != NULL &&
        (stage->width != frame->width || stage->height != frame->height || stage->format != frame->format)) {
        /* The pictures change in the middle: the old graph gives what it holds, then a new one starts. */
        code = av_buffersrc_add_frame(stage->in, NULL);
        AVFrame *left = av_frame_alloc();
        while (code >= 0 && stage_pull_graph(stage, left) > 0) {
            g_queue_push_tail(&stage->ready, left);
            left = av_frame_alloc();
        }
        av_frame_free(&left);
        avfilter_graph_free(&stage->graph);
    }
    if (code >= 0 && stage->graph == NULL && frame != NULL)
        code = stage_build(stage, frame);
    if (code >= 0 && stage->graph != NULL)
        code = av_buffersrc_add_frame(stage->in, frame);
    return code;
}

static int stage_pull(Stage *stage, AVFrame *frame)
{
    AVFrame *left = g_queue_pop_head(&stage->ready);
    if (left != NULL) {
        av_frame_move_ref(frame, left);
        av_frame_free(&left);
        return 1;
    }
    return stage_pull_graph(stage, frame);
}

/* ---- the whole */

Condition *condition_new(const char *text, Turn turn)
{
    const char *graph = "";
    Condition *condition = g_new0(Condition, 1);
    condition->text = g_strdup(text);
    condition->turn = turn;
    g_queue_init(&condition->ready);
    const bool good = split_recompress(text, &condition->qp, &graph, NULL);
    g_assert(good);
    const char *upright = turn_filter(turn);
    if (condition->qp > 0) {
        condition->recompress = recompress_new(condition->qp);
        if (*upright != '\0')
            condition->before = stage_new(upright);
        if (*graph != '\0')
            condition->after = stage_new(graph);
    } else {
        g_autofree char *whole =
            *upright == '\0' ? g_strdup(graph)
                             : g_strdup_printf("%s [vsaudit_upright]; [vsaudit_upright] %s", upright, graph);
        condition->after = stage_new(*upright == '\0' ? graph : whole);
    }
    return condition;
}

DEFINE_FREE(condition_free, Condition, condition, queue_drop(&condition->ready),
            stage_free(condition->before), recompress_free(condition->recompress),
            stage_free(condition->after), g_free(condition->text))

/* Moves everything that is ready in the compressor on. */
static int drain_recompress(Condition *condition)
{
    int code = 0;
    AVFrame *frame = av_frame_alloc();
    while (code >= 0 && recompress_pull(condition->recompress, frame)) {
        if (condition->after != NULL) {
            code = stage_push(condition->after, frame);
            av_frame_unref(frame);
        } else {
            g_queue_push_tail(&condition->ready, frame);
            frame = av_frame_alloc();
        }
    }
    av_frame_free(&frame);
    return code;
}

static int push_all(Condition *condition, AVFrame *frame)
{
    if (condition->recompress == NULL)
        return stage_push(condition->after, frame);
    int code = 0;
    if (condition->before != NULL) {
        code = stage_push(condition->before, frame);
        AVFrame *upright = av_frame_alloc();
        while (code >= 0 && stage_pull(condition->before, upright) > 0) {
            code = recompress_push(condition->recompress, upright);
            if (code >= 0)
                code = drain_recompress(condition);
            av_frame_unref(upright);
        }
        av_frame_free(&upright);
    } else if (frame != NULL)
        code = recompress_push(condition->recompress, frame);
    if (code >= 0 && frame == NULL)
        code = recompress_push(condition->recompress, NULL);
    if (code >= 0)
        code = drain_recompress(condition);
    if (code >= 0 && frame == NULL && condition->after != NULL)
        code = stage_push(condition->after, NULL);
    return code;
}

bool condition_push(Condition *condition, AVFrame *frame, GError **error)
{
    AvListener listener = {0};
    AvListener *const before = av_listen(&listener);
    g_autoptr(AVFrame) like = av_frame_alloc();
    if (frame != NULL) {
        like->width = frame->width;
        like->height = frame->height;
    }
    const int code = push_all(condition, frame);
    av_listen(before);
    if (frame != NULL)
        av_frame_unref(frame);
    return code >= 0 || stage_fail(condition, like, code, &listener, error);
}

bool condition_pull(Condition *condition, AVFrame *frame, GError **error)
{
    av_frame_unref(frame);
    if (condition->after == NULL)
        return av_take_first(&condition->ready, frame);
    AvListener listener = {0};
    AvListener *const before = av_listen(&listener);
    const int code = stage_pull(condition->after, frame);
    av_listen(before);
    if (code < 0)
        stage_fail(condition, frame, code, &listener, error);
    return code > 0;
}
