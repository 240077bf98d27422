/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a bundle is what it says, without a network: files, signature, numbers, reports; and with the clips
 * at hand, whether a replay gives the same results. */
#ifndef VSAUDIT_BUNDLE_VERIFY_H
#define VSAUDIT_BUNDLE_VERIFY_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    const char *bag;   /* a folder, or a tar file */
    const char *key;   /* a public key's file, or its id in 64 hex digits; NULL = any */
    bool replay;       /* run the audit again from its clips */
    const char *clips; /* folder in which clips without a hash are looked for by name; NULL = none */
    int64_t workers;   /* for that */
} VerifyOptions;

typedef struct {
    GPtrArray *faults;     /* of BagFault *: what is not as it should be, each naming its file */
    GPtrArray *checked;    /* of char *: sentences, in order */
    GPtrArray *unchecked;  /* of char *: what this check says nothing about */
    GPtrArray *unverified; /* of char *: files whose numbers this program could not check */
    char *title;           /* what was looked at */
    char *conclusion;      /* one sentence for people */
    bool incomplete;       /* something was asked for that needs what is not at hand (clips) */
    bool unable;           /* this program, or this machine, cannot check something that the bundle has */
    bool not_reproduced;   /* a replay gave other results, by other libraries or another kind of processor */
    bool other_numbers;    /* all faults: numbers of a bundle that says that another version made it */
} VerifyReport;

/* Fills the report. False with an error when nothing could be checked: no bag (INPUT), a hostile one
 * (INTEGRITY), a wrong key file (INPUT), no room for temporary files (HARNESS). */
bool verify_bundle(const VerifyOptions *options, VerifyReport *report, GError **error);
/* Adds a sentence to one of the lists. */
G_GNUC_PRINTF(2, 3) void verify_say(GPtrArray *sentences, const char *format, ...);
/* Adds a file to those whose numbers were not verified; the conclusion names them. */
void verify_note_unverified(VerifyReport *report, const char *file);
void verify_report_clear(VerifyReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VerifyReport, verify_report_clear)

#endif
