/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/sink_internal.h"
#include "records/free.h"

#include "records/error.h"
#include "records/secret.h"

#include <signal.h>
#include <string.h>

#define NOTES_MAX 20
#define LAST_CALLS_MS 100 /* what was cancelled calls back once more */

/* What all threads look at; guarded by the set's lock. */
typedef struct {
    SinkCounts counts;
    GPtrArray *notes;
    bool hears, has_heard;
    int64_t deaf_since_us;
} SinkState;

struct SinkSet {
    SinkLimits limits;
    Sink *sinks;
    guint count;
    GMainContext *context;
    GMainLoop *loop;
    GThread *thread;
    GMutex lock;
    GCond changed;
    SinkState *states;
    GQueue queue; /* of SinkMessage * */
    guint64 queued_bytes, number;
};

static void clear_sink_message(SinkMessage *message)
{
    FREE_EACH(message->from, message->method, message->path, message->query, message->content_type);
    g_clear_pointer(&message->body, g_bytes_unref);
}

DEFINE_FREE(sink_message_free, SinkMessage, message, clear_sink_message(message))

SinkMessage *sink_message_new(const Sink *sink)
{
    SinkMessage *message = g_new0(SinkMessage, 1);
    message->sink = sink->index;
    message->id = sink->id;
    message->begun_us = message->arrived_us = g_get_monotonic_time();
    message->wall_us = g_get_real_time();
    return message;
}

static SinkState *state_of(const Sink *sink)
{
    return &sink->set->states[sink->index];
}

void sink_push(Sink *sink, SinkMessage *message)
{
    SinkSet *set = sink->set;
    if (message->body == NULL)
        message->body = g_bytes_new(NULL, 0);
    const gsize bytes = g_bytes_get_size(message->body);
    g_mutex_lock(&set->lock);
    SinkCounts *counts = &state_of(sink)->counts;
    const bool full = set->queue.length >= set->limits.queue_messages ||
                      set->queued_bytes + bytes > set->limits.queue_bytes;
    if (full) {
        counts->dropped++;
    } else {
        message->number = ++set->number;
        counts->messages++;
        counts->cut += message->length > bytes;
        set->queued_bytes += bytes;
        g_queue_push_tail(&set->queue, message);
        g_cond_broadcast(&set->changed);
    }
    g_mutex_unlock(&set->lock);
    if (full)
        sink_message_free(message);
}

void sink_hears(Sink *sink, bool hears)
{
    SinkSet *set = sink->set;
    g_mutex_lock(&set->lock);
    SinkState *state = state_of(sink);
    const int64_t now = g_get_monotonic_time();
    if (hears && !state->hears && state->has_heard)
        state->counts.deaf_us += now - state->deaf_since_us;
    if (!hears && state->hears) {
        state->deaf_since_us = now;
        state->counts.lost++;
    }
    state->hears = hears;
    state->has_heard |= hears;
    g_cond_broadcast(&set->changed);
    g_mutex_unlock(&set->lock);
}

void sink_count_one(Sink *sink, SinkCounter which)
{
    g_mutex_lock(&sink->set->lock);
    SinkCounts *counts = &state_of(sink)->counts;
    *(which == SINK_COUNT_REFUSED ? &counts->refused : &counts->broken) += 1;
    g_mutex_unlock(&sink->set->lock);
}

void sink_set_clock_offset(Sink *sink, int64_t offset_us)
{
    g_mutex_lock(&sink->set->lock);
    state_of(sink)->counts.clock_offset_us = offset_us;
    g_mutex_unlock(&sink->set->lock);
}

void sink_note(Sink *sink, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *note = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_mutex_lock(&sink->set->lock);
    GPtrArray *notes = state_of(sink)->notes;
    /* One that is tried again and again fails with the same words. */
    if (notes->len < NOTES_MAX && !g_ptr_array_find_with_equal_func(notes, note, g_str_equal, NULL))
        g_ptr_array_add(notes, g_steal_pointer(&note));
    g_mutex_unlock(&sink->set->lock);
}

