/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/outcome.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Standard output meanwhile leads into `kept`, a file in memory; `real` is where it led before. */
static struct {
    int real, kept;
    json_t *members;
} outcome = {-1, -1, NULL};

bool outcome_wanted(void)
{
    return outcome.members != NULL;
}

bool outcome_begin(GError **error)
{
    fflush(stdout);
    outcome.kept = memfd_create("outcome", MFD_CLOEXEC);
    outcome.real = outcome.kept >= 0 ? dup(STDOUT_FILENO) : -1;
    if (outcome.real < 0 || dup2(outcome.kept, STDOUT_FILENO) < 0)
        return error_refuse(error, VSAUDIT_ERROR_HARNESS, NULL, "--json: %s", g_strerror(errno));
    outcome.members = json_object();
    return true;
}

void outcome_set(const char *key, json_t *value)
{
    if (outcome_wanted())
        json_object_set_new(outcome.members, key, value);
    else
        json_decref(value);
}

json_t *outcome_text(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    return json_string(valid);
}

void outcome_set_strings(const char *key, const GPtrArray *strings)
{
    json_t *list = json_array();
    for (guint i = 0; i < strings->len; i++)
        json_array_append_new(list, outcome_text(g_ptr_array_index(strings, i)));
    outcome_set(key, list);
}

/* The lines that were printed, without the empty ones. */
static json_t *take_lines(void)
{
    json_t *lines = json_array();
    struct stat status;
    fflush(stdout);
    if (fstat(outcome.kept, &status) != 0 || status.st_size == 0)
        return lines;
    const size_t size = (size_t)status.st_size;
    char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, outcome.kept, 0);
    if (bytes == MAP_FAILED)
        return lines;
    g_autofree char *text = g_strndup(bytes, size);
    munmap(bytes, size);
    g_auto(GStrv) list = g_strsplit(text, "\n", -1);
    for (char **line = list; *line != NULL; line++)
        if (**line != '\0')
            json_array_append_new(lines, outcome_text(*line));
    return lines;
}

void outcome_end(const char *command, ExitStatus status, const GError *error)
{
    if (!outcome_wanted())
        return;
    json_t *lines = take_lines();
    dup2(outcome.real, STDOUT_FILENO);
    close(outcome.real);
    close(outcome.kept);
    json_t *document = json_object();
    json_object_set_new(document, "schema", json_string("vsaudit/outcome/1"));
    json_object_set_new(document, "version", json_string(VSAUDIT_VERSION));
    json_object_set_new(document, "command", json_string(command));
    json_object_set_new(document, "status", json_integer((json_int_t)status));
    json_object_set_new(document, "error", error != NULL ? outcome_text(error->message) : json_null());
    json_object_update(document, outcome.members);
    json_object_set_new(document, "lines", lines);
    json_dumpf(document, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    putchar('\n');
    json_decref(document);
    g_clear_pointer(&outcome.members, json_decref);
}
