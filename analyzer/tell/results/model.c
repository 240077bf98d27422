/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/model.h"

#include <math.h>
#include <string.h>

const json_t *model_get(const json_t *json, const char *path)
{
    char key[128];
    while (json != NULL && *path != '\0') {
        size_t length = strcspn(path, ".");
        if (length >= sizeof key)
            return NULL;
        memcpy(key, path, length);
        key[length] = '\0';
        json = json_object_get(json, key);
        path += length + (path[length] == '.');
    }
    return json_is_null(json) ? NULL : json;
}

const char *model_string(const json_t *json, const char *path)
{
    return json_string_value(model_get(json, path));
}

double model_number(const json_t *json, const char *path)
{
    const json_t *value = model_get(json, path);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

int64_t model_integer(const json_t *json, const char *path, int64_t unknown)
{
    const json_t *value = model_get(json, path);
    return json_is_integer(value) ? (int64_t)json_integer_value(value) : unknown;
}

bool model_true(const json_t *json, const char *path)
{
    return json_is_true(model_get(json, path));
}

size_t model_count(const json_t *json, const char *path)
{
    return json_array_size(model_get(json, path));
}

const json_t *model_member(const json_t *json, const char *path, size_t i)
{
    return json_array_get(model_get(json, path), i);
}

char *model_format_exact(double value)
{
    if (isnan(value))
        return g_strdup("");
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup(g_ascii_formatd(text, sizeof text, "%.12g", value));
}

void model_visit_evaluations(const json_t *results, ModelVisitor visit, void *user)
{
    for (size_t i = 0; i < model_count(results, "scenarios"); i++) {
        const json_t *scenario = model_member(results, "scenarios", i);
        for (size_t j = 0; j < model_count(scenario, "evaluations"); j++)
            visit(scenario, model_member(scenario, "evaluations", j), user);
    }
}

bool model_is_short(const json_t *evaluation)
{
    const double hours = model_number(evaluation, "exposure.camera_hours");
    return hours > 0 && hours < 1;
}

static void find_copied(const json_t *scenario, const json_t *evaluation, void *user)
{
    (void)scenario;
    *(int64_t *)user = MAX(*(int64_t *)user, model_integer(evaluation, "exposure.copied_clips", 0));
}

int64_t model_copied_clips(const json_t *results)
{
    int64_t most = 0;
    model_visit_evaluations(results, find_copied, &most);
    return most;
}
