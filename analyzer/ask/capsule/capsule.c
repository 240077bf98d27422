/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capsule/capsule.h"

#include "capsule/canary.h"
#include "capsule/sheet.h"
#include "media/remux.h"
#include "records/error.h"
#include "records/file_hash.h"
#include "records/free.h"
#include "records/save.h"
#include "synth/render.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#define CLIPS "clips"
/* Nothing is told by when a file was written. */
#define FILE_TIME INT64_C(946684800) /* 2000-01-01 */

/* What becomes one clip of the capsule. */
typedef struct {
    const Clip *clip; /* of the audit; NULL: drawn */
    const Dataset *dataset;
    const Scene *scene; /* NULL: none */
    Script *script;     /* of a drawn one: owns the scene */
    char *part;         /* where it lies before it has its name */
    const char *ending;
    RemuxFacts facts;
    SealedClip *sealed; /* goes into the seal */
} Entry;

typedef struct {
    const Audit *audit;
    const CapsuleSpec *spec;
    const char *folder;
    GPtrArray *notes;
    GPtrArray *entries;    /* of Entry * */
    GPtrArray *behaviours; /* of char *, sorted, with a NULL behind */
    guint written;         /* files so far, for their interim names and their chance */
} Making;

static void clear_entry(Entry *entry)
{
    script_free(entry->script);
    g_free(entry->part);
    if (entry->sealed != NULL)
        sealed_clip_free(entry->sealed);
}

DEFINE_DESTROY(entry_free, Entry, entry, clear_entry(entry))

/* ---- files */

/* How this file differs from others of the same pictures. */
static RemuxSpec remux_spec(const Making *making, const char *path, double rate)
{
    struct stat status = {0};
    const guint64 size = stat(path, &status) == 0 ? (guint64)status.st_size : 0;
    const guint64 room = MIN(size / 4 + 262144, 16 * 1024 * 1024 - 64);
    const LotsSeed *seed = &making->spec->seed;
    return (RemuxSpec){.index_first = lots_below(seed, "index", making->written, 2) == 1,
                       .padding = (guint32)(64 + lots_below(seed, "padding", making->written, room)),
                       .rate = rate};
}

static bool write_entry(Making *making, Entry *entry, const char *path, double rate, GError **error)
{
    const RemuxSpec spec = remux_spec(making, path, rate);
    g_autofree char *name = g_strdup_printf("part-%u", making->written++);
    entry->part = g_build_filename(making->folder, CLIPS, name, NULL);
    entry->ending = remux_write(path, entry->part, &spec, &entry->facts, error);
    if (entry->ending == NULL)
        return false;
    entry->sealed->duration_us = entry->facts.duration_us;
    entry->sealed->rate = entry->facts.rate;
    return true;
}

/* ---- the audit's clips */

static bool has_tag(const Clip *clip, const char *tag)
{
    for (guint i = 0; i < clip->tags->len; i++)
        if (strcmp(g_ptr_array_index(clip->tags, i), tag) == 0)
            return true;
    return false;
}

static void leave_out(Making *making, const Clip *clip, const char *why)
{
    g_ptr_array_add(making->notes, g_strdup_printf("clip “%s” is left out: %s", clip->id, why));
}

static bool add_clip(Making *making, const Dataset *dataset, const Clip *clip, GHashTable *met,
                     GError **error)
{
    if (!g_hash_table_add(met, (gpointer)clip))
        return true;
    if (clip->path == NULL || clip->files->len > 0) {
        leave_out(making, clip,
                  clip->path == NULL ? clip->missing_reason
                                     : "it is several files, which cannot be re-muxed as one");
        return true;
    }
    Entry *entry = g_new0(Entry, 1);
    entry->clip = clip;
    entry->dataset = dataset;
    entry->scene = clip->scene;
    entry->sealed = sealed_clip_new();
    entry->sealed->dataset = g_strdup(dataset->id);
    entry->sealed->clip = g_strdup(clip->id);
    entry->sealed->canary = has_tag(clip, CAPSULE_TAG);
    g_autoptr(GError) cause = NULL;
    if (!write_entry(making, entry, clip->path, clip->rate, &cause)) {
        entry_free(entry);
        if (cause->code == VSAUDIT_ERROR_HARNESS) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return false;
        }
        leave_out(making, clip, cause->message);
        return true;
    }
    if (entry->facts.encoder != NULL)
        g_ptr_array_add(
            making->notes,
            g_strdup_printf(
                "clip “%s”: its pictures themselves say by which encoder they were made (%s); that "
                "is left in them, since a decoder may need it",
                clip->id, entry->facts.encoder));
    for (guint i = 0; entry->sealed->canary && i < clip->events->len; i++) {
        const Event *event = g_ptr_array_index(clip->events, i);
        if (event->certainty == CERTAINTY_SCORED &&
            g_strv_contains((const char *const *)making->behaviours->pdata, event->behaviour))
            g_ptr_array_add(entry->sealed->events, event_copy(event));
    }
    g_ptr_array_add(making->entries, entry);
    return true;
}

