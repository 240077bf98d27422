/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pictures.h"

#include <string.h>

typedef struct {
    char *name, *path, *digest;
    gsize uri_size; /* 0 = no such picture */
    gsize uses;     /* how often the report shows it */
    bool chosen;
} Picture;

struct Pictures {
    GHashTable *by_name; /* char * (the picture's own) -> Picture *, owned by `order` */
    GPtrArray *order;    /* by digest */
};

#define URI_HEAD "data:image/jpeg;base64,"

static void picture_free(gpointer data)
{
    Picture *picture = data;
    g_free(picture->name);
    g_free(picture->path);
    g_free(picture->digest);
    g_free(picture);
}

/* Pictures lie in run_dir/evidence/, one level deep; results.json may come from elsewhere, so a name is not
 * trusted. */
static bool name_is_safe(const char *name)
{
    const char *base = g_str_has_prefix(name, "evidence/") ? name + strlen("evidence/") : "";
    return *base != '\0' && *base != '.' && strpbrk(base, "/\\") == NULL;
}

static void add(Pictures *pictures, const char *run_dir, const char *name)
{
    if (name == NULL)
        return;
    Picture *known = g_hash_table_lookup(pictures->by_name, name);
    if (known != NULL) {
        known->uses++;
        return;
    }
    Picture *picture = g_new0(Picture, 1);
    picture->uses = 1;
    picture->name = g_strdup(name);
    picture->digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, name, -1);
    if (run_dir != NULL && name_is_safe(name)) {
        picture->path = g_build_filename(run_dir, name, NULL);
        g_autofree char *bytes = NULL;
        gsize length = 0;
        if (g_file_get_contents(picture->path, &bytes, &length, NULL) && length > 3 &&
            memcmp(bytes, "\xff\xd8\xff", 3) == 0)
            picture->uri_size = strlen(URI_HEAD) + (length + 2) / 3 * 4;
    }
    g_ptr_array_add(pictures->order, picture);
    g_hash_table_insert(pictures->by_name, picture->name, picture);
}

static int compare_digest(gconstpointer a, gconstpointer b)
{
    const Picture *const *left = a, *const *right = b;
    return strcmp((*left)->digest, (*right)->digest);
}

typedef struct {
    Pictures *pictures;
    const char *run_dir;
} Search;

static void search_evaluation(const json_t *scenario, const json_t *evaluation, void *user)
{
    (void)scenario;
    const Search *search = user;
    for (size_t i = 0; i < model_count(evaluation, "clips"); i++) {
        const json_t *clip = model_member(evaluation, "clips", i);
        for (size_t j = 0; j < model_count(clip, "alerts"); j++)
            add(search->pictures, search->run_dir, model_string(model_member(clip, "alerts", j), "picture"));
        for (size_t j = 0; j < model_count(clip, "events"); j++)
            add(search->pictures, search->run_dir, model_string(model_member(clip, "events", j), "picture"));
    }
}

Pictures *pictures_new(const json_t *results, const char *run_dir)
{
    Pictures *pictures = g_new0(Pictures, 1);
    pictures->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    pictures->order = g_ptr_array_new_with_free_func(picture_free);
    Search search = {pictures, run_dir};
    model_visit_evaluations(results, search_evaluation, &search);
    g_ptr_array_sort(pictures->order, compare_digest);
    return pictures;
}

void pictures_free(Pictures *pictures)
{
    if (pictures == NULL)
        return;
    g_hash_table_unref(pictures->by_name);
    g_ptr_array_unref(pictures->order);
    g_free(pictures);
}

void pictures_choose(Pictures *pictures, gsize budget)
{
    for (guint i = 0; i < pictures->order->len; i++) {
        Picture *picture = g_ptr_array_index(pictures->order, i);
        gsize cost = picture->uri_size * picture->uses;
        picture->chosen = cost > 0 && cost <= budget;
        if (picture->chosen)
            budget -= cost;
    }
}

static PictureState state_of(const Picture *picture)
{
    if (picture == NULL || picture->uri_size == 0)
        return PICTURE_ABSENT;
    return picture->chosen ? PICTURE_CHOSEN : PICTURE_LEFT_OUT;
}

PictureState pictures_state(const Pictures *pictures, const char *name)
{
    return name == NULL ? PICTURE_ABSENT : state_of(g_hash_table_lookup(pictures->by_name, name));
}

char *pictures_uri(const Pictures *pictures, const char *name)
{
    if (pictures_state(pictures, name) != PICTURE_CHOSEN)
        return NULL;
    const Picture *picture = g_hash_table_lookup(pictures->by_name, name);
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!g_file_get_contents(picture->path, &bytes, &length, NULL))
        return NULL;
    g_autofree char *base64 = g_base64_encode((const guchar *)bytes, length);
    return g_strconcat(URI_HEAD, base64, NULL);
}

gsize pictures_count(const Pictures *pictures, PictureState state)
{
    gsize count = 0;
    for (guint i = 0; i < pictures->order->len; i++)
        count += state_of(g_ptr_array_index(pictures->order, i)) == state;
    return count;
}
