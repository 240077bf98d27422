/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/program_talk.h"

#include "records/error.h"
#include "records/free.h"
#include "systems/program_hello.h"
#include "systems/program_i420.h"
#include "systems/program_queue.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

enum {
    LINE_MOST = 1 << 20,
    MESSAGES_MOST = 100000,
    REMARKS_MOST = 20,
    REASON_MOST = 500, /* bytes */
    QUEUE_LOOK_US = 1000,
};

typedef enum { WAIT_WRITTEN, WAIT_READY, WAIT_HELLO, WAIT_END, WAIT_CLOCK } Wait;

/* Where a written picture ends in all that was written. */
typedef struct {
    int64_t end, t_us;
} Mark;

struct ProgramTalk {
    TalkSpec spec;
    ProgramPipe *pipe;
    TalkHello hello;
    ProgramBook *book; /* of the clip that is shown; NULL: none */
    TalkCounts counts;
    bool greeted, ready, ended;
    bool shown;          /* a clip before this one */
    bool late;           /* it said something about that after its end */
    bool observed;       /* something was said about the picture at last_us */
    int64_t lines;       /* of its output, so far */
    int64_t messages;    /* about this clip */
    int64_t last_us;     /* time of the last picture that was written; -1: none of this clip */
    int64_t shown_us;    /* how much was shown in all, a second a picture at most */
    int64_t waited_us;   /* how long the harness waited for it in all */
    GArray *marks;       /* TALK_FREE: of Mark, those not known to be taken */
    int64_t taken_us;    /* TALK_FREE: the last picture that was taken in whole; -1: none */
    int64_t began_us;    /* TALK_REAL_TIME: the clock at the clip's time 0 */
    ProgramQueue *queue; /* TALK_REAL_TIME */
    GByteArray *planes;  /* the picture as i420, used again */
    GArray *rows;        /* of struct iovec, used again for each picture */
};

/* ---- what it says */

/* The clip's time at which something that was just read was said. */
static int64_t now_of(ProgramTalk *talk)
{
    if (talk->spec.pace == TALK_STEP || talk->last_us < 0 || talk->ended)
        return talk->last_us;
    if (talk->spec.pace == TALK_REAL_TIME)
        return MAX(talk->last_us, g_get_monotonic_time() - talk->began_us);
    const int64_t taken = program_pipe_taken(talk->pipe);
    guint gone = 0;
    for (; gone < talk->marks->len && g_array_index(talk->marks, Mark, gone).end <= taken; gone++)
        talk->taken_us = g_array_index(talk->marks, Mark, gone).t_us;
    if (gone > 0)
        g_array_remove_range(talk->marks, 0, gone);
    return talk->taken_us;
}

static bool take_observation(ProgramTalk *talk, const ProgramLine *line, Wait wait, GError **error)
{
    const int64_t t_us = program_line_int(line, "t_us", 0);
    if (talk->spec.observed == NULL)
        return program_refuse(error, "found an observation, expected alerts as the scenario says");
    if (wait != WAIT_READY || talk->last_us < 0)
        return program_refuse(error,
                              "found an observation of no picture, expected it before the picture’s “ready”");
    if (t_us != talk->last_us || talk->observed)
        return program_refuse(error,
                              "observation.t_us: found %" PRId64
                              "%s, expected one observation of the picture at %" PRId64,
                              t_us, talk->observed ? " a second time" : "", talk->last_us);
    talk->observed = true;
    return talk->spec.observed(json_object_get(line->json, "boxes"), t_us, talk->spec.user, error);
}

/* One that says which picture it has done with cannot be taken for an earlier or a later one’s. */
static bool take_ready(ProgramTalk *talk, const ProgramLine *line, Wait wait, GError **error)
{
    const bool steps = talk->spec.pace == TALK_STEP;
    if (steps && wait != WAIT_READY)
        return program_refuse(error, "found a “ready”, expected none: no picture waits for one");
    const int64_t t_us = program_line_int(line, "t_us", talk->last_us);
    if (steps && t_us != talk->last_us && talk->last_us < 0)
        return program_refuse(error, "ready.t_us: found %" PRId64 ", expected none: no picture was shown yet",
                              t_us);
    if (steps && t_us != talk->last_us)
        return program_refuse(
            error, "ready.t_us: found %" PRId64 ", expected %" PRId64 ", the picture that was shown last",
            t_us, talk->last_us);
    talk->ready = true;
    return true;
}

