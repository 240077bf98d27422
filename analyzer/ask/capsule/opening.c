/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capsule/opening.h"

#include "keys/signed_file.h"
#include "records/error.h"
#include "records/file_hash.h"

#include <errno.h>
#include <string.h>

#define HEX 64

static bool check_list(const char *folder, const char *list, const char *published, const char *sha256,
                       GError **error)
{
    g_autofree char *path = g_build_filename(folder, CAPSULE_SEAL, NULL), *stated = NULL;
    if (!error_read_file(path, &stated, NULL, error))
        return false;
    g_strstrip(stated);
    if (strcmp(stated, sha256) != 0)
        return error_refuse(
            error, VSAUDIT_ERROR_INTEGRITY, list,
            "found SHA-256 %s, expected %.64s as the capsule says: this sealed list was changed, or "
            "is another capsule's",
            sha256, stated);
    if (published != NULL && g_ascii_strcasecmp(published, sha256) != 0)
        return error_refuse(error, VSAUDIT_ERROR_INTEGRITY, list,
                            "found SHA-256 %s, expected %s as was published", sha256, published);
    return true;
}

/* The line of the sums that is about the file; NULL: none is. */
static const char *find_sum(char *const *lines, const char *file)
{
    for (; *lines != NULL; lines++) {
        if (strlen(*lines) > HEX + 2 && strcmp(*lines + HEX + 2, file) == 0)
            return *lines;
    }
    return NULL;
}

static bool check_files(const char *folder, char *const *lines, GError **error)
{
    for (char *const *line = lines; *line != NULL; line++) {
        if (**line == '\0' && line[1] == NULL)
            break; /* behind the last line's end */
        if (strlen(*line) <= HEX + 2 || strstr(*line + HEX, "..") != NULL || (*line)[HEX + 2] == '/')
            return error_refuse(error, VSAUDIT_ERROR_INTEGRITY, NULL,
                                "%s/" CAPSULE_SUMS ": found a line that names no file of a capsule", folder);
        g_autofree char *path = g_build_filename(folder, *line + HEX + 2, NULL);
        g_autofree char *sha256 = file_hash(path, NULL);
        if (sha256 == NULL)
            return error_refuse(error, VSAUDIT_ERROR_INTEGRITY, path,
                                "cannot be read (%s), though it was handed over", g_strerror(errno));
        if (strncmp(*line, sha256, HEX) != 0)
            return error_refuse(error, VSAUDIT_ERROR_INTEGRITY, path,
                                "found SHA-256 %s, expected %.64s as it was handed over", sha256, *line);
    }
    return true;
}

static bool check_clips(const char *folder, char *const *lines, const Seal *seal, GError **error)
{
    for (guint i = 0; i < seal->clips->len; i++) {
        const SealedClip *clip = g_ptr_array_index(seal->clips, i);
        const char *line = find_sum(lines, clip->file);
        if (line == NULL)
            return error_refuse(error, VSAUDIT_ERROR_INTEGRITY, NULL,
                                "%s/" CAPSULE_SUMS ": found no line for %s, which is in the sealed list",
                                folder, clip->file);
        if (strncmp(line, clip->sha256, HEX) != 0)
            return error_refuse(error, VSAUDIT_ERROR_INTEGRITY, NULL,
                                "%s/" CAPSULE_SUMS
                                ": found SHA-256 %.64s for %s, expected %s as the sealed list says",
                                folder, line, clip->file, clip->sha256);
    }
    return true;
}

static bool check_signature(const OpeningSpec *spec, const char *sums, gsize length, char **signer,
                            GError **error)
{
    g_autofree char *signature = g_build_filename(spec->folder, CAPSULE_SIGNATURE, NULL);
    g_autofree char *key = g_build_filename(spec->folder, CAPSULE_KEY, NULL);
    return signed_file_check(&(SignedFile){sums, length, signature, key}, spec->key, signer, error);
}

static bool read_sums(const char *folder, char **sums, gsize *length, GError **error)
{
    g_autofree char *path = g_build_filename(folder, CAPSULE_SUMS, NULL);
    return error_read_file(path, sums, length, error);
}

bool opening_read(const OpeningSpec *spec, Opening *opening, GError **error)
{
    g_autofree char *text = NULL, *sums = NULL;
    gsize length = 0, sums_length = 0;
    *opening = (Opening){0};
    if (!error_read_file(spec->list, &text, &length, error) ||
        !read_sums(spec->folder, &sums, &sums_length, error))
        return false;
    opening->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
    if (!check_list(spec->folder, spec->list, spec->published, opening->sha256, error))
        return false;
    json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    opening->seal = seal_from_json(json, spec->list, error);
    json_decref(json);
    g_auto(GStrv) lines = g_strsplit(sums, "\n", -1);
    return opening->seal != NULL && check_clips(spec->folder, lines, opening->seal, error) &&
           check_signature(spec, sums, sums_length, &opening->signer, error);
}

bool opening_check_files(const char *folder, GError **error)
{
    g_autofree char *sums = NULL;
    if (!read_sums(folder, &sums, NULL, error))
        return false;
    g_auto(GStrv) lines = g_strsplit(sums, "\n", -1);
    return check_files(folder, lines, error);
}

GPtrArray *opening_papers(const OpeningSpec *spec)
{
    static const char *const names[] = {CAPSULE_SEAL, CAPSULE_SUMS, CAPSULE_SIGNATURE, CAPSULE_KEY};
    GPtrArray *papers = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(spec->folder, names[i], NULL);
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            g_ptr_array_add(papers, g_steal_pointer(&path));
    }
    if (spec->key != NULL)
        g_ptr_array_add(papers, g_strdup(spec->key));
    return papers;
}

static bool has_file(const Seal *seal, const SealedFile *file)
{
    for (guint i = 0; i < seal->files->len; i++) {
        const SealedFile *other = g_ptr_array_index(seal->files, i);
        if (strcmp(other->name, file->name) == 0 && strcmp(other->sha256, file->sha256) == 0)
            return true;
    }
    return false;
}

bool opening_check_audit(const Opening *opening, const Audit *audit, GError **error)
{
    g_autoptr(Seal) now = seal_new();
    capsule_list_inputs(audit, now);
    for (guint i = 0; i < now->files->len; i++) {
        const SealedFile *file = g_ptr_array_index(now->files, i);
        if (!has_file(opening->seal, file))
            return error_refuse(error, VSAUDIT_ERROR_INTEGRITY, file->name,
                                "is not as it was when the capsule was sealed (SHA-256 now %s)",
                                file->sha256);
    }
    for (guint i = 0; i < opening->seal->files->len; i++) {
        const SealedFile *file = g_ptr_array_index(opening->seal->files, i);
        if (!has_file(now, file))
            return error_refuse(error, VSAUDIT_ERROR_INTEGRITY, file->name,
                                "was sealed with the capsule, and the audit no longer has it");
    }
    return true;
}

void opening_clear(Opening *opening)
{
    g_clear_pointer(&opening->seal, seal_free);
    g_clear_pointer(&opening->sha256, g_free);
    g_clear_pointer(&opening->signer, g_free);
}
