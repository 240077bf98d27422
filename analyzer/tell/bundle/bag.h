/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A BagIt 1.0 bag (RFC 8493) with SHA-256 manifests: its tag files, and whether its files are what they say.
 */
#ifndef VSAUDIT_BUNDLE_BAG_H
#define VSAUDIT_BUNDLE_BAG_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define BAG_DECLARATION "bagit.txt"
#define BAG_INFO "bag-info.txt"
#define BAG_MANIFEST "manifest-sha256.txt"
#define BAG_TAG_MANIFEST "tagmanifest-sha256.txt"
#define BAG_PAYLOAD "data/"

typedef struct {
    char *name;   /* from the bag's folder: "data/results.json" */
    char *sha256; /* 64 hex digits in lower case */
    int64_t size;
} BagFile;

GPtrArray *bag_files_new(void); /* of BagFile *, empty */
void bag_files_add(GPtrArray *files, const char *name, const char *sha256, int64_t size);
const BagFile *bag_files_find(const GPtrArray *files, const char *name);
/* Hashes every file below the folder, in the order of their names. NULL with INTEGRITY. */
GPtrArray *bag_files_scan(const char *folder, GError **error);

/* The text of a manifest over those of the files that lie in data/ (`payload`) or beside it. Caller frees. */
char *bag_manifest(const GPtrArray *files, bool payload);
/* The text of bag-info.txt: `info` has lines “Label: value” that stand before Payload-Oxum. Caller frees. */
char *bag_info_text(const GPtrArray *files, const char *info);
/* Writes bagit.txt, bag-info.txt and manifest-sha256.txt for what lies in data/. `info`: see
 * above. */
bool bag_write_tags(const char *folder, const char *info, GError **error);
/* Writes the last file of all: the manifest over all tag files. */
bool bag_write_tag_manifest(const char *folder, GError **error);

/* Something that is not as it should be: the file, and a sentence that names it. */
typedef struct {
    char *file;
    char *sentence;
} BagFault;

GPtrArray *bag_faults_new(void); /* of BagFault * */
G_GNUC_PRINTF(3, 4) void bag_fault(GPtrArray *faults, const char *file, const char *format, ...);

/* Reads the declaration and both manifests and holds every file against them: missing, added, changed and
 * swapped ones become faults, each with its name. The files found, or NULL with an error when this is no bag
 * (INPUT) or one that must not be read further: a link in it, a name that leads out (INTEGRITY). */
GPtrArray *bag_check(const char *folder, GPtrArray *faults, GError **error);

#endif