static bool take_remark(ProgramTalk *talk, const ProgramLine *line)
{
    if (talk->counts.remarks != NULL && json_array_size(talk->counts.remarks) < REMARKS_MOST)
        json_array_append(talk->counts.remarks, json_object_get(line->json, "text"));
    return true;
}

/* The next clip has begun, and no picture of it was shown: whatever is said is about the one before. */
static bool is_late(const ProgramTalk *talk, const ProgramLine *line)
{
    const bool early = talk->last_us < 0 && (talk->spec.pace != TALK_STEP || !talk->ready);
    return talk->book == NULL || (talk->shown && early && line->type != LINE_READY);
}

static bool take_line(ProgramTalk *talk, const ProgramLine *line, Wait wait, GError **error)
{
    if (!talk->greeted && line->type != LINE_HELLO)
        return program_refuse(error, "found another line, expected its “hello” first");
    if (talk->greeted && line->type != LINE_REMARK && is_late(talk, line)) {
        talk->late = true;
        return program_refuse(error, "found something after its “end”, expected nothing more about the clip");
    }
    switch (line->type) {
    case LINE_HELLO:
        if (talk->greeted)
            return program_refuse(error, "found a second “hello”, expected one");
        talk->greeted = true;
        return program_hello_read(line, talk->spec.input != NULL ? talk->spec.input : "frames",
                                  talk->spec.gives, talk->spec.starts, &talk->hello, error);
    case LINE_READY:
        return take_ready(talk, line, wait, error);
    case LINE_ALERT:
    case LINE_ALERT_END:
        if (talk->spec.observed != NULL)
            return program_refuse(error, "found an alert, expected observations as the scenario says");
        return program_book_take(talk->book, line, now_of(talk), error);
    case LINE_OBSERVATION:
        return take_observation(talk, line, wait, error);
    case LINE_REMARK:
        return take_remark(talk, line);
    case LINE_END:
        if (wait != WAIT_END)
            return program_refuse(error, "found an “end”, expected it only after the clip’s own");
        talk->ended = true;
        return true;
    }
    return true;
}

/* Whether it has said what is waited for: what it says then is about what comes next. */
static bool has_said(const ProgramTalk *talk, Wait wait)
{
    switch (wait) {
    case WAIT_WRITTEN:
        return false;
    case WAIT_READY:
        return talk->ready;
    case WAIT_HELLO:
        return talk->greeted;
    case WAIT_END:
        return talk->ended;
    case WAIT_CLOCK:
        return false;
    }
    return false;
}

/* A “ready” that comes before the picture was written in whole ends no wait: its rows are the caller's, and
 * may go once nobody waits. */
static bool is_met(const ProgramTalk *talk, Wait wait)
{
    const bool written = program_pipe_pending(talk->pipe) == 0;
    return wait == WAIT_WRITTEN ? written : has_said(talk, wait) && (wait != WAIT_READY || written);
}

/* The lines that were read, up to the one that is waited for: what follows it is about what comes then. */
static bool take_lines(ProgramTalk *talk, Wait wait, GError **error)
{
    size_t length = 0;
    const char *text;
    while (!has_said(talk, wait) && (text = program_pipe_line(talk->pipe, LINE_MOST, &length)) != NULL) {
        talk->lines++;
        talk->messages++;
        ProgramLine line;
        bool taken = false;
        if (length > LINE_MOST)
            program_refuse(error, "found a line of more than 1 MiB, expected a shorter one");
        else if (talk->messages > MESSAGES_MOST)
            program_refuse(error, "found more than %d messages about one clip, expected fewer",
                           MESSAGES_MOST);
        else if (program_line_parse(text, length, &line, error)) {
            taken = take_line(talk, &line, wait, error);
            program_line_clear(&line);
        }
        if (!taken) {
            g_prefix_error(error, "line %" PRId64 " of its output: ", talk->lines);
            return false;
        }
    }
    return true;
}