static bool add_clips(Making *making, GError **error)
{
    g_autoptr(GHashTable) met = g_hash_table_new(NULL, NULL);
    for (guint s = 0; s < making->audit->scenarios->len; s++) {
        const Scenario *scenario = g_ptr_array_index(making->audit->scenarios, s);
        g_autoptr(GPtrArray) clips = scenario_clips(scenario);
        for (guint i = 0; i < clips->len; i++) {
            if (!add_clip(making, scenario->dataset, g_ptr_array_index(clips, i), met, error))
                return false;
        }
        /* Canaries of the dataset, whether or not the scenario counts them. */
        for (guint i = 0; i < scenario->dataset->clips->len; i++) {
            const Clip *clip = g_ptr_array_index(scenario->dataset->clips, i);
            if (has_tag(clip, CAPSULE_TAG) && g_hash_table_contains(clip->coverage, scenario->behaviour) &&
                !add_clip(making, scenario->dataset, clip, met, error))
                return false;
        }
        for (guint c = 0; c < scenario->conditions->len; c++) {
            const ConditionSpec *condition = g_ptr_array_index(scenario->conditions, c);
            if (condition->filter != NULL)
                g_ptr_array_add(making->notes,
                                g_strdup_printf("%s: condition “%s” is left out: clips are given as recorded",
                                                scenario->id, condition->id));
        }
    }
    if (making->entries->len > 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: found no clip that can be given, expected at least one%s%s", making->audit->id,
                making->notes->len > 0 ? "; " : "",
                making->notes->len > 0 ? (const char *)g_ptr_array_index(making->notes, 0) : "");
    return false;
}

/* ---- repeats */

static bool has_event(const Making *making, const Clip *clip)
{
    for (guint i = 0; i < clip->events->len; i++) {
        const Event *event = g_ptr_array_index(clip->events, i);
        if (g_strv_contains((const char *const *)making->behaviours->pdata, event->behaviour))
            return true;
    }
    return false;
}

/* Clips with an event and clips without in turn: both kinds of answers are to be seen twice. */
static GPtrArray *choose_repeated(const Making *making)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < making->entries->len; i++)
        if (!((const Entry *)g_ptr_array_index(making->entries, i))->sealed->canary)
            g_ptr_array_add(all, g_ptr_array_index(making->entries, i));
    lots_shuffle(&making->spec->seed, "repeats", all);
    const guint wanted = (guint)ceil(making->spec->repeats * all->len - 1e-9);
    GPtrArray *chosen = g_ptr_array_new();
    while (chosen->len < wanted) {
        const bool event = chosen->len % 2 == 0;
        guint place = 0;
        for (guint i = 0; i < all->len; i++) {
            if (has_event(making, ((const Entry *)g_ptr_array_index(all, i))->clip) == event) {
                place = i;
                break;
            }
        }
        g_ptr_array_add(chosen, g_ptr_array_remove_index(all, place));
    }
    return chosen;
}

static bool add_repeats(Making *making, GError **error)
{
    g_autoptr(GPtrArray) chosen = choose_repeated(making);
    for (guint i = 0; i < chosen->len; i++) {
        const Entry *first = g_ptr_array_index(chosen, i);
        for (int64_t n = 1; n < making->spec->times; n++) {
            Entry *entry = g_new0(Entry, 1);
            g_ptr_array_add(making->entries, entry);
            entry->clip = first->clip;
            entry->dataset = first->dataset;
            entry->scene = first->scene;
            entry->sealed = sealed_clip_new();
            entry->sealed->dataset = g_strdup(first->sealed->dataset);
            entry->sealed->clip = g_strdup(first->sealed->clip);
            if (!write_entry(making, entry, first->clip->path, first->clip->rate, error))
                return false;
        }
    }
    return true;
}

/* ---- drawn canaries */

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* What most clips are like: the size that is there most often, with the rate of the first clip of that size,
 * and the middle length. */
