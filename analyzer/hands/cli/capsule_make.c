/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit capsule make. */
#include "bundle/tree.h"
#include "cli/capsule.h"
#include "cli/outcome.h"
#include "keys/signed_file.h"
#include "records/save.h"
#include "records/shown.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* Neither may be there: a capsule that was given away is never written over. */
static bool check_free(const char *folder, GError **error)
{
    if (!g_file_test(folder, G_FILE_TEST_EXISTS) && !g_file_test(folder, G_FILE_TEST_IS_SYMLINK))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                "%s is there already, and a capsule is never written over", folder);
    return false;
}

static bool make_folder(const char *folder, int mode, GError **error)
{
    if (g_mkdir_with_parents(folder, mode) == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made: %s", folder,
                g_strerror(errno));
    return false;
}

static bool write_kept(const CapsuleMaking *making, const Seal *seal, const char *folder, GError **error)
{
    g_autofree char *text = seal_to_text(seal);
    g_autofree char *path = g_build_filename(folder, KEPT_SEAL, NULL);
    g_autofree char *list_path = g_build_filename(folder, KEPT_AUDIT, NULL);
    g_autoptr(GString) list = g_string_new(NULL);
    for (const char *const *file = making->files; *file != NULL; file++) {
        g_autofree char *absolute = g_canonicalize_filename(*file, NULL);
        g_string_append_printf(list, "%s\n", absolute);
    }
    g_autofree char *dataset =
        making->dataset != NULL ? g_canonicalize_filename(making->dataset, NULL) : NULL;
    g_autofree char *dataset_line = g_strconcat(dataset != NULL ? dataset : "", "\n", NULL);
    g_autofree char *dataset_path = g_build_filename(folder, KEPT_DATASET, NULL);
    if (dataset != NULL && !save_file(dataset_path, dataset_line, -1, error))
        return false;
    return save_file(path, text, -1, error) && save_file(list_path, list->str, (gssize)list->len, error);
}

static bool sign(const char *folder, const SecretKey *key, GError **error)
{
    g_autofree char *path = g_build_filename(folder, CAPSULE_SUMS, NULL), *bytes = NULL;
    g_autofree char *signature = g_build_filename(folder, CAPSULE_SIGNATURE, NULL);
    g_autofree char *key_path = g_build_filename(folder, CAPSULE_KEY, NULL);
    gsize length = 0;
    return g_file_get_contents(path, &bytes, &length, error) &&
           signed_file_make(&(SignedFile){bytes, length, signature, key_path}, key, error);
}

static void print_made(const CapsuleMaking *making, const Seal *seal, const SecretKey *key)
{
    guint again = 0, canaries = 0;
    for (guint i = 0; i < seal->clips->len; i++) {
        const SealedClip *clip = g_ptr_array_index(seal->clips, i);
        again += clip->appearance > 1;
        canaries += clip->canary;
    }
    g_autofree char *text = seal_to_text(seal);
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    outcome_set("sealed_list_sha256", json_string(sha256));
    shown_line(stdout, "To hand over: %s (%u clips, of them %u again and %u canaries)", making->folder,
               seal->clips->len, again, canaries);
    shown_line(stdout, "To keep back: %s", making->kept);
    shown_line(stdout, "SHA-256 of the sealed list: %s", sha256);
    if (key != NULL) {
        const PublicKey public_key = keys_public_of(key);
        g_autofree char *id = keys_id(&public_key);
        shown_line(stdout, "Signed by key: %s", id);
    }
    shown_line(stdout, "Give this SHA-256 to a third person before you hand the capsule over.");
}

static bool put_in_place(const char *from, const char *to, GError **error)
{
    if (g_rename(from, to) == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", to,
                g_strerror(errno));
    return false;
}

ExitStatus capsule_make_command(const CapsuleMaking *making, GError **error)
{
    if (!check_free(making->folder, error) || !check_free(making->kept, error))
        return EXIT_USAGE;
    g_autoptr(SecretKey) key = making->key != NULL ? keys_read_secret(making->key, error) : NULL;
    if (making->key != NULL && key == NULL)
        return EXIT_BAD_INPUT;
    const guint count = g_strv_length((char **)(uintptr_t)making->files);
    g_autoptr(Audit) audit = audit_load(making->files, count, making->dataset, error);
    if (audit == NULL)
        return EXIT_BAD_INPUT;
    g_autofree char *part = g_strconcat(making->folder, ".part", NULL);
    g_autofree char *kept_part = g_strconcat(making->kept, ".part", NULL);
    tree_remove(part);
    tree_remove(kept_part);
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Seal) seal = NULL;
    const bool fine = make_folder(part, 0777, error) && make_folder(kept_part, 0700, error) &&
                      (seal = capsule_make(audit, &making->spec, part, notes, error)) != NULL &&
                      (key == NULL || sign(part, key, error)) && write_kept(making, seal, kept_part, error) &&
                      put_in_place(part, making->folder, error) &&
                      put_in_place(kept_part, making->kept, error);
    if (!fine) {
        tree_remove(part);
        tree_remove(kept_part);
        return EXIT_HARNESS;
    }
    for (guint i = 0; i < notes->len && !making->quiet; i++)
        shown_line(stderr, "vsaudit capsule: %s", (const char *)g_ptr_array_index(notes, i));
    if (!making->quiet || outcome_wanted())
        print_made(making, seal, key);
    return EXIT_DONE;
}
