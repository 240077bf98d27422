/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is signed: an in-toto Statement v1 that names every file of the bag with its SHA-256, in a DSSE
 * envelope.
 *
 * In the bag, in attestation/: statement.json; and when there is a key statement.dsse.json (the envelope),
 * signed-bytes.bin and signature.bin (for tools that know neither), and public-key.pem. Every byte of them
 * follows from the bag and the key, and is checked as such. */
#ifndef VSAUDIT_BUNDLE_STATEMENT_H
#define VSAUDIT_BUNDLE_STATEMENT_H

#include "bundle/bag.h"
#include "keys/keys.h"

#include <jansson.h>

#define STATEMENT_FILE "attestation/statement.json"
#define STATEMENT_ENVELOPE "attestation/statement.dsse.json"
#define STATEMENT_BYTES "attestation/signed-bytes.bin"
#define STATEMENT_SIGNATURE "attestation/signature.bin"
#define STATEMENT_KEY "attestation/public-key.pem"
#define STATEMENT_FOLDER "attestation/"

/* The statement over all files of the list but those of attestation/ and the tag manifest, with what
 * `results` (results.json) says of the audit. Caller frees. */
char *statement_build(const GPtrArray *files, const json_t *document);
/* Writes statement.json and, with a key (may be NULL), the rest. */
bool statement_write(const char *folder, const char *statement, const SecretKey *key, GError **error);

typedef enum { SIGNATURE_NONE, SIGNATURE_WRONG, SIGNATURE_GOOD } SignatureState;

typedef struct {
    SignatureState state;
    PublicKey signer; /* when the signature is good */
    char
        *other_form; /* what a statement of another version says otherwise, in words; or NULL. Caller frees */
} StatementCheck;

/* Holds attestation/ against the statement that the bag's files call for: each difference becomes a fault,
 * and so does any file but the five. `files` are the bag's. `exact`: this program wrote it, byte for byte;
 * else it may say more of the audit in another form, but the list of files, and every number that both forms
 * have, must be the same. */
void statement_check(const char *folder, const GPtrArray *files, const char *statement, bool exact,
                     StatementCheck *check, GPtrArray *faults);

#endif
