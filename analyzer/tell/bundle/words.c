/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/words.h"

#include "bundle/archive.h"
#include "bundle/maker.h"
#include "language/phrase.h"
#include "media/capabilities.h"
#include "scoring/distributions.h"

#include <glib.h>
#include <gsl/gsl_version.h>
#include <libxml/xmlversion.h>
#include <string.h>

#define OR(text) ((text) != NULL ? (text) : "?")

static const char openssl[] =
    "  openssl pkeyutl -verify -pubin -inkey attestation/public-key.pem -rawin \\\n"
    "      -in attestation/signed-bytes.bin -sigfile attestation/signature.bin\n"
    "  tail -c $(wc -c <attestation/statement.json) attestation/signed-bytes.bin | cmp - "
    "attestation/statement.json\n"
    "  openssl pkey -pubin -in attestation/public-key.pem -outform DER | sha256sum";

static const char *id_of(const json_t *results)
{
    return json_string_value(json_object_get(json_object_get(results, "audit"), "id"));
}

static const char *version_of(const json_t *results)
{
    return json_string_value(json_object_get(json_object_get(results, "program"), "version"));
}

static char *readme_in(const Texts *texts, const char *id, bool is_signed)
{
    Phrase *signer = is_signed ? phrase_own(phrase_new("bundle.signer"), "commands", openssl)
                               : phrase_new("bundle.nobody");
    g_autoptr(Phrase) readme = phrase_part(phrase_new("bundle.readme"), "signer", signer);
    return phrase_render(phrase_own(readme, "id", id), texts);
}

char *words_readme(const json_t *results, bool is_signed)
{
    static const char first[] = "en",
                      line[] = "\n----------------------------------------------------------------------\n\n";
    const char *id = OR(id_of(results));
    GString *text = g_string_new(NULL);
    g_autofree char *english = readme_in(texts_of(first), id, is_signed);
    g_string_append(text, english);
    for (const char *const *language = texts_languages(); *language != NULL; language++) {
        if (strcmp(*language, first) == 0)
            continue;
        g_autofree char *other = readme_in(texts_of(*language), id, is_signed);
        g_string_append(g_string_append(text, line), other);
    }
    return g_string_free(text, FALSE);
}

char *words_bag_info(const json_t *results)
{
    return g_strdup_printf(
        "Bag-Software-Agent: vsaudit %s\n"
        "External-Identifier: %s\n"
        "External-Description: evidence bundle of an audit of video surveillance software\n",
        OR(version_of(results)), OR(id_of(results)));
}

char *words_versions(const json_t *results)
{
    g_autofree char *media = media_describe_libraries();
    return g_strdup_printf(
        "scored by: vsaudit %s\n"
        "bundled by: vsaudit %s, GLib %u.%u.%u, jansson %s, GSL %s, %s, libxml2 %s, %s, %s\n" WORDS_BUILD
        "%s\n",
        OR(version_of(results)), VSAUDIT_VERSION, glib_major_version, glib_minor_version, glib_micro_version,
        jansson_version_str(), gsl_version, distribution_library(), LIBXML_DOTTED_VERSION, archive_library(),
        media, maker_this_build());
}

char *words_commands(const json_t *results, const json_t *index)
{
    return g_strdup_printf("# Is everything as it was? Hashes, signature, numbers, reports:\n"
                           "vsaudit verify BAG\n\n"
                           "# The same, and the clips of FOLDER replayed:\n"
                           "vsaudit verify BAG --replay --clips FOLDER\n\n"
                           "# A run of your own of the audit “%s”, clips in FOLDER:\n"
                           "VSAUDIT_DATA=FOLDER vsaudit %s BAG/data/inputs/files/%s -o my-run\n\n"
                           "# The reports again from the results:\n"
                           "vsaudit report BAG/data -o my-report\n",
                           OR(id_of(results)), OR(json_string_value(json_object_get(index, "command"))),
                           OR(json_string_value(json_array_get(json_object_get(index, "files"), 0))));
}
