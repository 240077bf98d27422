/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/look_log.h"

#include "records/error.h"
#include "records/free.h"
#include "records/save.h"

#include <string.h>

struct LookLog {
    json_t *lines;       /* of all looks */
    json_t *evaluations; /* of the look to come */
    char *audit, *inputs, *lock;
    bool changed;
    GHashTable *names; /* of the audit's evaluations: "scenario\1system\1condition" */
    GHashTable *claims; /* "scenario\1claim" */
};

char *look_log_beside(const char *lock)
{
    return g_strconcat(lock, ".looks", NULL);
}

static LookLog *new_log(void)
{
    LookLog *log = g_new0(LookLog, 1);
    log->lines = json_array();
    log->evaluations = json_array();
    log->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    log->claims = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return log;
}

DEFINE_FREE(look_log_free, LookLog, log, json_decref(log->lines), json_decref(log->evaluations),
            FREE_EACH(log->audit, log->inputs, log->lock), g_hash_table_unref(log->names),
            g_hash_table_unref(log->claims))

/* ---- lines */

static const char *string(const json_t *line, const char *key)
{
    const char *value = json_string_value(json_object_get(line, key));
    return value != NULL ? value : "";
}

static char *write_line(const json_t *line)
{
    char *text = json_dumps(line, JSON_COMPACT | JSON_SORT_KEYS);
    char *copy = g_strdup(text);
    free(text);
    return copy;
}

/* SHA-256 of a part of a line. Caller frees. */
static char *digest_of(const json_t *said)
{
    g_autofree char *text = write_line(said);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

/* Of a line without its "chain". */
static char *chain_of(const json_t *line)
{
    json_t *bare = json_copy((json_t *)line);
    json_object_del(bare, "chain");
    char *chain = digest_of(bare);
    json_decref(bare);
    return chain;
}

static const json_t *last_line(const LookLog *log)
{
    return json_array_get(log->lines, json_array_size(log->lines) - 1);
}

/* Takes the line, which says nothing yet of its place. */
static void add_line(LookLog *log, json_t *line)
{
    json_object_set_new(line, "number", json_integer((json_int_t)json_array_size(log->lines) + 1));
    json_object_set_new(line, "previous", json_string(string(last_line(log), "chain")));
    json_object_del(line, "chain");
    g_autofree char *chain = chain_of(line);
    json_object_set_new(line, "chain", json_string(chain));
    json_array_append_new(log->lines, line);
}

static bool read_line(LookLog *log, const char *path, guint number, const char *text, GError **error)
{
    json_error_t why;
    json_t *line = json_loads(text, JSON_REJECT_DUPLICATES, &why);
    const char *fault = NULL;
    if (!json_is_object(line) || strcmp(string(line, "schema"), LOOK_SCHEMA) != 0 ||
        !json_is_array(json_object_get(line, "evaluations"))) {
        fault = "found no look (schema " LOOK_SCHEMA ")";
    } else {
        g_autofree char *chain = chain_of(line);
        if (strcmp(string(line, "chain"), chain) != 0)
            fault = "found a look that was altered after it was written";
        else if (json_integer_value(json_object_get(line, "number")) != (json_int_t)number ||
                 strcmp(string(line, "previous"), string(last_line(log), "chain")) != 0)
            fault = "found a look that does not follow on the one before";
    }
    if (fault == NULL) {
        json_array_append_new(log->lines, line);
        return true;
    }
    json_decref(line);
    return error_refuse(error, VSAUDIT_ERROR_INTEGRITY, path,
                        "line %u: %s, expected the log of looks as it was written: it is only ever added to",
                        number, fault);
}

LookLog *look_log_read(const char *path, GError **error)
{
    g_autoptr(LookLog) log = new_log();
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return g_steal_pointer(&log);
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!error_read_file(path, &bytes, &length, error))
        return NULL;
    g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        if (*lines[i] == '\0' && lines[i + 1] == NULL)
            break;
        if (!read_line(log, path, i + 1, lines[i], error))
            return NULL;
    }
    return g_steal_pointer(&log);
}

bool look_log_write(const LookLog *log, const char *path, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    size_t i;
    const json_t *line;
    json_array_foreach(log->lines, i, line)
    {
        g_autofree char *written = write_line(line);
        g_string_append_printf(text, "%s\n", written);
    }
    return save_file(path, text->str, (gssize)text->len, error);
}

/* ---- which looks are the same */

static bool same_value(const json_t *a, const json_t *b, const char *key)
{
    const json_t *x = json_object_get(a, key), *y = json_object_get(b, key);
    return (json_is_null(x) || x == NULL) ? (json_is_null(y) || y == NULL) : json_equal(x, y);
}

static bool same_look(const json_t *a, const json_t *b)
{
    return same_value(a, b, "evaluations") && same_value(a, b, "lock") && same_value(a, b, "audit");
}

void look_log_merge(LookLog *log, const LookLog *other)
{
    size_t i, j;
    const json_t *line, *known;
    json_array_foreach(other->lines, i, line)
    {
        bool there = false;
        json_array_foreach(log->lines, j, known)
            there = there || (same_look(line, known) && same_value(line, known, "results"));
        if (!there)
            add_line(log, json_deep_copy(line));
    }
}

