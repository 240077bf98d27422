/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/sequence.h"

#include "records/error.h"
#include "records/free.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

/* The pattern's name in parts: "frame" 4 ".jpg". */
typedef struct {
    char *before, *after;
    int width;
} Pattern;

static void pattern_clear(Pattern *pattern)
{
    g_free(pattern->before);
    g_free(pattern->after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pattern, pattern_clear)

static bool pattern_parse(const char *path, Pattern *pattern)
{
    *pattern = (Pattern){0};
    g_autofree char *name = g_path_get_basename(path);
    const char *percent = strchr(name, '%');
    if (percent == NULL)
        return false;
    const char *p = percent + 1;
    while (g_ascii_isdigit(*p) && pattern->width < 100)
        pattern->width = pattern->width * 10 + (*p++ - '0');
    if (*p != 'd' || pattern->width > 18 || strchr(p, '%') != NULL)
        return false;
    pattern->before = g_strndup(name, (gsize)(percent - name));
    pattern->after = g_strdup(p + 1);
    return true;
}

bool sequence_is_pattern(const char *path)
{
    g_auto(Pattern) pattern;
    return pattern_parse(path, &pattern);
}

/* The number in a file's name; -1 when the name is not of the pattern. */
static int64_t number_of(const Pattern *pattern, const char *name)
{
    if (!g_str_has_prefix(name, pattern->before) || !g_str_has_suffix(name, pattern->after))
        return -1;
    const size_t fixed = strlen(pattern->before) + strlen(pattern->after);
    const size_t length = strlen(name);
    if (length <= fixed || length - fixed > 18)
        return -1;
    const size_t digits = length - fixed;
    const char *first = name + strlen(pattern->before);
    int64_t number = 0;
    for (size_t i = 0; i < digits; i++) {
        if (!g_ascii_isdigit(first[i]))
            return -1;
        number = number * 10 + (first[i] - '0');
    }
    /* "%04d" writes 7 as 0007 and 12345 as it is; "%d" writes no leading zero */
    const size_t width = (size_t)MAX(pattern->width, 1);
    return digits == width || (digits > width && *first != '0') ? number : -1;
}

static gint compare_numbers(gconstpointer a, gconstpointer b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

DEFINE_FREE(sequence_free, Sequence, sequence, g_array_unref(sequence->numbers),
            g_array_unref(sequence->empty))

static bool is_empty(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 0;
}

Sequence *sequence_find(const char *path, GError **error)
{
    g_auto(Pattern) pattern;
    const bool is_pattern = pattern_parse(path, &pattern);
    g_assert(is_pattern);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GError) why = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &why);
    if (dir == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: no such folder of pictures: %s", path,
                    why->message);
        return NULL;
    }
    g_autoptr(Sequence) found = g_new0(Sequence, 1);
    found->numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));
    found->empty = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        const int64_t number = number_of(&pattern, name);
        if (number < 0)
            continue;
        /* libav takes a file without a byte for the end of all */
        GArray *array = is_empty(folder, name) ? found->empty : found->numbers;
        g_array_append_val(array, number);
    }
    g_array_sort(found->numbers, compare_numbers);
    g_array_sort(found->empty, compare_numbers);
    if (found->numbers->len == 0 && found->empty->len > 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: every picture of that name is empty (0 bytes)", path);
        return NULL;
    }
    if (found->numbers->len == 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: no picture of that name in the folder; expected files such as %s%0*d%s", path,
                    pattern.before, pattern.width, 1, pattern.after);
        return NULL;
    }
    found->first = g_array_index(found->numbers, int64_t, 0);
    found->last = g_array_index(found->numbers, int64_t, found->numbers->len - 1);
    if (found->empty->len > 0) {
        found->first = MIN(found->first, g_array_index(found->empty, int64_t, 0));
        found->last = MAX(found->last, g_array_index(found->empty, int64_t, found->empty->len - 1));
    }
    if (found->last > G_MAXINT32) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: numbers above 2147483647 cannot be read",
                    path);
        return NULL;
    }
    return g_steal_pointer(&found);
}

char *sequence_list(const GArray *numbers)
{
    enum { MOST = 5 };
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < MIN(numbers->len, MOST); i++)
        g_string_append_printf(text, "%s%" PRId64, i > 0 ? ", " : "", g_array_index(numbers, int64_t, i));
    if (numbers->len > MOST)
        g_string_append(text, ", …");
    return g_string_free(text, FALSE);
}

GArray *sequence_missing(const Sequence *sequence, guint most)
{
    GArray *missing = g_array_new(FALSE, FALSE, sizeof(int64_t));
    guint at = 0, empty = 0;
    for (int64_t number = sequence->first; number <= sequence->last && missing->len < most; number++) {
        if (at < sequence->numbers->len && g_array_index(sequence->numbers, int64_t, at) == number)
            at++;
        else if (empty < sequence->empty->len && g_array_index(sequence->empty, int64_t, empty) == number)
            empty++;
        else
            g_array_append_val(missing, number);
    }
    return missing;
}