static CanarySpec usual_clip(const Making *making)
{
    CanarySpec usual = {0};
    const guint count = making->entries->len;
    guint most = 0;
    g_autofree double *lengths = g_new(double, count);
    for (guint i = 0; i < count; i++) {
        const RemuxFacts *one = &((const Entry *)g_ptr_array_index(making->entries, i))->facts;
        guint alike = 0;
        for (guint k = 0; k < count; k++) {
            const RemuxFacts *other = &((const Entry *)g_ptr_array_index(making->entries, k))->facts;
            alike += one->width == other->width && one->height == other->height;
        }
        if (alike > most) {
            most = alike;
            usual.width = one->width;
            usual.height = one->height;
            usual.rate = one->rate;
        }
        lengths[i] = time_to_seconds(one->duration_us);
    }
    qsort(lengths, count, sizeof lengths[0], compare_doubles);
    usual.duration_s = lengths[count / 2];
    return usual;
}

static bool draw_canary(Making *making, const char *behaviour, bool empty, CanarySpec spec, GError **error)
{
    Entry *entry = g_new0(Entry, 1);
    g_ptr_array_add(making->entries, entry);
    spec.chance = lots_draw(&making->spec->seed, "canary", making->written);
    entry->script = canary_script(behaviour, empty, &spec);
    entry->scene = entry->script->scene;
    entry->sealed = sealed_clip_new();
    entry->sealed->canary = true;
    entry->sealed->scene = g_strdup(behaviour);
    g_ptr_array_unref(entry->sealed->events);
    entry->sealed->events = canary_events(entry->script, (const char *const *)making->behaviours->pdata);
    g_autofree char *folder = g_build_filename(making->folder, CLIPS, NULL);
    g_autofree char *drawn = g_strdup_printf("%s/%s.mp4", folder, entry->script->id);
    g_autofree char *hash = render_clip(entry->script, folder, NULL, error);
    const bool fine = hash != NULL && write_entry(making, entry, drawn, 0, error);
    g_unlink(drawn);
    return fine;
}

static bool add_canaries(Making *making, GError **error)
{
    g_autoptr(GPtrArray) drawn = g_ptr_array_new();
    for (guint i = 0; i + 1 < making->behaviours->len; i++) {
        const char *behaviour = g_ptr_array_index(making->behaviours, i);
        if (g_strv_contains(canary_behaviours(), behaviour))
            g_ptr_array_add(drawn, (gpointer)behaviour);
        else if (making->spec->canaries > 0)
            g_ptr_array_add(
                making->notes,
                g_strdup_printf("no canary is drawn for %s; tag clips of the dataset “" CAPSULE_TAG
                                "” whose answer is beyond doubt",
                                behaviour));
    }
    const CanarySpec usual = usual_clip(making);
    for (int64_t n = 0; drawn->len > 0 && n < making->spec->canaries; n++) {
        const char *behaviour = g_ptr_array_index(drawn, (guint)(n % drawn->len));
        if (!draw_canary(making, behaviour, false, usual, error) ||
            !draw_canary(making, behaviour, true, usual, error))
            return false;
    }
    return true;
}

/* ---- names */

static bool name_entries(Making *making, Seal *seal, GPtrArray *scenes, GError **error)
{
    lots_shuffle(&making->spec->seed, "order", making->entries);
    for (guint i = 0; i < making->entries->len; i++) {
        Entry *entry = g_ptr_array_index(making->entries, i);
        SealedClip *sealed = entry->sealed;
        sealed->name = g_strdup_printf("clip-%04u", i + 1);
        sealed->file = g_strdup_printf(CLIPS "/%s%s", sealed->name, entry->ending);
        for (guint k = 0; k < i && entry->clip != NULL; k++)
            sealed->appearance += ((const Entry *)g_ptr_array_index(making->entries, k))->clip == entry->clip;
        g_autofree char *from = g_strconcat(entry->part, entry->ending, NULL);
        g_autofree char *to = g_build_filename(making->folder, sealed->file, NULL);
        sealed->sha256 = g_rename(from, to) == 0 ? file_hash(to, NULL) : NULL;
        if (sealed->sha256 == NULL) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", to,
                        g_strerror(errno));
            return false;
        }
        g_ptr_array_add(seal->clips, g_steal_pointer(&entry->sealed));
        g_ptr_array_add(scenes, (gpointer)entry->scene);
    }
    return true;
}

