/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit keygen: a pair of keys to sign bundles with. */
#include "keys/keys.h"
#include "cli/command.h"
#include "cli/outcome.h"

#include <stdio.h>

extern const Command command_keygen;

static const char description[] =
    "Writes a new Ed25519 key: the secret one to KEY (nobody else may read it), the public one to KEY.pub, "
    "and "
    "prints\n"
    "the key's id. Keep KEY secret and a copy of it safe; give KEY.pub to whoever shall check your bundles, "
    "and\n"
    "publish the id where it cannot be changed unseen (a web page, a printed report, a letter). A key that "
    "is "
    "there is\n"
    "never replaced. Both files are PEM, which openssl reads too.\n\n"
    "Exit status: 0 done; 2 wrong usage, or there is a key already; 4 the file cannot be written.\n\n"
    "Example:\n  vsaudit keygen -o our.key\n";

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *out = NULL;
    gboolean quiet = FALSE;
    GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "file of the secret key; the public one is KEY.pub",
         "KEY"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "print only the key's id", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    if (!command_parse(&command_keygen, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    if (argc != 1 || out == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "expected the file of the new key: -o KEY (see “vsaudit keygen --help”)");
        return EXIT_USAGE;
    }
    PublicKey key;
    if (!keys_generate(out, &key, error))
        return EXIT_HARNESS;
    g_autofree char *id = keys_id(&key);
    outcome_set("key_id", json_string(id));
    outcome_set("secret_key", outcome_text(out));
    if (quiet)
        printf("%s\n", id);
    else
        printf("Secret key: %s (keep it to yourself)\nPublic key: %s.pub\nKey id:     %s\n", out, out, id);
    return EXIT_DONE;
}

const Command command_keygen = {"keygen", "-o KEY", "make a key to sign evidence bundles with", run};
