/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/statement.h"

#include "bundle/rescore.h"
#include "bundle/tree.h"
#include "evaluate/model.h"

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

static json_t *copy_of(const json_t *results, const char *path)
{
    const json_t *value = model_get(results, path);
    return value != NULL ? json_deep_copy(value) : json_null();
}

static json_t *describe_counts(const json_t *results)
{
    json_int_t evaluations = 0;
    for (size_t i = 0; i < model_count(results, "scenarios"); i++)
        evaluations += (json_int_t)model_count(model_member(results, "scenarios", i), "evaluations");
    return json_pack("{s:I,s:I,s:o,s:o,s:o}", "scenarios", (json_int_t)model_count(results, "scenarios"),
                     "evaluations", evaluations, "clips", copy_of(results, "totals.clips"), "camera_hours",
                     copy_of(results, "totals.camera_hours"), "verdicts", copy_of(results, "verdict_counts"));
}

static json_t *describe_protocols(const json_t *results)
{
    json_t *protocols = json_array();
    for (size_t i = 0; i < model_count(results, "scenarios"); i++) {
        const json_t *scenario = model_member(results, "scenarios", i);
        json_array_append_new(protocols, json_pack("{s:o,s:o,s:o}", "scenario", copy_of(scenario, "id"),
                                                   "protocol", copy_of(scenario, "protocol.id"), "parameters",
                                                   copy_of(scenario, "protocol.parameters")));
    }
    return protocols;
}

char *statement_build(const GPtrArray *files, const json_t *results)
{
    json_t *lock = json_pack("{s:o,s:o,s:o}", "state", copy_of(results, "lock.state"), "date",
                             copy_of(results, "lock.date"), "sha256", copy_of(results, "lock.sha256"));
    json_t *statement =
        json_pack("{s:s,s:o,s:s,s:{s:o,s:{s:o,s:o},s:o,s:o,s:o}}", "_type", STATEMENT_TYPE, "subject",
                  describe_subjects(files), "predicateType", PREDICATE_TYPE, "predicate", "program",
                  copy_of(results, "program"), "audit", "id", copy_of(results, "audit.id"), "sha256",
                  copy_of(results, "audit.sha256"), "counts", describe_counts(results), "protocols",
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

/* The statement that is there does not say what the bag holds: the first thing in which it differs. */
static void explain_statement(const char *folder, const char *statement, GPtrArray *faults)
{
    size_t length = 0;
    g_autofree char *text = read_file(folder, STATEMENT_FILE, &length);
    json_t *found = text != NULL ? json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL) : NULL;
    json_t *expected = json_loads(statement, 0, NULL);
    g_autofree char *path = NULL, *a = NULL, *b = NULL;
    if (text == NULL)
        bag_fault(faults, STATEMENT_FILE, "%s: missing", STATEMENT_FILE);
    else if (found != NULL && rescore_find_difference(found, expected, &path, &a, &b))
        bag_fault(faults, STATEMENT_FILE, "%s: does not speak of this bag: %s: found %s, expected %s",
                  STATEMENT_FILE, path, a, b);
    else
        bag_fault(faults, STATEMENT_FILE, "%s: is not written as the program writes it", STATEMENT_FILE);
    json_decref(found);
    json_decref(expected);
}

static bool has_any_signature(const GPtrArray *files)
{
    return bag_files_find(files, STATEMENT_ENVELOPE) != NULL ||
           bag_files_find(files, STATEMENT_BYTES) != NULL ||
           bag_files_find(files, STATEMENT_SIGNATURE) != NULL || bag_files_find(files, STATEMENT_KEY) != NULL;
}

SignatureState statement_check(const char *folder, const GPtrArray *files, const char *statement,
                               PublicKey *signer, GPtrArray *faults)
{
    if (!is_same(folder, STATEMENT_FILE, statement, strlen(statement)))
        explain_statement(folder, statement, faults);
    if (!has_any_signature(files))
        return SIGNATURE_NONE;
    const guint before = faults->len;
    size_t pem_length = 0, length = 0, signature_length = 0;
    g_autofree char *pem = read_file(folder, STATEMENT_KEY, &pem_length);
    g_autofree char *signature = read_file(folder, STATEMENT_SIGNATURE, &signature_length);
    g_autofree char *bytes = signed_bytes(statement, &length);
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
    g_autofree char *envelope = build_envelope(statement, signer, (const uint8_t *)signature);
    if (!is_same(folder, STATEMENT_ENVELOPE, envelope, strlen(envelope))) {
        bag_fault(faults, STATEMENT_ENVELOPE,
                  "%s: is not the envelope of this statement with the signature in %s", STATEMENT_ENVELOPE,
                  STATEMENT_SIGNATURE);
        return SIGNATURE_WRONG;
    }
    return SIGNATURE_GOOD;
}
