/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/statement.h"

#include "bundle/rescore.h"
#include "bundle/tree.h"
#include "bundle/versions.h"
#include "results/document.h"
#include "results/results_json.h"

#include <string.h>

#define PAYLOAD_TYPE "application/vnd.in-toto+json"
#define STATEMENT_TYPE "https://in-toto.io/Statement/v1"
#define PREDICATE_TYPE "urn:vsaudit:evidence-bundle:1"

/* ---- the statement */

static json_t *describe_subjects(const GPtrArray *files)
{
    json_t *subjects = json_array();
    for (guint i = 0; i < files->len; i++) {
        const BagFile *file = g_ptr_array_index(files, i);
        if (!g_str_has_prefix(file->name, STATEMENT_FOLDER) && strcmp(file->name, BAG_TAG_MANIFEST) != 0)
            json_array_append_new(
                subjects, json_pack("{s:s,s:{s:s}}", "name", file->name, "digest", "sha256", file->sha256));
    }
    return subjects;
}

static json_t *copy_of(const json_t *value)
{
    return value != NULL ? json_deep_copy(value) : json_null();
}

static json_t *describe_counts(const Results *results)
{
    json_int_t evaluations = 0;
    for (size_t i = 0; i < results->scenarios.count; i++)
        evaluations += (json_int_t)results->scenarios.at[i].evaluations.count;
    return json_pack("{s:I,s:I,s:o,s:o,s:o}", "scenarios", (json_int_t)results->scenarios.count,
                     "evaluations", evaluations, "clips", results_time(results->totals.clips), "camera_hours",
                     results_number(results->totals.camera_hours), "verdicts",
                     copy_of(results->verdict_counts.json));
}

static json_t *describe_protocols(const Results *results)
{
    json_t *protocols = json_array();
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const ResultsScenario *scenario = &results->scenarios.at[i];
        json_array_append_new(protocols, json_pack("{s:o,s:o,s:o}", "scenario", results_string(scenario->id),
                                                   "protocol", results_string(scenario->protocol.id),
                                                   "parameters", copy_of(scenario->protocol.parameters)));
    }
    return protocols;
}

char *statement_build(const GPtrArray *files, const json_t *document)
{
    g_autoptr(Results) results = results_load(document);
    json_t *lock =
        json_pack("{s:o,s:o,s:o}", "state", results_string(results->lock.state), "date",
                  results_string(results->lock.date), "sha256", results_string(results->lock.sha256));
    json_t *statement =
        json_pack("{s:s,s:o,s:s,s:{s:o,s:{s:o,s:o},s:o,s:o,s:o}}", "_type", STATEMENT_TYPE, "subject",
                  describe_subjects(files), "predicateType", PREDICATE_TYPE, "predicate", "program",
                  copy_of(results->program.json), "audit", "id", results_string(results->audit.id), "sha256",
                  results_string(results->audit.sha256), "counts", describe_counts(results), "protocols",
                  describe_protocols(results), "lock", lock);
    char *text = json_dumps(statement, JSON_COMPACT | JSON_REAL_PRECISION(12));
    char *copy = g_strdup(text);
    free(text);
    json_decref(statement);
    return copy;
}

/* ---- the envelope */

/* What DSSE signs: the type and the statement, each after its length. Caller frees. */
static char *signed_bytes(const char *statement, size_t *length)
{
    char *bytes = g_strdup_printf("DSSEv1 %zu %s %zu %s", strlen(PAYLOAD_TYPE), PAYLOAD_TYPE,
                                  strlen(statement), statement);
    *length = strlen(bytes);
    return bytes;
}

static char *build_envelope(const char *statement, const PublicKey *key, const uint8_t *signature)
{
    g_autofree char *payload = keys_base64(statement, strlen(statement));
    g_autofree char *id = keys_id(key);
    g_autofree char *base64 = keys_base64(signature, KEYS_SIGNATURE_BYTES);
    json_t *envelope = json_pack("{s:s,s:s,s:[{s:s,s:s}]}", "payload", payload, "payloadType", PAYLOAD_TYPE,
                                 "signatures", "keyid", id, "sig", base64);
    char *text = json_dumps(envelope, JSON_INDENT(1));
    char *line = g_strconcat(text, "\n", NULL);
    free(text);
    json_decref(envelope);
    return line;
}