/* ---- the look to come */

static char *name_of(const char *scenario, const char *system, const char *condition)
{
    return g_strdup_printf("%s\1%s\1%s", scenario, system, condition);
}

static char *name_of_evaluation(const json_t *evaluation)
{
    return name_of(string(evaluation, "scenario"), string(evaluation, "system"), string(evaluation, "condition"));
}

static char *name_of_claim(const char *scenario, const char *claim)
{
    return g_strdup_printf("%s\1%s", scenario, claim);
}

static void note_names(LookLog *log, const Scenario *scenario)
{
    for (guint i = 0; i < scenario->claims->len; i++) {
        const Claim *claim = g_ptr_array_index(scenario->claims, i);
        g_hash_table_add(log->claims, name_of_claim(scenario->id, claim->id));
    }
    for (guint s = 0; s < scenario->systems->len; s++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, s);
        for (guint c = 0; c < scenario->conditions->len; c++) {
            const ConditionSpec *condition = g_ptr_array_index(scenario->conditions, c);
            g_hash_table_add(log->names, name_of(scenario->id, system->id, condition->id));
        }
    }
}

/* The files that say what is measured, and the truth. */
static char *hash_inputs(const Audit *audit)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    const char *none = "-";
    g_autoptr(GPtrArray) hashes = g_ptr_array_new();
    g_ptr_array_add(hashes, audit->sha256);
    for (guint i = 0; i < audit->scenarios->len; i++)
        g_ptr_array_add(hashes, ((const Scenario *)g_ptr_array_index(audit->scenarios, i))->sha256);
    for (guint i = 0; i < audit->datasets->len; i++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, i);
        g_ptr_array_add(hashes, dataset->sha256);
        for (guint t = 0; t < dataset->truth_hashes->len; t++)
            g_ptr_array_add(hashes, g_ptr_array_index(dataset->truth_hashes, t));
    }
    for (guint i = 0; i < hashes->len; i++) {
        const char *hash = g_ptr_array_index(hashes, i);
        g_checksum_update(sum, (const guchar *)(hash != NULL ? hash : none), -1);
        g_checksum_update(sum, (const guchar *)"\n", 1);
    }
    return g_strdup(g_checksum_get_string(sum));
}

void look_log_begin(LookLog *log, const Audit *audit, const char *lock, bool changed)
{
    log->audit = g_strdup(audit->id);
    log->inputs = hash_inputs(audit);
    log->lock = g_strdup(lock);
    log->changed = changed;
    for (guint i = 0; i < audit->scenarios->len; i++)
        note_names(log, g_ptr_array_index(audit->scenarios, i));
}

void look_log_note(LookLog *log, const char *scenario, const char *system, const char *condition,
                   json_t *clips, json_t *claims)
{
    g_autofree char *digest = digest_of(clips);
    json_array_append_new(log->evaluations,
                          json_pack("{s:s,s:s,s:s,s:s,s:O,s:o}", "scenario", scenario, "system", system,
                                    "condition", condition, "digest", digest, "clips", clips, "claims", claims));
}

void look_log_note_read(LookLog *log, const char *scenario, const char *system, const char *condition,
                        const char *claim)
{
    g_autofree char *name = name_of(scenario, system, condition);
    size_t i, j;
    const json_t *evaluation;
    json_t *said;
    json_array_foreach(log->evaluations, i, evaluation)
    {
        g_autofree char *other = name_of_evaluation(evaluation);
        json_array_foreach(json_object_get(evaluation, "claims"), j, said)
        {
            if (strcmp(other, name) == 0 && strcmp(string(said, "id"), claim) == 0)
                json_object_set_new(said, "read", json_true());
        }
    }
}

/* ---- what came before */

static const char *part(const json_t *clip, size_t index)
{
    const char *value = json_string_value(json_array_get(clip, index));
    return value != NULL ? value : "";
}

/* Whether one piece of footage, with its truth, is in both, under whatever name. */
static bool shares_footage(const json_t *clips, const json_t *earlier)
{
    g_autoptr(GHashTable) footage = g_hash_table_new(g_str_hash, g_str_equal);
    const char *id;
    json_t *clip;
    json_object_foreach((json_t *)clips, id, clip)
        g_hash_table_add(footage, (gpointer)part(clip, 0));
    json_object_foreach((json_t *)earlier, id, clip)
    {
        if (g_hash_table_contains(footage, part(clip, 0)))
            return true;
    }
    return false;
}

/* Whether all that was scored then is here as it was; more may have come. */
static bool contains(const json_t *clips, const json_t *earlier)
{
    const char *id;
    json_t *clip;
    json_object_foreach((json_t *)earlier, id, clip)
    {
        if (!json_equal(clip, json_object_get(clips, id)))
            return false;
    }
    return true;
}

static bool under_lock(const LookLog *log, const json_t *line)
{
    return log->lock != NULL && strcmp(string(line, "lock"), log->lock) == 0;
}

/* Whether the line's evaluation is one of the same claims: by name, or, where names may have changed, one that
 * is named nowhere any more. */
