/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/program_hello.h"

#include "records/error.h"

#include <string.h>

enum { NAME_MOST = 80, SIDE_MOST = 16384, RATE_MOST = 1000 };

static const char *const formats[] = {"gray", "bgr", "gray+bgr", "i420", NULL};

const char *program_hello_format(TalkFormat format)
{
    return formats[format];
}

/* The text under `key`, the default where there is none; false: it is none of the words. */
static bool read_word(const ProgramLine *line, const char *key, const char *const *words, guint absent,
                      guint *place, GError **error)
{
    const char *said = program_line_text(line, key);
    *place = absent;
    if (said == NULL)
        return true;
    for (guint i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], said) == 0) {
            *place = i;
            return true;
        }
    }
    g_autofree char *all = g_strjoinv(", ", (char **)(void *)words);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "hello.%s: found “%.80s”, expected %s%s", key,
                said, words[1] != NULL ? "one of " : "", all);
    return false;
}

static bool read_only(const ProgramLine *line, const char *key, const char *word, GError **error)
{
    const char *const words[] = {word, NULL};
    guint place = 0;
    return read_word(line, key, words, 0, &place, error);
}

static bool read_size(const ProgramLine *line, const char *key, int *size, GError **error)
{
    const int64_t said = program_line_int(line, key, 0);
    if (said < 0 || said > SIDE_MOST) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "hello.%s: found %" PRId64 ", expected 0 to %d pixels", key, said, SIDE_MOST);
        return false;
    }
    *size = (int)said;
    return true;
}

static bool read_rate(const ProgramLine *line, double *rate, GError **error)
{
    *rate = program_line_number(line, "rate", 0);
    if (*rate >= 0 && *rate <= RATE_MOST)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "hello.rate: found %g, expected 0 to %d pictures a second", *rate, RATE_MOST);
    return false;
}

/* A name goes into the report: one line, not long. */
static bool read_name(const ProgramLine *line, const char *key, char **name, GError **error)
{
    const char *said = program_line_text(line, key);
    bool fine = said == NULL || (*said != '\0' && g_utf8_strlen(said, -1) <= NAME_MOST);
    for (const char *c = said; fine && c != NULL && *c != '\0'; c = g_utf8_next_char(c))
        fine = g_unichar_isprint(g_utf8_get_char(c));
    if (!fine) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "hello.%s: found another text, expected 1 to %d characters that can be printed", key,
                    NAME_MOST);
        return false;
    }
    *name = g_strdup(said);
    return true;
}

/* Who reads the clip itself has no say in how it is shown. */
static bool check_path(const ProgramLine *line, const char *input, GError **error)
{
    static const char *const keys[] = {"format", "width", "height", "rate"};
    for (size_t i = 0; i < G_N_ELEMENTS(keys) && strcmp(input, "path") == 0; i++) {
        const json_t *said = json_object_get(line->json, keys[i]);
        if (said != NULL && !json_is_null(said))
            return program_refuse(
                error, "hello.%s: found one with the input path, expected none: no picture is shown",
                keys[i]);
    }
    return true;
}

bool program_hello_read(const ProgramLine *line, const char *input, const char *gives, const char *starts,
                        TalkHello *hello, GError **error)
{
    guint format = TALK_BGR;
    if (!read_only(line, "protocol", SYSTEM_PROTOCOL, error) || !read_only(line, "input", input, error) ||
        !check_path(line, input, error) || !read_only(line, "gives", gives, error) ||
        !read_only(line, "starts", starts, error) ||
        !read_word(line, "format", formats, TALK_BGR, &format, error) ||
        !read_name(line, "name", &hello->name, error) ||
        !read_name(line, "version", &hello->version, error) ||
        !read_size(line, "width", &hello->width, error) ||
        !read_size(line, "height", &hello->height, error) || !read_rate(line, &hello->rate, error))
        return false;
    hello->format = (TalkFormat)format;
    return true;
}
