/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/words.h"

#include "bundle/archive.h"
#include "bundle/maker.h"
#include "media/capabilities.h"
#include "results/model.h"
#include "scoring/distributions.h"

#include <glib.h>
#include <gsl/gsl_version.h>
#include <libxml/xmlversion.h>

#define OR(text) ((text) != NULL ? (text) : "?")

static const char openssl[] =
    "  openssl pkeyutl -verify -pubin -inkey attestation/public-key.pem -rawin \\\n"
    "      -in attestation/signed-bytes.bin -sigfile attestation/signature.bin\n"
    "  tail -c $(wc -c <attestation/statement.json) attestation/signed-bytes.bin | cmp - "
    "attestation/statement.json\n"
    "  openssl pkey -pubin -in attestation/public-key.pem -outform DER | sha256sum\n";

char *words_readme(const json_t *results, bool is_signed)
{
    const char *id = OR(model_string(results, "audit.id"));
    GString *text = g_string_new(NULL);
    g_string_append_printf(
        text,
        "EVIDENCE BUNDLE OF THE AUDIT “%s”\n\n"
        "data/report.en.html is the report; data/ holds all that its numbers rest on, but not the video.\n\n"
        "Check it, in this folder:\n\n"
        "1. Is every file there, unchanged?\n\n"
        "  sha256sum --quiet -c manifest-sha256.txt && sha256sum --quiet -c tagmanifest-sha256.txt && echo "
        "fine\n\n"
        "2. Who signed it? ",
        id);
    if (is_signed)
        g_string_append_printf(
            text,
            "The last line below prints the id of the key: compare it with the id that the signer published\n"
            "   elsewhere. A key that comes with the bundle proves nothing by itself.\n\n%s\n",
            openssl);
    else
        g_string_append(text, "Nobody: this bundle has no signature.\n\n");
    g_string_append(text, "3. Do the numbers follow from the alerts and the truth? With the program:\n\n"
                          "  vsaudit verify .                                  (add --key PUBLIC-KEY for a "
                          "key that you trust)\n"
                          "  vsaudit verify . --replay --clips FOLDER          (with the video at hand: runs "
                          "everything again)\n\n"
                          "----------------------------------------------------------------------\n\n");
    g_string_append_printf(text,
                           "DOSSIER DE PREUVES DE L’AUDIT « %s »\n\n"
                           "data/report.fr.html est le rapport ; data/ contient tout ce sur quoi reposent "
                           "ses chiffres, sauf les "
                           "vidéos.\n\n"
                           "Pour le contrôler, dans ce dossier :\n\n"
                           "1. Chaque fichier est-il là, inchangé ?\n\n"
                           "  sha256sum --quiet -c manifest-sha256.txt && sha256sum --quiet -c "
                           "tagmanifest-sha256.txt && echo bien\n\n"
                           "2. Qui l’a signé ? ",
                           id);
    if (is_signed)
        g_string_append_printf(
            text,
            "La dernière ligne affiche l’empreinte de la clé : comparez-la à celle que le signataire a\n"
            "   publiée ailleurs. Une clé fournie avec le dossier ne prouve rien par elle-même.\n\n%s\n",
            openssl);
    else
        g_string_append(text, "Personne : ce dossier n’a pas de signature.\n\n");
    g_string_append(
        text, "3. Les chiffres découlent-ils des alertes et de la vérité de terrain ? Avec le programme :\n\n"
              "  vsaudit verify .                                  (ajouter --key CLÉ-PUBLIQUE pour une clé "
              "connue)\n"
              "  vsaudit verify . --replay --clips DOSSIER         (avec les vidéos : tout est rejoué)\n");
    return g_string_free(text, FALSE);
}

char *words_bag_info(const json_t *results)
{
    return g_strdup_printf(
        "Bag-Software-Agent: vsaudit %s\n"
        "External-Identifier: %s\n"
        "External-Description: evidence bundle of an audit of video surveillance software\n",
        OR(model_string(results, "program.version")), OR(model_string(results, "audit.id")));
}

char *words_versions(const json_t *results)
{
    g_autofree char *media = media_describe_libraries();
    return g_strdup_printf(
        "scored by: vsaudit %s\n"
        "bundled by: vsaudit %s, GLib %u.%u.%u, jansson %s, GSL %s, %s, libxml2 %s, %s, %s\n" WORDS_BUILD "%s\n",
        OR(model_string(results, "program.version")), VSAUDIT_VERSION, glib_major_version, glib_minor_version,
        glib_micro_version, jansson_version_str(), gsl_version, distribution_library(), LIBXML_DOTTED_VERSION, archive_library(),
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
                           OR(model_string(results, "audit.id")), OR(model_string(index, "command")),
                           OR(json_string_value(model_member(index, "files", 0))));
}