/* ---- the set's thread */

static gpointer live_in(gpointer data)
{
    SinkSet *set = data;
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, NULL); /* a connection that the other closed is no reason to end */
    g_main_context_push_thread_default(set->context);
    g_main_loop_run(set->loop);
    g_main_context_pop_thread_default(set->context);
    return NULL;
}

typedef struct {
    Sink *sink;
    GError **error;
    bool stopping, good, done;
} Call;

static gboolean do_call(gpointer data)
{
    Call *call = data;
    Sink *sink = call->sink;
    const SinkDriver *driver = sink_drivers[sink->spec->kind];
    if (call->stopping)
        driver->stop(sink);
    else
        call->good = driver->start(sink, call->error);
    g_mutex_lock(&sink->set->lock);
    call->done = true;
    g_cond_broadcast(&sink->set->changed);
    g_mutex_unlock(&sink->set->lock);
    return G_SOURCE_REMOVE;
}

/* Starts or stops a sink in the set's thread, and waits for it. */
static bool call_driver(Sink *sink, bool stopping, GError **error)
{
    Call call = {.sink = sink, .error = error, .stopping = stopping};
    g_main_context_invoke(sink->context, do_call, &call);
    g_mutex_lock(&sink->set->lock);
    while (!call.done)
        g_cond_wait(&sink->set->changed, &sink->set->lock);
    g_mutex_unlock(&sink->set->lock);
    return call.good;
}

/* ---- start and stop */

static bool read_password(Sink *sink, GError **error)
{
    const char *path = sink->spec->password_file;
    if (path == NULL)
        return true;
    sink->password = secret_password(path, error);
    if (sink->password == NULL)
        g_prefix_error(error, "%s: ", sink->id);
    return sink->password != NULL;
}

static SinkLimits with_defaults(const SinkLimits *given)
{
    SinkLimits limits = given != NULL ? *given : (SinkLimits){0};
    if (limits.body_bytes == 0)
        limits.body_bytes = 1 << 20;
    if (limits.queue_messages == 0)
        limits.queue_messages = 10000;
    if (limits.queue_bytes == 0)
        limits.queue_bytes = 64 << 20;
    if (limits.connections == 0)
        limits.connections = 256;
    if (limits.request_us == 0)
        limits.request_us = 60 * US_PER_SECOND;
    return limits;
}

SinkSet *sink_set_start(const GPtrArray *specs, const SinkLimits *limits, GError **error)
{
    SinkSet *set = g_new0(SinkSet, 1);
    set->limits = with_defaults(limits);
    set->sinks = g_new0(Sink, specs->len);
    set->states = g_new0(SinkState, specs->len);
    g_mutex_init(&set->lock);
    g_cond_init(&set->changed);
    set->context = g_main_context_new();
    set->loop = g_main_loop_new(set->context, FALSE);
    set->thread = g_thread_new("sinks", live_in, set);
    bool good = true;
    for (guint i = 0; good && i < specs->len; i++) {
        const SinkSpec *spec = g_ptr_array_index(specs, i);
        set->sinks[i] = (Sink){.set = set,
                               .index = i,
                               .spec = spec,
                               .id = spec->id != NULL ? spec->id : sink_kind_names[spec->kind],
                               .limits = &set->limits,
                               .context = set->context};
        set->states[i] = (SinkState){.notes = g_ptr_array_new_with_free_func(g_free),
                                     .counts = {.clock_offset_us = TIME_UNKNOWN}};
        set->count++;
        good = read_password(&set->sinks[i], error) && call_driver(&set->sinks[i], false, error);
    }
    if (good)
        return set;
    sink_set_stop(set);
    return NULL;
}

static gboolean end_loop(gpointer data)
{
    SinkSet *set = data;
    g_main_loop_quit(set->loop);
    return G_SOURCE_REMOVE;
}

