/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/plugin_host.h"

#include "systems/plugin_library.h"
#include "systems/program_line.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    const char *path;
    const VsauditSystem *system;
    void *instance;
    FILE *in, *out;
    bool in_clip;
    uint8_t *bytes; /* of the last picture */
    size_t room;
    VsauditSystemEmit emit;
    GThread *thread;   /* the only one that may alert */
    gint listening;    /* atomic: a call of the plug-in's is going on in which it may alert */
    gint spoke_early;  /* atomic: it alerted outside of one, or from another thread */
    const char *fault; /* what it alerted last that is no text; NULL: nothing */
} Host;

G_GNUC_PRINTF(2, 3)
static bool refuse(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, text);
    return false;
}

/* ---- descriptors */

/* The protocol keeps copies of what standard input and output were. */
static bool take_descriptors(Host *host, GError **error)
{
    const int in = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3), out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (in < 0 || out < 0 || nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        return refuse(error, "the descriptors cannot be put in place: %s", g_strerror(errno));
    close(nothing);
    host->in = fdopen(in, "r");
    host->out = fdopen(out, "w");
    return host->in != NULL && host->out != NULL;
}

/* ---- what it says */

/* Takes the message; NULL: a text in it is no UTF-8. */
static void say(Host *host, json_t *message)
{
    char *text = message != NULL ? json_dumps(message, JSON_COMPACT) : NULL;
    if (text == NULL)
        host->fault = "found text that is no UTF-8, expected it in UTF-8";
    else
        fprintf(host->out, "%s\n", text);
    free(text);
    json_decref(message);
}

static bool may_speak(Host *host)
{
    if (g_atomic_int_get(&host->listening) && g_thread_self() == host->thread)
        return true;
    g_atomic_int_set(&host->spoke_early, 1);
    return false;
}

/* A key that may be missing. Takes the value. */
static void put(json_t *message, const char *key, json_t *value)
{
    if (value != NULL)
        json_object_set_new(message, key, value);
}

static void emit_alert(void *to, const VsauditSystemAlert *alert)
{
    Host *host = to;
    if (!may_speak(host))
        return;
    json_t *message =
        json_pack("{s:s,s:s,s:I}", "type", "alert", "behaviour",
                  alert->behaviour != NULL ? alert->behaviour : "", "onset_us", (json_int_t)alert->onset_us);
    if (message == NULL || (alert->id != NULL && !g_utf8_validate(alert->id, -1, NULL)) ||
        (alert->label != NULL && !g_utf8_validate(alert->label, -1, NULL))) {
        json_decref(message);
        say(host, NULL);
        return;
    }
    const bool confident = !(alert->confidence < 0), placed = !(alert->w < 0);
    if ((confident && !isfinite(alert->confidence)) ||
        (placed && !isfinite(alert->x + alert->y + alert->w + alert->h)))
        host->fault = "found a confidence or a box that is no number, expected numbers";
    put(message, "end_us", alert->end_us != VSAUDIT_SYSTEM_OPEN ? json_integer(alert->end_us) : NULL);
    put(message, "confidence", confident ? json_real(alert->confidence) : NULL);
    if (placed)
        put(message, "box", json_pack("[f,f,f,f]", alert->x, alert->y, alert->w, alert->h));
    put(message, "id", alert->id != NULL ? json_string(alert->id) : NULL);
    put(message, "label", alert->label != NULL ? json_string(alert->label) : NULL);
    say(host, message);
}

static void emit_alert_end(void *to, const char *id, int64_t end_us)
{
    Host *host = to;
    if (may_speak(host))
        say(host, json_pack("{s:s,s:s,s:I}", "type", "alert-end", "id", id != NULL ? id : "", "end_us",
                            (json_int_t)end_us));
}

static void emit_remark(void *to, const char *text)
{
    Host *host = to;
    if (may_speak(host))
        say(host, json_pack("{s:s,s:s}", "type", "remark", "text", text != NULL ? text : ""));
}

/* ---- what it is asked */

