/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "truth/files.h"

#include "records/option.h"
#include "records/secret.h"
#include "truth/truth.h"

#include <jansson.h>
#include <string.h>
#include <sys/stat.h>

char *file_read(const char *path, const char *what, size_t *length, Problems *problems)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        problems_add(problems, path, 0, 0, NULL, "found no such file, expected %s", what);
        return NULL;
    }
    if (!S_ISREG(status.st_mode)) {
        problems_add(problems, path, 0, 0, NULL, "found something that is not a file, expected %s", what);
        return NULL;
    }
    if (status.st_size > TRUTH_BYTES_MAX) {
        problems_add(problems, path, 0, 0, NULL, "found a file of more than 1 GiB, expected %s (split it)",
                     what);
        return NULL;
    }
    g_autoptr(GError) cause = NULL;
    char *bytes = NULL;
    gsize size = 0;
    if (!g_file_get_contents(path, &bytes, &size, &cause)) {
        problems_add(problems, path, 0, 0, NULL, "found a file that cannot be read (%s), expected %s",
                     cause->message, what);
        return NULL;
    }
    if (secret_is_in(bytes, size)) { /* no error is to quote it */
        g_free(bytes);
        problems_add(problems, path, 0, 0, NULL, "found a secret key, expected %s", what);
        return NULL;
    }
    *length = size;
    return bytes;
}

bool file_is_json(const char **bytes, size_t *length)
{
    const size_t mark = *length >= 3 && memcmp(*bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    size_t at = mark;
    while (at < *length && g_ascii_isspace((*bytes)[at]))
        at++;
    if (at == *length || (*bytes)[at] != '{')
        return false;
    *bytes += mark;
    *length -= mark;
    return true;
}

bool file_parse(const FileFormat *format, const char *bytes, size_t length, const char *name,
                RowFunction each, void *user, Problems *problems, Table *table)
{
    const bool json = format->schema != NULL && file_is_json(&bytes, &length);
    *table = (Table){.file = name,
                     .bytes = bytes,
                     .length = length,
                     .columns = format->columns,
                     .count = format->count,
                     .problems = problems,
                     .guarded = true};
    if (!table_check_text(table))
        return false;
    if (!json) {
        table_read_csv(table, each, user);
        return true;
    }
    json_t *root = table_parse_json(table, format->schema, format->lists);
    for (const char *const *list = format->lists; root != NULL && *list != NULL; list++)
        table_read_json(table, root, *list, each, user);
    json_decref(root);
    return true;
}

bool file_load_csv(const FileFormat *format, const char *path, const char *what, RowFunction each, void *user,
                   char **sha256, Problems *problems)
{
    const guint before = problems_count(problems);
    size_t length = 0;
    g_autofree char *bytes = file_read(path, what, &length, problems);
    Table table;
    if (bytes == NULL || !file_parse(format, bytes, length, path, each, user, problems, &table) ||
        problems_count(problems) != before)
        return false;
    if (sha256 != NULL)
        *sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    return true;
}

bool file_get_behaviour(const Row *row, size_t column, const char *const *behaviours, const char **out)
{
    if (!table_get_text(row, column, out))
        return false;
    if (behaviours == NULL || g_strv_contains(behaviours, *out))
        return true;
    const guint count = g_strv_length((char **)(void *)behaviours);
    const char *nearest = option_nearest_name(*out, behaviours, count);
    g_autofree char *all = g_strjoinv(", ", (char **)(void *)behaviours);
    if (nearest != NULL)
        table_expected(row, column, "a known behaviour, perhaps “%s”", nearest);
    else
        table_expected(row, column, "one of %s", all);
    return false;
}