bool statement_write(const char *folder, const char *statement, const SecretKey *key, GError **error)
{
    if (!tree_write(folder, STATEMENT_FILE, statement, strlen(statement), error))
        return false;
    if (key == NULL)
        return true;
    size_t length = 0;
    uint8_t signature[KEYS_SIGNATURE_BYTES];
    const PublicKey public_key = keys_public_of(key);
    g_autofree char *bytes = signed_bytes(statement, &length);
    keys_sign(key, bytes, length, signature);
    g_autofree char *envelope = build_envelope(statement, &public_key, signature);
    g_autofree char *pem = keys_public_pem(&public_key);
    return tree_write(folder, STATEMENT_ENVELOPE, envelope, strlen(envelope), error) &&
           tree_write(folder, STATEMENT_BYTES, bytes, length, error) &&
           tree_write(folder, STATEMENT_SIGNATURE, signature, sizeof signature, error) &&
           tree_write(folder, STATEMENT_KEY, pem, strlen(pem), error);
}

/* ---- checking */

static char *read_file(const char *folder, const char *name, size_t *length)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *bytes = NULL;
    gsize size = 0;
    if (!g_file_get_contents(path, &bytes, &size, NULL))
        return NULL;
    *length = size;
    return bytes;
}

static bool is_same(const char *folder, const char *name, const void *expected, size_t length)
{
    size_t size = 0;
    g_autofree char *bytes = read_file(folder, name, &size);
    return bytes != NULL && size == length && memcmp(bytes, expected, length) == 0;
}

static bool is_known(const char *name)
{
    static const char *const names[] = {STATEMENT_FILE,      STATEMENT_ENVELOPE, STATEMENT_BYTES,
                                        STATEMENT_SIGNATURE, STATEMENT_KEY,      NULL};
    return g_strv_contains(names, name);
}

/* What lies in attestation/ is signed by nobody but through its name. */
static void check_names(const GPtrArray *files, GPtrArray *faults)
{
    for (guint i = 0; i < files->len; i++) {
        const char *name = ((const BagFile *)g_ptr_array_index(files, i))->name;
        if (g_str_has_prefix(name, STATEMENT_FOLDER) && !is_known(name))
            bag_fault(faults, name,
                      "%s: added: nothing but the statement, its envelope, signed bytes, signature and key "
                      "may lie in " STATEMENT_FOLDER,
                      name);
    }
}

static const char *name_of(const json_t *subject)
{
    return json_string_value(json_object_get(subject, "name"));
}

/* Name -> SHA-256, as a statement lists them. A list that names a file twice, or is none, is a fault. */
static GHashTable *read_subjects(const json_t *statement, GPtrArray *faults)
{
    GHashTable *subjects = g_hash_table_new(g_str_hash, g_str_equal);
    size_t i;
    const json_t *subject;
    json_array_foreach(json_object_get(statement, "subject"), i, subject)
    {
        const char *name = name_of(subject),
                   *sha256 = json_string_value(json_object_get(json_object_get(subject, "digest"), "sha256"));
        if (name == NULL || sha256 == NULL)
            bag_fault(faults, STATEMENT_FILE, "%s: subject[%zu]: found no name and SHA-256 of a file",
                      STATEMENT_FILE, i);
        else if (!g_hash_table_insert(subjects, (gpointer)name, (gpointer)sha256))
            bag_fault(faults, name, "%s: is named twice in %s", name, STATEMENT_FILE);
    }
    return subjects;
}

/* Every file must be accounted for by what is signed. */
static void compare_subjects(const json_t *found, const json_t *expected, GPtrArray *faults)
{
    g_autoptr(GHashTable) stated = read_subjects(found, faults);
    g_autoptr(GHashTable) there = read_subjects(expected, faults);
    size_t i;
    const json_t *subject;
    json_array_foreach(json_object_get(expected, "subject"), i, subject)
    {
        const char *name = name_of(subject);
        const char *wanted = g_hash_table_lookup(stated, name);
        if (wanted == NULL)
            bag_fault(faults, name, "%s: added: %s does not list it", name, STATEMENT_FILE);
        else if (strcmp(wanted, g_hash_table_lookup(there, name)) != 0)
            bag_fault(faults, name, "%s: changed: its SHA-256 is %s, %s says %s", name,
                      (const char *)g_hash_table_lookup(there, name), STATEMENT_FILE, wanted);
    }
    json_array_foreach(json_object_get(found, "subject"), i, subject)
    {
        const char *name = name_of(subject);
        if (name != NULL && !g_hash_table_contains(there, name))
            bag_fault(faults, name, "%s: missing: %s lists it", name, STATEMENT_FILE);
    }
}