static void clear_sink_set(SinkSet *set)
{
    for (guint i = set->count; i-- > 0;)
        call_driver(&set->sinks[i], true, NULL);
    GSource *last = g_timeout_source_new(LAST_CALLS_MS);
    g_source_set_callback(last, end_loop, set, NULL);
    g_source_attach(last, set->context);
    g_source_unref(last);
    g_thread_join(set->thread);
    for (guint i = 0; i < set->count; i++) {
        if (set->sinks[i].password != NULL)
            explicit_bzero(set->sinks[i].password, strlen(set->sinks[i].password));
        g_free(set->sinks[i].password);
        g_free(set->sinks[i].address);
        g_ptr_array_unref(set->states[i].notes);
    }
    g_queue_clear_full(&set->queue, (GDestroyNotify)sink_message_free);
    g_main_loop_unref(set->loop);
    g_main_context_unref(set->context);
    g_mutex_clear(&set->lock);
    g_cond_clear(&set->changed);
    g_free(set->sinks);
    g_free(set->states);
}

DEFINE_FREE(sink_set_stop, SinkSet, set, clear_sink_set(set))

/* ---- what the user asks */

const char *sink_set_address(const SinkSet *set, guint sink)
{
    return set->sinks[sink].address;
}

/* The ids of those that cannot hear, with the last thing that happened to each. */
static char *name_deaf(SinkSet *set)
{
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < set->count; i++) {
        const SinkState *state = &set->states[i];
        if (state->hears)
            continue;
        const char *why =
            state->notes->len > 0 ? g_ptr_array_index(state->notes, state->notes->len - 1) : "no answer";
        g_string_append_printf(names, "%s%s at %s (%s)", names->len > 0 ? ", " : "", set->sinks[i].id,
                               set->sinks[i].address, why);
    }
    return g_string_free(names, FALSE);
}

bool sink_set_wait_ready(SinkSet *set, int64_t wait_us, GError **error)
{
    const int64_t until = g_get_monotonic_time() + wait_us;
    g_mutex_lock(&set->lock);
    bool ready = false, late = false;
    while (!ready && !late) {
        ready = true;
        for (guint i = 0; i < set->count; i++)
            ready = ready && set->states[i].hears;
        if (!ready)
            late = !g_cond_wait_until(&set->changed, &set->lock, until);
    }
    if (!ready) {
        g_autofree char *names = name_deaf(set);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                    "no message can arrive after %.0f s of waiting: %s", (double)wait_us / 1e6, names);
    }
    g_mutex_unlock(&set->lock);
    return ready;
}

SinkMessage *sink_set_poll(SinkSet *set, int64_t wait_us)
{
    const int64_t until = g_get_monotonic_time() + wait_us;
    g_mutex_lock(&set->lock);
    while (set->queue.length == 0 && wait_us > 0)
        if (!g_cond_wait_until(&set->changed, &set->lock, until))
            break;
    SinkMessage *message = g_queue_pop_head(&set->queue);
    if (message != NULL)
        set->queued_bytes -= g_bytes_get_size(message->body);
    g_mutex_unlock(&set->lock);
    return message;
}

void sink_set_count(SinkSet *set, guint sink, SinkCounts *counts)
{
    g_mutex_lock(&set->lock);
    const SinkState *state = &set->states[sink];
    *counts = state->counts;
    if (state->has_heard && !state->hears)
        counts->deaf_us += g_get_monotonic_time() - state->deaf_since_us;
    g_mutex_unlock(&set->lock);
}

GPtrArray *sink_set_notes(SinkSet *set, guint sink)
{
    GPtrArray *copy = g_ptr_array_new_with_free_func(g_free);
    g_mutex_lock(&set->lock);
    const GPtrArray *notes = set->states[sink].notes;
    for (guint i = 0; i < notes->len; i++)
        g_ptr_array_add(copy, g_strdup(g_ptr_array_index(notes, i)));
    g_mutex_unlock(&set->lock);
    return copy;
}