/* ---- sums */

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *list_files(const char *folder)
{
    static const char *const places[] = {"", CLIPS "/"};
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *path = g_build_filename(folder, places[i], NULL);
        g_autoptr(GDir) directory = g_dir_open(path, 0, NULL);
        const char *name;
        while (directory != NULL && (name = g_dir_read_name(directory)) != NULL) {
            g_autofree char *file = g_build_filename(path, name, NULL);
            if (g_file_test(file, G_FILE_TEST_IS_REGULAR))
                g_ptr_array_add(names, g_strconcat(places[i], name, NULL));
        }
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

static bool write_sums(const char *folder, GError **error)
{
    g_autoptr(GPtrArray) names = list_files(folder);
    g_autoptr(GString) sums = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *sha256 = file_hash(path, NULL);
        if (sha256 == NULL) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be read: %s", path,
                        g_strerror(errno));
            return false;
        }
        g_string_append_printf(sums, "%s  %s\n", sha256, name);
    }
    g_autofree char *path = g_build_filename(folder, CAPSULE_SUMS, NULL);
    return save_file(path, sums->str, (gssize)sums->len, error);
}

static void even_times(const char *folder)
{
    g_autoptr(GPtrArray) names = list_files(folder);
    g_ptr_array_add(names, g_strdup(CLIPS));
    g_ptr_array_add(names, g_strdup("."));
    const struct timespec times[] = {{.tv_sec = FILE_TIME}, {.tv_sec = FILE_TIME}};
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, g_ptr_array_index(names, i), NULL);
        utimensat(AT_FDCWD, path, times, 0);
    }
}

static bool write_seal_hash(const Seal *seal, const char *folder, GError **error)
{
    g_autofree char *text = seal_to_text(seal);
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    g_autofree char *line = g_strconcat(sha256, "\n", NULL);
    g_autofree char *path = g_build_filename(folder, CAPSULE_SEAL, NULL);
    return save_file(path, line, -1, error);
}

/* ---- all */

static gint compare_words(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void list_behaviours(const Audit *audit, GPtrArray *behaviours)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const char *behaviour = ((const Scenario *)g_ptr_array_index(audit->scenarios, i))->behaviour;
        if (!g_ptr_array_find_with_equal_func(behaviours, behaviour, g_str_equal, NULL))
            g_ptr_array_add(behaviours, g_strdup(behaviour));
    }
    g_ptr_array_sort(behaviours, compare_words);
    g_ptr_array_add(behaviours, NULL);
}

void capsule_list_inputs(const Audit *audit, Seal *seal)
{
    seal_add_file(seal, audit->file, audit->sha256);
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        seal_add_file(seal, scenario->file, scenario->sha256);
    }
    for (guint i = 0; i < audit->datasets->len; i++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, i);
        seal_add_file(seal, dataset->file, dataset->sha256);
        for (guint t = 0; t < dataset->truth_files->len; t++)
            seal_add_file(seal, g_ptr_array_index(dataset->truth_files, t),
                          g_ptr_array_index(dataset->truth_hashes, t));
    }
}

Seal *capsule_make(const Audit *audit, const CapsuleSpec *spec, const char *folder, GPtrArray *notes,
                   GError **error)
{
    g_assert(spec->repeats >= 0 && spec->repeats <= 1 && spec->times >= 2 && spec->canaries >= 0);
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(entry_free);
    g_autoptr(GPtrArray) behaviours = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) scenes = g_ptr_array_new();
    list_behaviours(audit, behaviours);
    Making making = {audit, spec, folder, notes, entries, behaviours, 0};
    g_autofree char *clips = g_build_filename(folder, CLIPS, NULL);
    if (g_mkdir_with_parents(clips, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made: %s", clips,
                    g_strerror(errno));
        return NULL;
    }
    g_autoptr(Seal) seal = seal_new();
    seal->seed = lots_seed_text(&spec->seed);
    seal->audit = g_strdup(audit->id);
    for (guint i = 0; i + 1 < behaviours->len; i++)
        g_ptr_array_add(seal->behaviours, g_strdup(g_ptr_array_index(behaviours, i)));
    capsule_list_inputs(audit, seal);
    if (!add_clips(&making, error) || !add_repeats(&making, error) || !add_canaries(&making, error) ||
        !name_entries(&making, seal, scenes, error) || !sheet_write(seal, scenes, folder, error) ||
        !write_seal_hash(seal, folder, error) || !write_sums(folder, error))
        return NULL;
    even_times(folder);
    return g_steal_pointer(&seal);
}