/* Whether the call went well, and what was said in it and before. */
static bool judge(Host *host, const char *function, int status, GError **error)
{
    g_atomic_int_set(&host->listening, 0);
    if (g_atomic_int_get(&host->spoke_early))
        return refuse(
            error,
            "%s: it alerted outside of frame and clip_end, or from another thread, expected it only "
            "during these calls",
            host->path);
    if (host->fault != NULL)
        return refuse(error, "%s: %s: %s", host->path, function, host->fault);
    if (status == 0)
        return true;
    const char *why = host->system->error(host->instance);
    g_autofree char *said = why != NULL ? g_utf8_make_valid(why, MIN((gssize)strlen(why), 500)) : NULL;
    return refuse(error, "%s: %s failed: %s", host->path, function,
                  said != NULL ? said : "it does not say why");
}

static void listen_to(Host *host)
{
    host->fault = NULL;
    g_atomic_int_set(&host->listening, 1);
}

static bool begin_clip(Host *host, const json_t *line, GError **error)
{
    char *behaviours = json_dumps(json_object_get(line, "behaviours"), JSON_COMPACT);
    const VsauditSystemClip clip = {.clip = json_string_value(json_object_get(line, "clip")),
                                    .width = (int32_t)json_integer_value(json_object_get(line, "width")),
                                    .height = (int32_t)json_integer_value(json_object_get(line, "height")),
                                    .aspect = json_number_value(json_object_get(line, "aspect")),
                                    .behaviours = behaviours != NULL ? behaviours : "[]"};
    host->fault = NULL;
    host->in_clip = true;
    const bool fine = judge(host, "clip_begin", host->system->clip_begin(host->instance, &clip), error);
    free(behaviours);
    if (fine)
        say(host, json_pack("{s:s}", "type", "ready"));
    return fine;
}

static bool read_bytes(Host *host, size_t count, GError **error)
{
    if (count > host->room) {
        host->bytes = g_realloc(host->bytes, count);
        host->room = count;
    }
    return fread(host->bytes, 1, count, host->in) == count ||
           refuse(error, "its input ended within a picture");
}

static bool show_picture(Host *host, const json_t *line, GError **error)
{
    const json_int_t width = json_integer_value(json_object_get(line, "width")),
                     height = json_integer_value(json_object_get(line, "height")),
                     bytes = json_integer_value(json_object_get(line, "bytes"));
    const VsauditSystemFormat format = host->system->format;
    const json_int_t planes = (format != VSAUDIT_SYSTEM_BGR) + 3 * (format != VSAUDIT_SYSTEM_GRAY);
    if (width <= 0 || height <= 0 || width > 1 << 20 || height > 1 << 20 || bytes != width * height * planes)
        return refuse(error, "found a picture of %lld bytes, expected one of the size that its line says",
                      bytes);
    if (!read_bytes(host, (size_t)bytes, error))
        return false;
    const size_t gray = format != VSAUDIT_SYSTEM_BGR ? (size_t)(width * height) : 0;
    const VsauditSystemPicture picture = {
        .t_us = json_integer_value(json_object_get(line, "t_us")),
        .duration_us = json_integer_value(json_object_get(line, "duration_us")),
        .width = (int32_t)width,
        .height = (int32_t)height,
        .gray = gray > 0 ? host->bytes : NULL,
        .bgr = format != VSAUDIT_SYSTEM_GRAY ? host->bytes + gray : NULL,
        .gray_stride = gray > 0 ? (size_t)width : 0,
        .bgr_stride = format != VSAUDIT_SYSTEM_GRAY ? 3 * (size_t)width : 0,
        .damaged = json_is_true(json_object_get(line, "damaged")),
    };
    listen_to(host);
    if (!judge(host, "frame", host->system->frame(host->instance, &picture, &host->emit), error))
        return false;
    say(host, json_pack("{s:s}", "type", "ready"));
    return true;
}

static bool end_clip(Host *host, const json_t *line, GError **error)
{
    const int64_t end_us = json_integer_value(json_object_get(line, "t_us"));
    listen_to(host);
    if (!judge(host, "clip_end", host->system->clip_end(host->instance, end_us, &host->emit), error))
        return false;
    host->in_clip = false;
    say(host, json_pack("{s:s}", "type", "end"));
    return true;
}