static bool is_of_claims(const LookLog *log, const json_t *evaluation, const char *name)
{
    g_autofree char *other = name_of_evaluation(evaluation);
    return strcmp(other, name) == 0 || (log->changed && !g_hash_table_contains(log->names, other));
}

/* Whether the claim was read as the one verdict that it has: at its horizon, or, without a plan, under a lock. */
static bool is_read(const json_t *line, const json_t *claim)
{
    const char *plan = string(claim, "plan");
    return json_is_true(json_object_get(claim, "read")) &&
           (strcmp(plan, looks_plan_name(LOOKS_AT_HORIZON)) == 0 ||
            (strcmp(plan, looks_plan_name(LOOKS_NOT_STATED)) == 0 && *string(line, "lock") != '\0'));
}

static void note_read(const LookLog *log, const char *scenario, const json_t *line, const json_t *evaluation,
                      GHashTable *read)
{
    size_t i;
    const json_t *claim;
    json_array_foreach(json_object_get(evaluation, "claims"), i, claim)
    {
        if (!is_read(line, claim))
            continue;
        g_autofree char *name = name_of_claim(scenario, string(claim, "id"));
        const bool there = g_hash_table_contains(log->claims, name);
        g_hash_table_add(read, g_strdup(there ? string(claim, "id") : LOOK_OF_ANY_CLAIM));
    }
}

LooksHistory look_log_history(const LookLog *log, const char *scenario, const char *system,
                              const char *condition, const json_t *clips, GHashTable *read)
{
    LooksHistory history = {.locked = log->lock != NULL};
    g_autofree char *name = name_of(scenario, system, condition), *digest = digest_of(clips);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    size_t i, j;
    const json_t *line, *evaluation;
    json_array_foreach(log->lines, i, line)
    {
        json_array_foreach(json_object_get(line, "evaluations"), j, evaluation)
        {
            const json_t *earlier = json_object_get(evaluation, "clips");
            if (!is_of_claims(log, evaluation, name) ||
                (!under_lock(log, line) && !shares_footage(clips, earlier)))
                continue;
            if (strcmp(string(evaluation, "digest"), digest) == 0)
                return history; /* this very look: what came later does not concern it */
            note_read(log, scenario, line, evaluation, read); /* of one digest the plan may be another */
            if (!g_hash_table_add(seen, (gpointer)string(evaluation, "digest")))
                continue;
            history.earlier++;
            history.exchanged = history.exchanged || !contains(clips, earlier);
        }
    }
    return history;
}

static json_t *describe(const LookLog *log)
{
    json_t *line = json_pack("{s:s,s:s,s:s,s:O}", "schema", LOOK_SCHEMA, "audit", log->audit, "inputs",
                             log->inputs, "evaluations", log->evaluations);
    json_object_set_new(line, "lock", log->lock != NULL ? json_string(log->lock) : json_null());
    return line;
}

const char *look_log_head(const LookLog *log, size_t place)
{
    return place > 0 ? string(json_array_get(log->lines, place - 1), "chain") : "";
}

size_t look_log_place(const LookLog *log, const char **head)
{
    json_t *now = describe(log);
    const size_t count = json_array_size(log->lines);
    size_t place = 0;
    while (place < count && !same_look(json_array_get(log->lines, place), now))
        place++;
    json_decref(now);
    *head = look_log_head(log, place);
    return place;
}

bool look_log_is_look(const LookLog *log)
{
    return json_array_size(log->evaluations) > 0;
}

char *look_log_digest(const LookLog *log)
{
    return digest_of(log->evaluations);
}

char *look_log_digest_at(const LookLog *log, size_t place)
{
    const json_t *line = json_array_get(log->lines, place);
    return line != NULL ? digest_of(json_object_get(line, "evaluations")) : NULL;
}

int64_t look_log_before_lock(const LookLog *log)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *head;
    const size_t place = look_log_place(log, &head);
    for (size_t i = 0; i < place && log->lock != NULL; i++) {
        const json_t *line = json_array_get(log->lines, i);
        size_t j, k;
        const json_t *evaluation, *now;
        bool shares = false;
        json_array_foreach(json_object_get(line, "evaluations"), j, evaluation)
        {
            json_array_foreach(log->evaluations, k, now)
                shares = shares || shares_footage(json_object_get(now, "clips"), json_object_get(evaluation, "clips"));
        }
        if (!under_lock(log, line) && shares)
            g_hash_table_add(seen, write_line(json_object_get(line, "evaluations")));
    }
    return g_hash_table_size(seen);
}

size_t look_log_count(const LookLog *log)
{
    return json_array_size(log->lines);
}

void look_log_append(LookLog *log, const char *results_sha256, const char *time)
{
    if (!look_log_is_look(log))
        return;
    json_t *line = describe(log);
    json_object_set_new(line, "results", json_string(results_sha256));
    size_t i;
    const json_t *known;
    json_array_foreach(log->lines, i, known)
    {
        if (same_look(line, known) && same_value(line, known, "results")) {
            json_decref(line);
            return;
        }
    }
    json_object_set_new(line, "time", json_string(time));
    add_line(log, line);
}
