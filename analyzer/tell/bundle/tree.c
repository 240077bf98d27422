/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/tree.h"

#include "bundle/janitor.h"
#include "records/error.h"
#include "records/file_hash.h"
#include "records/free.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_DEPTH 64

const char *tree_explain_name(const char *name, size_t length)
{
    if (length == 0)
        return "is empty";
    if (length > 4096)
        return "is longer than 4096 bytes";
    if (!g_utf8_validate(name, (gssize)length, NULL))
        return "is not UTF-8";
    if (*name == '/')
        return "is an absolute path";
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f || name[i] == '\\')
            return "has a control character or a backslash";
    }
    g_autofree char *copy = g_strndup(name, length);
    g_auto(GStrv) parts = g_strsplit(copy, "/", -1);
    for (char **part = parts; *part != NULL; part++) {
        if (strcmp(*part, "..") == 0)
            return "leads out of the bag";
        if (**part == '\0' || strcmp(*part, ".") == 0)
            return "has an empty part";
    }
    return NULL;
}

/* ---- listing */

/* A file that the machine or its rights keep from us says nothing against the bag. */
static VsauditErrorCode code_of(int number)
{
    switch (number) {
    case EACCES:
    case EPERM:
        return VSAUDIT_ERROR_INPUT;
    case EIO:
    case ENOMEM:
    case EMFILE:
    case ENFILE:
    case ESTALE:
        return VSAUDIT_ERROR_HARNESS;
    default:
        return VSAUDIT_ERROR_INTEGRITY;
    }
}

static bool refuse_unread(const char *folder, const char *name, int number, GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, (gint)code_of(number), "%s: “%s” cannot be read: %s", folder, name,
                g_strerror(number));
    return false;
}

static bool refuse(const char *folder, const char *name, const char *what, GError **error)
{
    g_autofree char *shown = g_utf8_make_valid(name, -1);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY, "%s: “%s” %s", folder, shown, what);
    return false;
}

static bool list_folder(const char *root, const char *below, int depth, GPtrArray *names, GPtrArray *empty,
                        GError **error)
{
    g_autofree char *folder = below != NULL ? g_build_filename(root, below, NULL) : g_strdup(root);
    errno = 0;
    g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
    if (directory == NULL)
        return refuse_unread(root, below != NULL ? below : ".", errno, error);
    const char *entry;
    bool is_empty = true;
    while ((entry = g_dir_read_name(directory)) != NULL) {
        is_empty = false;
        g_autofree char *name = below != NULL ? g_strconcat(below, "/", entry, NULL) : g_strdup(entry);
        g_autofree char *path = g_build_filename(root, name, NULL);
        const char *fault = tree_explain_name(name, strlen(name));
        struct stat status;
        if (fault != NULL)
            return refuse(root, name, fault, error);
        if (lstat(path, &status) != 0)
            return refuse_unread(root, name, errno, error);
        if (S_ISLNK(status.st_mode))
            return refuse(root, name, "is a link: a bag holds files only", error);
        if (S_ISDIR(status.st_mode)) {
            if (depth >= MAX_DEPTH)
                return refuse(root, name, "lies too deep", error);
            if (!list_folder(root, name, depth + 1, names, empty, error))
                return false;
        } else if (!S_ISREG(status.st_mode)) {
            return refuse(root, name, "is no file: a bag holds files only", error);
        } else if (names->len >= TREE_MAX_FILES) {
            return refuse(root, name, "is one file too many", error);
        } else {
            g_ptr_array_add(names, g_steal_pointer(&name));
        }
    }
    if (is_empty && below != NULL && empty != NULL)
        g_ptr_array_add(empty, g_strdup(below));
    return true;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *tree_list_all(const char *folder, GPtrArray *empty, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    if (!list_folder(folder, NULL, 0, names, empty, error))
        return NULL;
    g_ptr_array_sort(names, compare_names);
    if (empty != NULL)
        g_ptr_array_sort(empty, compare_names);
    return g_steal_pointer(&names);
}

GPtrArray *tree_list(const char *folder, GError **error)
{
    return tree_list_all(folder, NULL, error);
}

/* ---- hashing and copying */

char *tree_hash(const char *path, int64_t *size, GError **error)
{
    struct stat status;
    errno = 0;
    char *hash = lstat(path, &status) == 0 && S_ISREG(status.st_mode) ? file_hash(path, size) : NULL;
    if (hash == NULL) {
        const int number = errno != 0 ? errno : EINVAL;
        g_set_error(error, VSAUDIT_ERROR, (gint)code_of(number), "%s: cannot be read: %s", path,
                    g_strerror(number));
    }
    return hash;
}

char *tree_hash_in(const char *folder, const char *name, int64_t *size, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return tree_hash(path, size, error);
}

static bool make_parent(const char *path, GError **error)
{
    g_autofree char *parent = g_path_get_dirname(path);
    if (g_mkdir_with_parents(parent, 0777) == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made: %s", parent,
                g_strerror(errno));
    return false;
}

bool tree_write(const char *folder, const char *name, const void *bytes, size_t length, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) cause = NULL;
    if (!make_parent(path, error))
        return false;
    if (g_file_set_contents_full(path, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0644, &cause))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", path,
                cause->message);
    return false;
}

bool tree_copy(const char *from, const char *folder, const char *name, const char *sha256, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (!make_parent(path, error))
        return false;
    const int in = file_hash_open(from);
    if (in < 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be read: %s", from,
                    g_strerror(errno));
        return false;
    }
    const int out = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    g_autofree char *found = out >= 0 ? file_hash_stream(in, out, NULL) : NULL;
    bool fine = found != NULL;
    const int code = errno;
    close(in);
    if (out >= 0 && close(out) != 0)
        fine = false;
    if (!fine) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", path,
                    g_strerror(code));
        return false;
    }
    if (sha256 == NULL || strcmp(found, sha256) == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                "%s: has changed while it was used: found SHA-256 %s, expected %s", from, found, sha256);
    return false;
}

/* ---- folders of our own */

void tree_remove(const char *path)
{
    struct stat status;
    if (path == NULL || lstat(path, &status) != 0)
        return;
    if (S_ISDIR(status.st_mode)) {
        g_autoptr(GDir) directory = g_dir_open(path, 0, NULL);
        const char *entry;
        while (directory != NULL && (entry = g_dir_read_name(directory)) != NULL) {
            g_autofree char *below = g_build_filename(path, entry, NULL);
            tree_remove(below);
        }
        g_rmdir(path);
    } else {
        g_unlink(path);
    }
}

char *tree_make_temporary(GError **error)
{
    g_autofree char *word = g_uuid_string_random();
    g_autofree char *name = g_strconcat("vsaudit-", word, NULL);
    char *path = g_build_filename(g_get_tmp_dir(), name, NULL);
    janitor_watch(path); /* before it is there: nothing is left behind by a process that ends in between */
    if (g_mkdir(path, 0700) == 0)
        return path;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "no folder for temporary files: %s: %s", path,
                g_strerror(errno));
    janitor_dismiss(path);
    g_free(path);
    return NULL;
}

DEFINE_FREE(tree_temporary_free, TreeTemporary, path, tree_remove(path), janitor_dismiss(path))

bool tree_is_same_file(const char *a, const char *b)
{
    g_autofree char *left = tree_hash(a, NULL, NULL), *right = tree_hash(b, NULL, NULL);
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}