/* ---- waiting */

/* Its own last word on why it ended; NULL: none is known. Caller frees. */
static char *own_reason(const ProgramTalk *talk)
{
    g_autofree char *log = talk->spec.says != NULL ? program_pipe_log(talk->pipe) : NULL;
    const char *found = log != NULL ? g_strrstr(log, talk->spec.says) : NULL;
    if (found == NULL || (found > log && found[-1] != '\n'))
        return NULL;
    found += strlen(talk->spec.says);
    return g_utf8_make_valid(found, (gssize)MIN(strcspn(found, "\n"), REASON_MOST));
}

/* What it had asked for and did not get, which may be why it ended: “, and had been refused …”. */
static const char *tell_refused(const ProgramTalk *talk)
{
    SandboxSeen seen = {0};
    const Sandbox *sandbox = talk->spec.start.sandbox;
    if (sandbox == NULL || !sandbox_seen(sandbox, &seen))
        return "";
    return seen.network > 0 && seen.tasks > 0 ? " (it had been refused the network, and more processes)"
           : seen.network > 0                 ? " (it had been refused the network)"
           : seen.tasks > 0                   ? " (it had been refused more processes)"
                                              : "";
}

static bool tell_end(ProgramTalk *talk, const char *expected, GError **error)
{
    int status = 0;
    if (!program_pipe_wait(talk->pipe, (int64_t)(talk->spec.start_s * G_USEC_PER_SEC), &status))
        return program_refuse(error, "it closed its output, expected %s", expected);
    const Sandbox *sandbox = talk->spec.start.sandbox;
    const char *why = sandbox != NULL ? sandbox_explain(sandbox, status) : NULL;
    if (why != NULL)
        return program_refuse(error, "it %s, expected %s", why, expected);
    const char *refused = tell_refused(talk);
    if (WIFSIGNALED(status))
        return program_refuse(error, "it was ended by SIG%s, expected %s%s", sigabbrev_np(WTERMSIG(status)),
                              expected, refused);
    g_autofree char *own = own_reason(talk);
    if (own != NULL)
        return program_refuse(error, "%s%s", own, refused);
    return program_refuse(error, "it ended with status %d, expected %s%s", WEXITSTATUS(status), expected,
                          refused);
}

static bool tell_late(const ProgramTalk *talk, Wait wait, const char *expected, GError **error)
{
    if (wait == WAIT_HELLO)
        return program_refuse(error, "it did not start within %g s, expected %s", talk->spec.start_s,
                              expected);
    return program_refuse(
        error,
        "it took too long, expected %s: it may keep the harness waiting %g s and %g times the length "
        "of what it was shown",
        expected, talk->spec.start_s, talk->spec.processor_x);
}

/* How long it may still keep the harness waiting. */
static int64_t patience(const ProgramTalk *talk, Wait wait)
{
    const double start_us = talk->spec.start_s * G_USEC_PER_SEC;
    if (wait == WAIT_HELLO)
        return (int64_t)start_us - talk->waited_us;
    return (int64_t)(start_us + talk->spec.processor_x * (double)talk->shown_us) - talk->waited_us;
}

/* Writes and reads until what is waited for is there. `until_us`: of WAIT_CLOCK, the time of the clock. */
static bool wait_for(ProgramTalk *talk, Wait wait, int64_t until_us, const char *expected, GError **error)
{
    for (;;) {
        if (!take_lines(talk, wait, error))
            return false;
        if (is_met(talk, wait))
            return true;
        const int64_t before_us = g_get_monotonic_time();
        if (wait == WAIT_CLOCK && before_us >= until_us)
            return true;
        if (program_pipe_is_over(talk->pipe))
            return tell_end(talk, expected, error);
        const int64_t left_us = wait == WAIT_CLOCK ? until_us - before_us : patience(talk, wait);
        if (left_us <= 0)
            return tell_late(talk, wait, expected, error);
        /* nothing tells when a pipe has been emptied */
        const bool queued = talk->queue != NULL && !program_queue_is_empty(talk->queue);
        program_pipe_step(talk->pipe, MIN(left_us, queued ? QUEUE_LOOK_US : G_USEC_PER_SEC));
        if (wait != WAIT_CLOCK)
            talk->waited_us += g_get_monotonic_time() - before_us;
        if (talk->queue != NULL)
            program_queue_flow(talk->queue, talk->pipe, &talk->last_us, &talk->counts.pictures);
    }
}

