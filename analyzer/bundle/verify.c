/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/verify.h"

#include "bundle/archive.h"
#include "bundle/statement.h"
#include "bundle/tree.h"
#include "bundle/verify_numbers.h"
#include "evaluate/model.h"
#include "evaluate/results.h"
#include "records/error.h"

#include <string.h>

#define DATA "data"
#define RESULTS DATA "/results.json"

G_GNUC_PRINTF(2, 3)
static void say(GPtrArray *sentences, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(sentences, g_strdup_vprintf(format, arguments));
    va_end(arguments);
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
                            const Trusted *trusted, VerifyReport *report, SignatureState *state,
                            char **signer)
{
    PublicKey key;
    g_autofree char *statement = statement_build(files, results);
    *state = statement_check(bag, files, statement, &key, report->faults);
    if (*state == SIGNATURE_NONE && trusted->given)
        bag_fault(report->faults, STATEMENT_SIGNATURE,
                  "%s: missing: the bundle has no signature, expected one by "
                  "the key %s",
                  STATEMENT_SIGNATURE, trusted->id);
    else if (*state == SIGNATURE_NONE)
        say(report->unchecked, "Signature: there is none, so nothing says who made this bundle.");
    if (*state != SIGNATURE_GOOD)
        return;
    *signer = keys_id(&key);
    if (trusted->given && strcmp(*signer, trusted->id) != 0)
        bag_fault(report->faults, STATEMENT_KEY, "%s: signed by the key %s, expected the key %s",
                  STATEMENT_KEY, *signer, trusted->id);
    else if (trusted->given)
        say(report->checked, "Signature: good, by the key that you trust, %s.", *signer);
    else
        say(report->checked,
            "Signature: good, by an unknown key, %s: compare this with the id that the signer has published, "
            "or "
            "give the key with --key.",
            *signer);
}

static void conclude(VerifyReport *report, SignatureState state, const Trusted *trusted, const char *signer)
{
    if (report->faults->len > 0)
        report->conclusion =
            g_strdup_printf("ALTERED: %u %s not what this bundle says. Do not rely on it.",
                            report->faults->len, report->faults->len == 1 ? "thing is" : "things are");
    else if (report->incomplete)
        report->conclusion =
            g_strdup("Nothing that was checked is altered, but not everything could be checked: see above.");
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

static json_t *read_results(const char *bag, VerifyReport *report)
{
    g_autofree char *path = g_build_filename(bag, RESULTS, NULL);
    g_autoptr(GError) why = NULL;
    json_t *results = results_read(path, &why);
    if (results == NULL) {
        const char *message = why->message;
        bag_fault(report->faults, RESULTS, "%s: cannot be read: %s", RESULTS,
                  g_str_has_prefix(message, path) ? message + strlen(path) : message);
    }
    return results;
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
        say(report->unchecked,
            "Signature, numbers and reports: not looked at, since files are not what they should be.");
        conclude(report, state, trusted, signer);
        return true;
    }
    say(report->checked, "Files: all %u are there and unchanged since the bundle was made (SHA-256).",
        files->len);
    json_t *results = read_results(bag, report);
    bool fine = true;
    if (results != NULL) {
        check_signature(bag, files, results, trusted, report, &state, &signer);
        g_autofree char *data = g_build_filename(bag, DATA, NULL);
        fine = verify_numbers(data, results, options, report, error);
    }
    json_decref(results);
    conclude(report, state, trusted, signer);
    return fine;
}

bool verify_bundle(const VerifyOptions *options, VerifyReport *report, GError **error)
{
    *report = (VerifyReport){.faults = bag_faults_new(),
                             .checked = g_ptr_array_new_with_free_func(g_free),
                             .unchecked = g_ptr_array_new_with_free_func(g_free)};
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
    g_clear_pointer(&report->title, g_free);
    g_clear_pointer(&report->conclusion, g_free);
}
