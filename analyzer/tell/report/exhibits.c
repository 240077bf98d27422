/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/exhibits.h"

#include "records/free.h"

#include <string.h>

typedef struct {
    char *name, *path;
    gsize uri_size; /* 0 = no such picture */
    bool chosen;
} Picture;

struct Exhibits {
    char *run_dir;        /* or NULL */
    const Detail *detail; /* or NULL */
    bool linked;
    Sample *samples[SAMPLE_LISTS];
    GHashTable *by_name; /* char * (the picture's own) -> Picture *, owned by `all` */
    GPtrArray *all;      /* of Picture *, in the order of `strips` */
    GPtrArray *strips;   /* of GPtrArray * of Picture *, in the order of the choice */
};

#define URI_HEAD "data:image/jpeg;base64,"

DEFINE_DESTROY(picture_free, Picture, picture, g_free(picture->name), g_free(picture->path))

/* Exhibits lie in run_dir/evidence/, one level deep; results.json may come from elsewhere, so a name is not
 * trusted. */
static bool name_is_safe(const char *name)
{
    const char *base = g_str_has_prefix(name, "evidence/") ? name + strlen("evidence/") : "";
    return *base != '\0' && *base != '.' && strpbrk(base, "/\\") == NULL;
}

static void add(Exhibits *pictures, GPtrArray *strip, const char *name)
{
    if (name == NULL)
        return;
    Picture *picture = g_hash_table_lookup(pictures->by_name, name);
    if (picture == NULL) {
        picture = g_new0(Picture, 1);
        picture->name = g_strdup(name);
        if (pictures->run_dir != NULL && name_is_safe(name)) {
            picture->path = g_build_filename(pictures->run_dir, name, NULL);
            g_autofree char *bytes = NULL;
            gsize length = 0;
            if (g_file_get_contents(picture->path, &bytes, &length, NULL) && length > 3 &&
                memcmp(bytes, "\xff\xd8\xff", 3) == 0)
                picture->uri_size = strlen(URI_HEAD) + (length + 2) / 3 * 4;
        }
        g_ptr_array_add(pictures->all, picture);
        g_hash_table_insert(pictures->by_name, picture->name, picture);
    }
    g_ptr_array_add(strip, picture);
}

static void add_record(Exhibits *pictures, const json_t *record)
{
    GPtrArray *strip = g_ptr_array_new();
    g_autoptr(ResultsAlert) shown = results_load_alert(record); /* an event has the same pictures */
    for (size_t i = 0; i < shown->strip.count; i++)
        add(pictures, strip, shown->strip.at[i].picture);
    if (shown->strip.count == 0)
        add(pictures, strip, shown->picture);
    g_ptr_array_add(pictures->strips, strip);
}

Exhibits *exhibits_new(const json_t *results, const Detail *detail, const char *run_dir)
{
    Exhibits *pictures = g_new0(Exhibits, 1);
    pictures->run_dir = g_strdup(run_dir);
    pictures->detail = detail;
    pictures->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    pictures->all = g_ptr_array_new_with_free_func(picture_free);
    pictures->strips = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (int list = 0; list < SAMPLE_LISTS; list++)
        pictures->samples[list] =
            sample_draw(results, detail, (SampleList)list, SAMPLE_SEED, sample_shown[list]);
    /* Errors in turn; what was right has what room they leave. */
    const GPtrArray *alerts = pictures->samples[SAMPLE_FALSE_ALERTS]->order,
                    *misses = pictures->samples[SAMPLE_MISSES]->order,
                    *hits = pictures->samples[SAMPLE_HITS]->order;
    for (guint i = 0; i < MAX(alerts->len, misses->len); i++) {
        if (i < alerts->len)
            add_record(pictures, g_ptr_array_index(alerts, i));
        if (i < misses->len)
            add_record(pictures, g_ptr_array_index(misses, i));
    }
    for (guint i = 0; i < hits->len; i++)
        add_record(pictures, g_ptr_array_index(hits, i));
    return pictures;
}

static void clear_exhibits(Exhibits *pictures)
{
    g_hash_table_unref(pictures->by_name);
    g_ptr_array_unref(pictures->strips);
    g_ptr_array_unref(pictures->all);
    for (size_t i = 0; i < G_N_ELEMENTS(pictures->samples); i++)
        sample_free(pictures->samples[i]);
    g_free(pictures->run_dir);
}

DEFINE_FREE(exhibits_free, Exhibits, pictures, clear_exhibits(pictures))

const Detail *exhibits_detail(const Exhibits *pictures)
{
    return pictures->detail;
}

const Sample *exhibits_sample(const Exhibits *pictures, SampleList list)
{
    return pictures->samples[list];
}

void exhibits_set_linked(Exhibits *pictures, bool linked)
{
    pictures->linked = linked;
}

const char *exhibits_link(const Exhibits *pictures, const char *name)
{
    if (!pictures->linked || pictures->run_dir == NULL || name == NULL || !name_is_safe(name))
        return NULL;
    g_autofree char *path = g_build_filename(pictures->run_dir, name, NULL);
    return g_file_test(path, G_FILE_TEST_IS_REGULAR) ? name : NULL;
}

void exhibits_choose(Exhibits *pictures, gsize budget)
{
    for (guint i = 0; i < pictures->all->len; i++)
        ((Picture *)g_ptr_array_index(pictures->all, i))->chosen = false;
    for (guint i = 0; i < pictures->strips->len; i++) {
        const GPtrArray *strip = g_ptr_array_index(pictures->strips, i);
        gsize cost = 0;
        for (guint k = 0; k < strip->len; k++)
            cost += ((const Picture *)g_ptr_array_index(strip, k))->uri_size;
        if (cost == 0 || cost > budget)
            continue;
        budget -= cost;
        for (guint k = 0; k < strip->len; k++) {
            Picture *picture = g_ptr_array_index(strip, k);
            picture->chosen = picture->uri_size > 0;
        }
    }
}

static ExhibitState state_of(const Picture *picture)
{
    if (picture == NULL || picture->uri_size == 0)
        return EXHIBIT_ABSENT;
    return picture->chosen ? EXHIBIT_CHOSEN : EXHIBIT_LEFT_OUT;
}

ExhibitState exhibits_state(const Exhibits *pictures, const char *name)
{
    return name == NULL ? EXHIBIT_ABSENT : state_of(g_hash_table_lookup(pictures->by_name, name));
}

char *exhibits_uri(const Exhibits *pictures, const char *name)
{
    if (exhibits_state(pictures, name) != EXHIBIT_CHOSEN)
        return NULL;
    const Picture *picture = g_hash_table_lookup(pictures->by_name, name);
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!g_file_get_contents(picture->path, &bytes, &length, NULL))
        return NULL;
    g_autofree char *base64 = g_base64_encode((const guchar *)bytes, length);
    return g_strconcat(URI_HEAD, base64, NULL);
}

gsize exhibits_count(const Exhibits *pictures, ExhibitState state)
{
    gsize count = 0;
    for (guint i = 0; i < pictures->all->len; i++)
        count += state_of(g_ptr_array_index(pictures->all, i)) == state;
    return count;
}

gsize exhibits_total(const Exhibits *pictures)
{
    return pictures->all->len;
}