static void send(ProgramTalk *talk, json_t *message)
{
    char *text = json_dumps(message, JSON_COMPACT);
    g_autofree char *line = g_strconcat(text, "\n", NULL);
    free(text);
    json_decref(message);
    program_pipe_queue(talk->pipe, line, strlen(line), NULL, 0);
}

/* ---- the talk */

ProgramTalk *program_talk_start(const TalkSpec *spec, char **log, GError **error)
{
    g_autoptr(ProgramTalk) talk = g_new0(ProgramTalk, 1);
    talk->spec = *spec;
    talk->marks = g_array_new(FALSE, FALSE, sizeof(Mark));
    talk->rows = g_array_new(FALSE, FALSE, sizeof(struct iovec));
    talk->planes = g_byte_array_new();
    talk->last_us = talk->taken_us = -1;
    talk->pipe = program_pipe_start(&spec->start, error);
    if (talk->pipe == NULL)
        return NULL;
    send(talk, json_pack("{s:s,s:s,s:s,s:O}", "type", "hello", "protocol", SYSTEM_PROTOCOL, "harness",
                         "vsaudit " VSAUDIT_VERSION, "settings", spec->settings));
    if (!wait_for(talk, WAIT_HELLO, 0, "its “hello”", error)) {
        g_free(*log);
        *log = program_talk_log(talk);
        return NULL;
    }
    talk->waited_us = 0;
    return g_steal_pointer(&talk);
}

const TalkHello *program_talk_hello(const ProgramTalk *talk)
{
    return &talk->hello;
}

static bool await_ready(ProgramTalk *talk, GError **error)
{
    if (talk->spec.pace != TALK_STEP)
        return wait_for(talk, WAIT_WRITTEN, 0, "it to read", error);
    talk->ready = false;
    return wait_for(talk, WAIT_READY, 0, "a “ready”", error);
}

/* All of the clip is known to it from now on, and what it says is decided by no clock. */
static bool give_path(ProgramTalk *talk, const TalkClip *clip, GError **error)
{
    talk->last_us = clip->end_us;
    talk->shown_us += clip->shown_us;
    send(talk, json_pack("{s:s,s:s,s:s,s:i,s:i,s:f,s:I,s:O}", "type", "clip", "clip", clip->name, "path",
                         clip->path, "width", clip->width, "height", clip->height, "aspect", clip->aspect,
                         "duration_us", (json_int_t)clip->end_us, "behaviours", clip->behaviours));
    return await_ready(talk, error);
}

bool program_talk_begin(ProgramTalk *talk, const TalkClip *clip, GError **error)
{
    talk->ready = false;
    if (talk->shown) { /* what it has said already is about the clip before */
        program_pipe_step(talk->pipe, 0);
        if (!take_lines(talk, WAIT_CLOCK, error))
            return false;
    }
    g_clear_pointer(&talk->book, program_book_free);
    talk->book = program_book_new(clip->ids);
    json_decref(talk->counts.remarks);
    talk->counts = (TalkCounts){.remarks = json_array()};
    talk->messages = 0;
    talk->ended = false;
    talk->last_us = talk->taken_us = -1;
    g_array_set_size(talk->marks, 0);
    const TalkHello *hello = &talk->hello;
    if (clip->path != NULL)
        return give_path(talk, clip, error);
    send(talk,
         json_pack("{s:s,s:s,s:i,s:i,s:s,s:f,s:o,s:O}", "type", "clip", "clip", clip->name, "width",
                   clip->width, "height", clip->height, "format", program_hello_format(hello->format),
                   "aspect", clip->aspect, "rate", hello->rate > 0 ? json_real(hello->rate) : json_null(),
                   "behaviours", clip->behaviours));
    if (talk->spec.pace == TALK_REAL_TIME && talk->queue == NULL)
        talk->queue = program_queue_new((guint)talk->spec.queue, talk->spec.drops == TALK_DROP_OLDEST);
    if (!await_ready(talk, error))
        return false;
    talk->began_us = g_get_monotonic_time();
    return true;
}