static bool answer(Host *host, const json_t *line, GError **error)
{
    const char *type = json_string_value(json_object_get(line, "type"));
    if (g_strcmp0(type, "clip") == 0)
        return begin_clip(host, line, error);
    if (g_strcmp0(type, "frame") == 0 && host->in_clip)
        return show_picture(host, line, error);
    if (g_strcmp0(type, "end") == 0 && host->in_clip)
        return end_clip(host, line, error);
    return refuse(error, "found a line “%s”, expected clip, frame or end in their order",
                  type != NULL ? type : "");
}

/* The next line; NULL without an error: there is none. */
static json_t *read_line(Host *host, GError **error)
{
    char *text = NULL;
    size_t room = 0;
    const ssize_t length = getline(&text, &room, host->in);
    json_t *line = length > 0 ? json_loadb(text, (size_t)length, JSON_REJECT_DUPLICATES, NULL) : NULL;
    free(text);
    if (length > 0 && !json_is_object(line)) {
        json_decref(line);
        line = NULL;
        refuse(error, "found a line that is no JSON object, expected " SYSTEM_PROTOCOL);
    }
    return line;
}

/* ---- from hello to the end */

static bool open_plugin(Host *host, GError **error)
{
    g_autoptr(GError) cause = NULL;
    json_t *hello = read_line(host, &cause);
    const char *protocol = json_string_value(json_object_get(hello, "protocol"));
    if (g_strcmp0(protocol, SYSTEM_PROTOCOL) != 0) {
        json_decref(hello);
        return refuse(error, "found no “hello” of " SYSTEM_PROTOCOL
                             " on standard input, expected it: vsaudit starts this "
                             "command by itself for systems of kind plugin");
    }
    json_t *told = json_object_get(hello, "settings");
    char *settings = json_is_object(told) ? json_dumps(told, JSON_COMPACT) : NULL;
    host->instance = host->system->open(settings != NULL ? settings : "{}");
    free(settings);
    json_decref(hello);
    if (!judge(host, "open", host->instance == NULL, error))
        return false;
    static const char *const formats[] = {"gray", "bgr", "gray+bgr"};
    const VsauditSystem *system = host->system;
    json_t *own = json_pack("{s:s,s:s,s:s,s:s,s:i,s:i,s:f}", "type", "hello", "protocol", SYSTEM_PROTOCOL,
                            "name", system->name, "format", formats[system->format], "width", system->width,
                            "height", system->height, "rate", system->rate);
    if (own == NULL)
        return refuse(error, "%s: found the rate %g, expected a number", host->path, system->rate);
    put(own, "version", system->release != NULL ? json_string(system->release) : NULL);
    say(host, own);
    return true;
}

static bool serve(Host *host, GError **error)
{
    for (;;) {
        if (fflush(host->out) != 0)
            return refuse(error, "its output cannot be written: %s", g_strerror(errno));
        g_autoptr(GError) cause = NULL;
        json_t *line = read_line(host, &cause);
        if (line == NULL) {
            if (cause != NULL)
                g_propagate_error(error, g_steal_pointer(&cause));
            return cause == NULL && (error == NULL || *error == NULL);
        }
        const bool fine = answer(host, line, error);
        json_decref(line);
        if (!fine) {
            fflush(host->out); /* what was said until then is known */
            return false;
        }
    }
}

bool plugin_host_serve(const char *library, GError **error)
{
    Host host = {.path = library, .thread = g_thread_self()};
    host.emit = (VsauditSystemEmit){&host, emit_alert, emit_alert_end, emit_remark};
    if (!take_descriptors(&host, error))
        return false;
    host.system = plugin_library_load(library, error);
    const bool fine = host.system != NULL && open_plugin(&host, error) && serve(&host, error);
    if (host.instance != NULL && fine)
        host.system->close(host.instance);
    g_free(host.bytes);
    fclose(host.in);
    fclose(host.out);
    return fine &&
           (!g_atomic_int_get(&host.spoke_early) ||
            refuse(error, "%s: it alerted after the last clip’s end, expected nothing more", library));
}