/* The statement that is there does not say what the bag holds: the first thing in which it differs. */
static void explain_statement(const char *text, size_t length, const char *statement, bool exact,
                              StatementCheck *check, GPtrArray *faults)
{
    json_t *found = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    json_t *expected = json_loads(statement, 0, NULL);
    g_autofree char *path = NULL, *a = NULL, *b = NULL;
    const guint before = faults->len;
    g_auto(VersionDifference) difference = {0};
    compare_subjects(found, expected, faults);
    if (found != NULL && !exact)
        versions_compare(found, expected, &difference);
    if (found == NULL)
        bag_fault(faults, STATEMENT_FILE, "%s: found no JSON, expected a statement", STATEMENT_FILE);
    else if (exact && rescore_find_difference(found, expected, &path, &a, &b))
        bag_fault(faults, STATEMENT_FILE, "%s: does not speak of this bag: %s: found %s, expected %s",
                  STATEMENT_FILE, path, a, b);
    else if (difference.path != NULL)
        bag_fault(faults, STATEMENT_FILE, "%s: does not speak of this bag: %s: found %s, expected %s",
                  STATEMENT_FILE, difference.path, difference.found, difference.expected);
    else if (exact && faults->len == before)
        bag_fault(faults, STATEMENT_FILE, "%s: is not written as the program writes it", STATEMENT_FILE);
    else if (difference.other != NULL)
        check->other_form = g_strdup(difference.other);
    json_decref(found);
    json_decref(expected);
}

/* The text that is signed, once it is known to speak of this bag; NULL when it does not. Caller frees. */
static char *check_text(const char *folder, const char *statement, bool exact, StatementCheck *check,
                        GPtrArray *faults)
{
    size_t length = 0;
    const guint before = faults->len;
    g_autofree char *text = read_file(folder, STATEMENT_FILE, &length);
    if (text == NULL)
        bag_fault(faults, STATEMENT_FILE, "%s: missing", STATEMENT_FILE);
    else if (strlen(text) != length)
        bag_fault(faults, STATEMENT_FILE, "%s: found a zero byte, expected a statement", STATEMENT_FILE);
    else if (strcmp(text, statement) != 0)
        explain_statement(text, length, statement, exact, check, faults);
    return faults->len == before ? g_steal_pointer(&text) : NULL;
}

static bool has_any_signature(const GPtrArray *files)
{
    return bag_files_find(files, STATEMENT_ENVELOPE) != NULL ||
           bag_files_find(files, STATEMENT_BYTES) != NULL ||
           bag_files_find(files, STATEMENT_SIGNATURE) != NULL || bag_files_find(files, STATEMENT_KEY) != NULL;
}

static SignatureState check_signature(const char *folder, const char *text, PublicKey *signer,
                                      GPtrArray *faults)
{
    const guint before = faults->len;
    size_t pem_length = 0, length = 0, signature_length = 0;
    g_autofree char *pem = read_file(folder, STATEMENT_KEY, &pem_length);
    g_autofree char *signature = read_file(folder, STATEMENT_SIGNATURE, &signature_length);
    g_autofree char *bytes = signed_bytes(text, &length);
    if (pem == NULL || strlen(pem) != pem_length || !keys_parse_public(pem, signer))
        bag_fault(faults, STATEMENT_KEY, "%s: found no Ed25519 public key", STATEMENT_KEY);
    if (!is_same(folder, STATEMENT_BYTES, bytes, length))
        bag_fault(faults, STATEMENT_BYTES, "%s: is not what a signature of this bag is over",
                  STATEMENT_BYTES);
    if (signature == NULL || signature_length != KEYS_SIGNATURE_BYTES)
        bag_fault(faults, STATEMENT_SIGNATURE, "%s: found %zu bytes, expected a signature of %d bytes",
                  STATEMENT_SIGNATURE, signature_length, KEYS_SIGNATURE_BYTES);
    if (faults->len > before)
        return SIGNATURE_WRONG;
    if (!keys_verify(signer, bytes, length, (const uint8_t *)signature)) {
        bag_fault(faults, STATEMENT_SIGNATURE, "%s: is not a signature of this bag by the key in %s",
                  STATEMENT_SIGNATURE, STATEMENT_KEY);
        return SIGNATURE_WRONG;
    }
    g_autofree char *envelope = build_envelope(text, signer, (const uint8_t *)signature);
    if (!is_same(folder, STATEMENT_ENVELOPE, envelope, strlen(envelope))) {
        bag_fault(faults, STATEMENT_ENVELOPE,
                  "%s: is not the envelope of this statement with the signature in %s", STATEMENT_ENVELOPE,
                  STATEMENT_SIGNATURE);
        return SIGNATURE_WRONG;
    }
    return SIGNATURE_GOOD;
}

void statement_check(const char *folder, const GPtrArray *files, const char *statement, bool exact,
                     StatementCheck *check, GPtrArray *faults)
{
    *check = (StatementCheck){.state = SIGNATURE_NONE};
    check_names(files, faults);
    g_autofree char *text = check_text(folder, statement, exact, check, faults);
    if (has_any_signature(files))
        check->state = check_signature(folder, text != NULL ? text : statement, &check->signer, faults);
}