static void add_rows(GArray *rows, const uint8_t *data, int stride, int width, int height)
{
    if (stride == width) {
        const struct iovec all = {(void *)data, (size_t)width * (size_t)height};
        g_array_append_val(rows, all);
        return;
    }
    for (int y = 0; y < height; y++) {
        const struct iovec row = {(void *)(data + (ptrdiff_t)y * stride), (size_t)width};
        g_array_append_val(rows, row);
    }
}

static void add_planes(ProgramTalk *talk, const ReplayFrame *frame)
{
    const size_t size = program_i420_size(frame->width, frame->height);
    g_byte_array_set_size(talk->planes, (guint)size);
    program_i420_convert(frame->bgr, frame->bgr_stride, frame->width, frame->height, talk->planes->data);
    const struct iovec all = {talk->planes->data, size};
    g_array_append_val(talk->rows, all);
}

/* The picture's rows as they are in memory, and its line. Caller frees. */
static char *describe_picture(ProgramTalk *talk, const ReplayFrame *frame)
{
    const TalkFormat format = talk->hello.format;
    size_t bytes = 0;
    g_array_set_size(talk->rows, 0);
    if (format == TALK_I420)
        add_planes(talk, frame);
    if (format == TALK_GRAY || format == TALK_GRAY_AND_BGR)
        add_rows(talk->rows, frame->luma, frame->luma_stride, frame->width, frame->height);
    if (format == TALK_BGR || format == TALK_GRAY_AND_BGR)
        add_rows(talk->rows, frame->bgr, frame->bgr_stride, 3 * frame->width, frame->height);
    for (guint i = 0; i < talk->rows->len; i++)
        bytes += g_array_index(talk->rows, struct iovec, i).iov_len;
    return g_strdup_printf("{\"type\":\"frame\",\"t_us\":%" PRId64 ",\"duration_us\":%" PRId64
                           ",\"width\":%d,\"height\":%d,\"format\":\"%s\",\"damaged\":%s,\"bytes\":%zu}\n",
                           frame->t_us, frame->duration_us, frame->width, frame->height,
                           program_hello_format(format), frame->damaged ? "true" : "false", bytes);
}

static bool show_by_clock(ProgramTalk *talk, const ReplayFrame *frame, const char *line, GError **error)
{
    if (!wait_for(talk, WAIT_CLOCK, talk->began_us + frame->t_us, "more", error))
        return false;
    talk->counts.dropped += program_queue_push(
        talk->queue, frame->t_us, line, (const struct iovec *)(void *)talk->rows->data, talk->rows->len);
    program_queue_flow(talk->queue, talk->pipe, &talk->last_us, &talk->counts.pictures);
    return true;
}

bool program_talk_show(ProgramTalk *talk, const ReplayFrame *frame, GError **error)
{
    g_autofree char *line = describe_picture(talk, frame);
    talk->shown_us += CLAMP(frame->duration_us, 0, G_USEC_PER_SEC);
    if (talk->spec.pace == TALK_REAL_TIME)
        return show_by_clock(talk, frame, line, error);
    talk->last_us = frame->t_us;
    talk->observed = false;
    talk->counts.pictures++;
    program_pipe_queue(talk->pipe, line, strlen(line), (const struct iovec *)(void *)talk->rows->data,
                       talk->rows->len);
    if (talk->spec.pace == TALK_FREE) {
        const Mark mark = {program_pipe_written(talk->pipe) + (int64_t)program_pipe_pending(talk->pipe),
                           frame->t_us};
        g_array_append_val(talk->marks, mark);
    }
    return await_ready(talk, error);
}

