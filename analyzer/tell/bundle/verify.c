/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/verify.h"

#include "bundle/archive.h"
#include "bundle/statement.h"
#include "bundle/tree.h"
#include "bundle/verify_files.h"
#include "bundle/verify_numbers.h"
#include "evaluate/results.h"
#include "records/error.h"
#include "results/document.h"
#include "results/fields.h"

#include <string.h>

#define DATA "data"
#define RESULTS DATA "/results.json"

void verify_say(GPtrArray *sentences, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(sentences, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

void verify_note_unverified(VerifyReport *report, const char *file)
{
    report->unable = true;
    g_ptr_array_add(report->unverified, g_strdup(file));
}

/* ---- the key that is trusted */

typedef struct {
    bool given;
    char *id; /* 64 hex digits */
} Trusted;

static bool read_trusted(const char *key, Trusted *trusted, GError **error)
{
    *trusted = (Trusted){.given = key != NULL};
    if (key == NULL)
        return true;
    if (strlen(key) == 64 && strspn(key, "0123456789abcdefABCDEF") == 64) {
        trusted->id = g_ascii_strdown(key, -1);
        return true;
    }
    PublicKey public_key;
    if (!keys_read_public(key, &public_key, error))
        return false;
    trusted->id = keys_id(&public_key);
    return true;
}

/* ---- the parts of the check */

static void check_signature(const char *bag, const GPtrArray *files, const json_t *results,
                            const Maker *maker, const Trusted *trusted, VerifyReport *report,
                            SignatureState *state, char **signer)
{
    StatementCheck check;
    g_autofree char *statement = statement_build(files, results);
    statement_check(bag, files, statement, maker->same_version, &check, report->faults);
    g_autofree char *other_form = check.other_form;
    *state = check.state;
    if (other_form != NULL) {
        report->unable = true;
        verify_say(report->unchecked,
                   "Statement: %s: this version does not know what is said there, first at “%s”.",
                   STATEMENT_FILE, other_form);
    }
    if (*state == SIGNATURE_NONE && trusted->given)
        bag_fault(report->faults, STATEMENT_SIGNATURE,
                  "%s: missing: the bundle has no signature, expected one by "
                  "the key %s",
                  STATEMENT_SIGNATURE, trusted->id);
    else if (*state == SIGNATURE_NONE)
        verify_say(report->unchecked, "Signature: there is none, so nothing says who made this bundle.");
    if (*state != SIGNATURE_GOOD)
        return;
    *signer = keys_id(&check.signer);
    if (trusted->given && strcmp(*signer, trusted->id) != 0)
        bag_fault(report->faults, STATEMENT_KEY, "%s: signed by the key %s, expected the key %s",
                  STATEMENT_KEY, *signer, trusted->id);
    else if (trusted->given)
        verify_say(report->checked, "Signature: good, by the key that you trust, %s.", *signer);
    else
        verify_say(
            report->checked,
            "Signature: good, by an unknown key, %s: compare this with the id that the signer has published, "
            "or "
            "give the key with --key.",
            *signer);
}

/* Where a number may be another one, "no fault was found" would say too much. */
static char *conclude_unverified(const VerifyReport *report)
{
    enum { MOST_NAMES = 3 };
    const guint count = report->unverified->len;
    GString *text = g_string_new("NOT VERIFIED: the numbers of this bundle were not verified: ");
    for (guint i = 0; i < MIN(count, MOST_NAMES); i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "; " : "",
                               (const char *)g_ptr_array_index(report->unverified, i));
    if (count > MOST_NAMES)
        g_string_append_printf(text, "; and %u more", count - MOST_NAMES);
    g_string_append(text, ". Another version of the program, or a forger, wrote them in a way that this "
                          "version cannot check: see “not checked”.");
    return g_string_free(text, FALSE);
}

static void conclude(VerifyReport *report, SignatureState state, const Trusted *trusted, const char *signer)
{
    if (report->faults->len == 1 && report->other_numbers)
        report->conclusion = g_strdup(
            "REFUSED: its numbers do not follow from its own truth and alerts. They were altered, or "
            "counted by rules that this version does not have. Do not rely on them.");
    else if (report->faults->len > 0)
        report->conclusion =
            g_strdup_printf("ALTERED: %u %s not what this bundle says. Do not rely on it.",
                            report->faults->len, report->faults->len == 1 ? "thing is" : "things are");
    else if (report->unverified->len > 0)
        report->conclusion = conclude_unverified(report);
    else if (report->not_reproduced)
        report->conclusion = g_strdup(
            "NOT REPRODUCED HERE: what can be checked without the video is as it should be, but a "
            "replay by other libraries gives other results. This says nothing against the bundle, and "
            "nothing for it: replay it with the libraries that data/run.json names.");
    else if (report->unable)
        report->conclusion =
            g_strdup("CANNOT BE VERIFIED by this version on this machine: no fault was found "
                     "in what was checked, but not everything could be: see “not checked”.");
    else if (report->incomplete)
        report->conclusion =
            g_strdup("NOT COMPLETE: no fault was found in what was checked, but not everything "
                     "could be: see “not checked”.");
    else if (state == SIGNATURE_GOOD && trusted->given)
        report->conclusion = g_strdup("Nothing was altered since it was signed by the key that you trust.");
    else if (state == SIGNATURE_GOOD)
        report->conclusion = g_strdup_printf(
            "Nothing was altered since it was signed by the holder of the key %.16s…, whoever that is.",
            signer);
    else
        report->conclusion =
            g_strdup("The bundle is consistent in itself. Without a signature, whoever had it could "
                     "have made another one.");
}

/* What is of another kind than its table says would read as unknown, and no sum would find it. */
static bool check_kinds(const json_t *results, VerifyReport *report)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    if (results_check_kinds(results, faults))
        return true;
    bag_fault(report->faults, RESULTS, RESULTS ": %s", (const char *)g_ptr_array_index(faults, 0));
    return false;
}

/* The document and who made it; NULL when it cannot be read, which is a fault. */
static json_t *read_results(const char *bag, Maker *maker, VerifyReport *report)
{
    g_autofree char *path = g_build_filename(bag, RESULTS, NULL), *data = g_build_filename(bag, DATA, NULL);
    json_error_t why;
    json_t *results = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
    if (results == NULL) {
        bag_fault(report->faults, RESULTS, "%s:%d:%d: found no readable results: %s", RESULTS, why.line,
                  why.column, why.text);
        return NULL;
    }
    maker_read(data, results, maker);
    if (maker->known_form ? check_kinds(results, report) : !maker->same_version)
        return results;
    const char *schema = json_string_value(json_object_get(results, "schema"));
    if (!maker->known_form)
        bag_fault(report->faults, RESULTS, "%s: schema: found “%s”, expected “%s”", RESULTS,
                  schema != NULL ? schema : "(none)", RESULTS_SCHEMA);
    json_decref(results);
    return NULL;
}

static bool check_folder(const char *bag, const VerifyOptions *options, const Trusted *trusted,
                         VerifyReport *report, GError **error)
{
    g_autoptr(GPtrArray) files = bag_check(bag, report->faults, error);
    if (files == NULL)
        return false;
    int64_t bytes = 0;
    for (guint i = 0; i < files->len; i++)
        bytes += ((const BagFile *)g_ptr_array_index(files, i))->size;
    SignatureState state = SIGNATURE_NONE;
    g_autofree char *signer = NULL;
    report->title = g_strdup_printf("%s: %u files, %.1f MB", options->bag, files->len, (double)bytes / 1e6);
    if (report->faults->len > 0) {
        verify_say(report->unchecked,
                   "Signature, numbers and reports: not looked at, since files are not what they should be.");
        conclude(report, state, trusted, signer);
        return true;
    }
    verify_say(report->checked, "Files: all %u are there and unchanged since the bundle was made (SHA-256).",
               files->len);
    g_auto(Maker) maker = {0};
    json_t *results = verify_has_parts(files, report) ? read_results(bag, &maker, report) : NULL;
    bool fine = true;
    if (results != NULL) {
        check_signature(bag, files, results, &maker, trusted, report, &state, &signer);
        fine = verify_numbers(bag, files, results, &maker, options, report, error);
    }
    json_decref(results);
    conclude(report, state, trusted, signer);
    return fine;
}

bool verify_bundle(const VerifyOptions *options, VerifyReport *report, GError **error)
{
    *report = (VerifyReport){.faults = bag_faults_new(),
                             .checked = g_ptr_array_new_with_free_func(g_free),
                             .unchecked = g_ptr_array_new_with_free_func(g_free),
                             .unverified = g_ptr_array_new_with_free_func(g_free)};
    Trusted trusted;
    if (!read_trusted(options->key, &trusted, error))
        return false;
    bool fine = false;
    if (g_file_test(options->bag, G_FILE_TEST_IS_REGULAR)) {
        g_autoptr(TreeTemporary) scratch = tree_make_temporary(error);
        g_autofree char *bag = scratch != NULL ? archive_unpack(options->bag, scratch, error) : NULL;
        fine = bag != NULL && check_folder(bag, options, &trusted, report, error);
    } else {
        fine = check_folder(options->bag, options, &trusted, report, error);
    }
    g_free(trusted.id);
    return fine;
}

void verify_report_clear(VerifyReport *report)
{
    g_clear_pointer(&report->faults, g_ptr_array_unref);
    g_clear_pointer(&report->checked, g_ptr_array_unref);
    g_clear_pointer(&report->unchecked, g_ptr_array_unref);
    g_clear_pointer(&report->unverified, g_ptr_array_unref);
    g_clear_pointer(&report->title, g_free);
    g_clear_pointer(&report->conclusion, g_free);
}
