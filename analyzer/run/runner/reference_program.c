/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/reference_program.h"

#include "runner/reference_eyes.h"
#include "systems/program_line.h"

#include <string.h>

typedef struct {
    FILE *in, *out;
    ReferenceEyes *eyes;
    VsauditSystemEmit emit;
    bool in_clip;
    uint8_t *picture;
    size_t size;
    int64_t line;
} Talk;

static void talk_clear(Talk *talk)
{
    reference_eyes_free(talk->eyes);
    g_free(talk->picture);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Talk, talk_clear)

static bool fail(const Talk *talk, const char *what, GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "standard input, line %" PRId64 ": %s", talk->line,
                what);
    return false;
}

static void say(const Talk *talk, json_t *message)
{
    json_dumpf(message, talk->out, JSON_COMPACT);
    fputc('\n', talk->out);
    json_decref(message);
}

static void say_word(const Talk *talk, const char *type)
{
    say(talk, json_pack("{s:s}", "type", type));
    fflush(talk->out);
}

static void say_alert(void *to, const VsauditSystemAlert *alert)
{
    json_t *message = json_pack("{s:s,s:s,s:I}", "type", "alert", "behaviour", alert->behaviour, "onset_us",
                                (json_int_t)alert->onset_us);
    json_object_set_new(message, "confidence",
                        alert->confidence < 0 ? json_null() : json_real(alert->confidence));
    json_object_set_new(message, "box",
                        alert->w < 0 ? json_null()
                                     : json_pack("[f,f,f,f]", alert->x, alert->y, alert->w, alert->h));
    if (alert->label != NULL)
        json_object_set_new(message, "label", json_string(alert->label));
    if (alert->end_us != VSAUDIT_SYSTEM_OPEN)
        json_object_set_new(message, "end_us", json_integer(alert->end_us));
    if (alert->id != NULL)
        json_object_set_new(message, "id", json_string(alert->id));
    say(to, message);
}

static void say_alert_end(void *to, const char *id, int64_t end_us)
{
    say(to, json_pack("{s:s,s:s,s:I}", "type", "alert-end", "id", id, "end_us", (json_int_t)end_us));
}

static bool greet(Talk *talk, const json_t *hello, GError **error)
{
    if (g_strcmp0(json_string_value(json_object_get(hello, "protocol")), SYSTEM_PROTOCOL) != 0)
        return fail(talk, "found another protocol, expected " SYSTEM_PROTOCOL, error);
    talk->eyes = reference_eyes_new(json_object_get(hello, "settings"), error);
    if (talk->eyes == NULL)
        return false;
    const ReplayRequest request = reference_eyes_request(talk->eyes);
    say(talk, json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:f}", "type", "hello", "protocol", SYSTEM_PROTOCOL, "name",
                        "vsaudit reference", "version", VSAUDIT_VERSION, "format", "gray+bgr", "width",
                        request.max_width, "rate", request.max_rate));
    fflush(talk->out);
    return true;
}

static bool begin_clip(Talk *talk, const json_t *clip, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (!reference_eyes_begin(talk->eyes, json_object_get(clip, "behaviours"),
                              json_number_value(json_object_get(clip, "aspect")), &cause))
        return fail(talk, cause->message, error);
    talk->in_clip = true;
    say_word(talk, "ready");
    return true;
}

static void end_clip(Talk *talk, const json_t *end)
{
    reference_eyes_end(talk->eyes, json_integer_value(json_object_get(end, "t_us")), &talk->emit);
    talk->in_clip = false;
    say_word(talk, "end");
}

static bool read_picture(Talk *talk, const json_t *message, ReplayFrame *frame, GError **error)
{
    const json_int_t bytes = json_integer_value(json_object_get(message, "bytes"));
    const json_int_t width = json_integer_value(json_object_get(message, "width")),
                     height = json_integer_value(json_object_get(message, "height"));
    if (!talk->in_clip || width < 1 || height < 1 || bytes != 4 * width * height)
        return fail(talk, "found a picture that was not asked for, expected gray+bgr within a clip", error);
    if ((size_t)bytes > talk->size) {
        talk->size = (size_t)bytes;
        talk->picture = g_realloc(talk->picture, talk->size);
    }
    if (fread(talk->picture, 1, (size_t)bytes, talk->in) != (size_t)bytes)
        return fail(talk, "it ended within a picture", error);
    *frame = (ReplayFrame){.t_us = json_integer_value(json_object_get(message, "t_us")),
                           .duration_us = json_integer_value(json_object_get(message, "duration_us")),
                           .width = (int)width,
                           .height = (int)height,
                           .luma = talk->picture,
                           .luma_stride = (int)width,
                           .bgr = talk->picture + width * height,
                           .bgr_stride = 3 * (int)width,
                           .damaged = json_is_true(json_object_get(message, "damaged"))};
    return true;
}

static bool look(Talk *talk, const json_t *message, GError **error)
{
    ReplayFrame frame;
    if (!read_picture(talk, message, &frame, error) ||
        !reference_eyes_show(talk->eyes, &frame, &talk->emit, error))
        return false;
    say_word(talk, "ready");
    return true;
}

static bool take(Talk *talk, const json_t *message, GError **error)
{
    const char *type = json_string_value(json_object_get(message, "type"));
    if (talk->eyes == NULL)
        return g_strcmp0(type, "hello") == 0 ? greet(talk, message, error)
                                             : fail(talk, "found another line, expected “hello”", error);
    if (g_strcmp0(type, "clip") == 0)
        return begin_clip(talk, message, error);
    if (g_strcmp0(type, "frame") == 0)
        return look(talk, message, error);
    if (g_strcmp0(type, "end") != 0)
        return fail(talk, "found another line, expected clip, frame or end", error);
    end_clip(talk, message);
    return true;
}

bool reference_program_talk(FILE *in, FILE *out, GError **error)
{
    g_auto(Talk) talk = {.in = in, .out = out};
    talk.emit = (VsauditSystemEmit){&talk, say_alert, say_alert_end, NULL};
    char *text = NULL;
    size_t room = 0;
    ssize_t length;
    bool fine = true;
    while (fine && (length = getline(&text, &room, in)) > 0) {
        talk.line++;
        json_t *message = json_loadb(text, (size_t)length, JSON_REJECT_DUPLICATES, NULL);
        fine = json_is_object(message) ? take(&talk, message, error)
                                       : fail(&talk, "found no JSON object, expected one", error);
        json_decref(message);
    }
    free(text);
    return fine;
}