bool program_talk_end(ProgramTalk *talk, int64_t t_us, GError **error)
{
    if (talk->spec.pace == TALK_REAL_TIME) {
        if (!wait_for(talk, WAIT_CLOCK, talk->began_us + t_us, "more", error))
            return false;
        /* what waits is shown before the end */
        while (!program_queue_is_empty(talk->queue) && !program_pipe_is_over(talk->pipe)) {
            const int64_t before_us = g_get_monotonic_time();
            if (patience(talk, WAIT_END) <= 0)
                return tell_late(talk, WAIT_END, "it to read", error);
            if (!wait_for(talk, WAIT_CLOCK, before_us + QUEUE_LOOK_US, "more", error))
                return false;
            talk->waited_us += g_get_monotonic_time() - before_us;
        }
        if (!wait_for(talk, WAIT_WRITTEN, 0, "it to read", error))
            return false;
    } else if (talk->spec.pace == TALK_FREE && !wait_for(talk, WAIT_WRITTEN, 0, "it to read", error)) {
        return false;
    }
    send(talk, json_pack("{s:s,s:I}", "type", "end", "t_us", (json_int_t)t_us));
    if (talk->spec.pace == TALK_STEP)
        talk->last_us = MAX(t_us, talk->last_us); /* all is shown: what it says now is decided at the end */
    if (!wait_for(talk, WAIT_END, 0, "an “end”", error))
        return false;
    program_book_close(talk->book, t_us);
    talk->shown = true;
    return true;
}

GPtrArray *program_talk_take(ProgramTalk *talk)
{
    GPtrArray *alerts = g_steal_pointer(&talk->book->alerts);
    talk->book->alerts = alert_array_new();
    g_clear_pointer(&talk->book, program_book_free);
    g_ptr_array_sort(alerts, alert_compare);
    return alerts;
}

const TalkCounts *program_talk_counts(const ProgramTalk *talk)
{
    return &talk->counts;
}

bool program_talk_was_late(const ProgramTalk *talk)
{
    return talk->late;
}

bool program_talk_close(ProgramTalk *talk, GError **error)
{
    program_pipe_close_input(talk->pipe);
    const int64_t until_us = g_get_monotonic_time() + (int64_t)(talk->spec.start_s * G_USEC_PER_SEC);
    while (!program_pipe_is_over(talk->pipe)) {
        if (!take_lines(talk, WAIT_CLOCK, error))
            return false;
        const int64_t left_us = until_us - g_get_monotonic_time();
        if (left_us <= 0)
            return program_refuse(error, "it did not end within %g s after its last clip",
                                  talk->spec.start_s);
        program_pipe_step(talk->pipe, MIN(left_us, G_USEC_PER_SEC));
    }
    int status = 0;
    if (!program_pipe_wait(talk->pipe, MAX(until_us - g_get_monotonic_time(), 0), &status))
        return program_refuse(error, "it did not end within %g s after its last clip", talk->spec.start_s);
    if (WIFSIGNALED(status))
        return program_refuse(error, "it was ended by SIG%s after its last clip, expected exit status 0",
                              sigabbrev_np(WTERMSIG(status)));
    g_autofree char *own = WEXITSTATUS(status) != 0 ? own_reason(talk) : NULL;
    if (own != NULL)
        return program_refuse(error, "%s", own);
    return WEXITSTATUS(status) == 0 ||
           program_refuse(error, "it ended with status %d after its last clip, expected 0",
                          WEXITSTATUS(status));
}

char *program_talk_log(const ProgramTalk *talk)
{
    return program_pipe_log(talk->pipe);
}

DEFINE_FREE(program_talk_free, ProgramTalk, talk, program_pipe_free(talk->pipe),
            program_book_free(talk->book), program_queue_free(talk->queue), json_decref(talk->counts.remarks),
            g_array_unref(talk->marks), g_array_unref(talk->rows), g_byte_array_unref(talk->planes),
            g_free(talk->hello.name), g_free(talk->hello.version))
