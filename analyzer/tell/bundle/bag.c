/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/bag.h"

#include "bundle/tree.h"
#include "records/error.h"
#include "records/find.h"
#include "records/free.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#define DECLARATION "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
#define DIGITS 64

/* ---- files */

DEFINE_DESTROY(bag_file_free, BagFile, file, g_free(file->name), g_free(file->sha256))

GPtrArray *bag_files_new(void)
{
    return g_ptr_array_new_with_free_func(bag_file_free);
}

void bag_files_add(GPtrArray *files, const char *name, const char *sha256, int64_t size)
{
    BagFile *file = g_new(BagFile, 1);
    *file = (BagFile){.name = g_strdup(name), .sha256 = g_strdup(sha256), .size = size};
    g_ptr_array_add(files, file);
}

const BagFile *bag_files_find(const GPtrArray *files, const char *name)
{
    return FIND_BY(files, BagFile, name, name);
}

static GPtrArray *hash_all(const char *folder, const GPtrArray *names, GError **error)
{
    g_autoptr(GPtrArray) files = bag_files_new();
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        int64_t size = 0;
        g_autofree char *sha256 = tree_hash_in(folder, name, &size, error);
        if (sha256 == NULL)
            return NULL;
        bag_files_add(files, name, sha256, size);
    }
    return g_steal_pointer(&files);
}

GPtrArray *bag_files_scan(const char *folder, GError **error)
{
    g_autoptr(GPtrArray) names = tree_list(folder, error);
    return names != NULL ? hash_all(folder, names, error) : NULL;
}

static bool is_payload(const char *name)
{
    return g_str_has_prefix(name, BAG_PAYLOAD);
}

/* ---- writing */

/* In a manifest “%” is written %25; line ends cannot be in a name here. */
static char *encode_name(const char *name)
{
    GString *text = g_string_new(name);
    g_string_replace(text, "%", "%25", 0);
    return g_string_free(text, FALSE);
}

char *bag_manifest(const GPtrArray *files, bool payload)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < files->len; i++) {
        const BagFile *file = g_ptr_array_index(files, i);
        if (is_payload(file->name) != payload || strcmp(file->name, BAG_TAG_MANIFEST) == 0)
            continue;
        g_autofree char *name = encode_name(file->name);
        g_string_append_printf(text, "%s  %s\n", file->sha256, name);
    }
    return g_string_free(text, FALSE);
}

char *bag_info_text(const GPtrArray *files, const char *info)
{
    int64_t bytes = 0, count = 0;
    for (guint i = 0; i < files->len; i++) {
        const BagFile *file = g_ptr_array_index(files, i);
        if (is_payload(file->name)) {
            bytes += file->size;
            count++;
        }
    }
    return g_strdup_printf("%sPayload-Oxum: %" PRId64 ".%" PRId64 "\n", info, bytes, count);
}

bool bag_write_tags(const char *folder, const char *info, GError **error)
{
    g_autoptr(GPtrArray) files = bag_files_scan(folder, error);
    if (files == NULL)
        return false;
    g_autofree char *oxum = bag_info_text(files, info);
    g_autofree char *manifest = bag_manifest(files, true);
    return tree_write(folder, BAG_DECLARATION, DECLARATION, strlen(DECLARATION), error) &&
           tree_write(folder, BAG_INFO, oxum, strlen(oxum), error) &&
           tree_write(folder, BAG_MANIFEST, manifest, strlen(manifest), error);
}

bool bag_write_tag_manifest(const char *folder, GError **error)
{
    g_autoptr(GPtrArray) files = bag_files_scan(folder, error);
    if (files == NULL)
        return false;
    g_autofree char *manifest = bag_manifest(files, false);
    return tree_write(folder, BAG_TAG_MANIFEST, manifest, strlen(manifest), error);
}

/* ---- faults */

DEFINE_DESTROY(bag_fault_free, BagFault, fault, g_free(fault->file), g_free(fault->sentence))

GPtrArray *bag_faults_new(void)
{
    return g_ptr_array_new_with_free_func(bag_fault_free);
}

void bag_fault(GPtrArray *faults, const char *file, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    BagFault *fault = g_new(BagFault, 1);
    *fault = (BagFault){.file = g_strdup(file), .sentence = g_strdup_vprintf(format, arguments)};
    va_end(arguments);
    g_ptr_array_add(faults, fault);
}

/* ---- reading */

static char *decode_name(const char *text, size_t length)
{
    GString *name = g_string_new_len(text, (gssize)length);
    g_string_replace(name, "%0A", "\n", 0);
    g_string_replace(name, "%0D", "\r", 0);
    g_string_replace(name, "%25", "%", 0);
    return g_string_free(name, FALSE);
}

static bool is_hash(const char *text)
{
    return strspn(text, "0123456789abcdef") >= DIGITS;
}

/* One line; false with a fault when nothing after it can be trusted. */
static bool read_line(const char *manifest, const char *line, size_t length, guint number, GHashTable *stated,
                      GPtrArray *faults)
{
    if (length < DIGITS + 3 || !is_hash(line) || line[DIGITS] != ' ' || line[DIGITS + 1] != ' ') {
        bag_fault(faults, manifest,
                  "%s:%u: found no line of 64 hexadecimal digits, two spaces and a file's name", manifest,
                  number);
        return true;
    }
    g_autofree char *name = decode_name(line + DIGITS + 2, length - DIGITS - 2);
    const bool payload = strcmp(manifest, BAG_MANIFEST) == 0;
    const char *why = tree_explain_name(name, strlen(name));
    g_autofree char *shown = g_utf8_make_valid(name, -1);
    if (why == NULL && is_payload(name) != payload)
        why = payload ? "does not lie in data/" : "lies in data/";
    if (why == NULL && g_hash_table_contains(stated, name))
        why = "is listed twice";
    if (why != NULL) {
        bag_fault(faults, manifest, "%s:%u: the name “%s” %s", manifest, number, shown, why);
        return true;
    }
    g_hash_table_insert(stated, g_steal_pointer(&name), g_strndup(line, DIGITS));
    return true;
}

/* name -> hash; empty when the manifest is not there, which is a fault. */
static GHashTable *read_manifest(const char *folder, const char *manifest, GPtrArray *faults)
{
    GHashTable *stated = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *path = g_build_filename(folder, manifest, NULL), *text = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &text, &length, NULL)) {
        bag_fault(faults, manifest, "%s: missing", manifest);
        return stated;
    }
    guint number = 0;
    for (const char *line = text; line < text + length;) {
        const char *end = memchr(line, '\n', length - (size_t)(line - text));
        const size_t size = end != NULL ? (size_t)(end - line) : length - (size_t)(line - text);
        read_line(manifest, line, size, ++number, stated, faults);
        line += size + 1;
    }
    return stated;
}

/* The file that has the contents which this one should have, when that file in turn lacks its own. */
static const char *find_swapped(GHashTable *by_hash, GHashTable *stated, const BagFile *file)
{
    const BagFile *other = g_hash_table_lookup(by_hash, g_hash_table_lookup(stated, file->name));
    const char *wanted = other != NULL ? g_hash_table_lookup(stated, other->name) : NULL;
    return wanted != NULL && strcmp(wanted, other->sha256) != 0 ? other->name : NULL;
}

static void compare(const GPtrArray *files, GHashTable *stated, bool payload, GPtrArray *faults)
{
    const char *manifest = payload ? BAG_MANIFEST : BAG_TAG_MANIFEST;
    g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) by_hash = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < files->len; i++) {
        BagFile *file = g_ptr_array_index(files, i);
        g_hash_table_insert(by_name, file->name, file);
        g_hash_table_insert(by_hash, file->sha256, file);
    }
    for (guint i = 0; i < files->len; i++) {
        const BagFile *file = g_ptr_array_index(files, i);
        const char *wanted = g_hash_table_lookup(stated, file->name);
        if (is_payload(file->name) != payload || strcmp(file->name, BAG_TAG_MANIFEST) == 0)
            continue;
        if (wanted == NULL) {
            bag_fault(faults, file->name, "%s: added: %s does not list it", file->name, manifest);
        } else if (strcmp(wanted, file->sha256) != 0) {
            const char *other = find_swapped(by_hash, stated, file);
            if (other != NULL)
                bag_fault(faults, file->name, "%s: holds the bytes of another file: it was swapped with %s",
                          file->name, other);
            else
                bag_fault(faults, file->name, "%s: changed: its SHA-256 is %s, %s says %s", file->name,
                          file->sha256, manifest, wanted);
        }
    }
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(stated), (GCompareFunc)strcmp);
    for (const GList *name = names; name != NULL; name = name->next) {
        if (!g_hash_table_contains(by_name, name->data))
            bag_fault(faults, name->data, "%s: missing: %s lists it", (const char *)name->data, manifest);
    }
}

/* The manifest's own bytes: it is written in one way only, so that no byte of it can be changed unseen. */
static void compare_text(const char *folder, const GPtrArray *files, GPtrArray *faults)
{
    g_autofree char *path = g_build_filename(folder, BAG_TAG_MANIFEST, NULL), *text = NULL;
    g_autofree char *expected = bag_manifest(files, false);
    gsize length = 0;
    if (g_file_get_contents(path, &text, &length, NULL) &&
        (length != strlen(expected) || memcmp(text, expected, length) != 0))
        bag_fault(
            faults, BAG_TAG_MANIFEST,
            "%s: is not the list of the files beside data/ with their SHA-256, in the order of their names",
            BAG_TAG_MANIFEST);
}

static bool is_bag(const char *folder, GError **error)
{
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: found no folder of that name", folder);
        return false;
    }
    static const char *const names[] = {BAG_DECLARATION, BAG_MANIFEST};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL);
        struct stat status;
        if (lstat(path, &status) == 0)
            return true;
    }
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: found no bag: neither %s nor %s is there",
                folder, BAG_DECLARATION, BAG_MANIFEST);
    return false;
}

static void check_declaration(const char *folder, const GPtrArray *files, GPtrArray *faults)
{
    g_autofree char *path = g_build_filename(folder, BAG_DECLARATION, NULL), *text = NULL;
    gsize length = 0;
    if (bag_files_find(files, BAG_DECLARATION) == NULL || !g_file_get_contents(path, &text, &length, NULL))
        bag_fault(faults, BAG_DECLARATION, "%s: missing", BAG_DECLARATION);
    else if (length != strlen(DECLARATION) || memcmp(text, DECLARATION, length) != 0)
        bag_fault(faults, BAG_DECLARATION, "%s: found another text, expected BagIt-Version 1.0 in UTF-8",
                  BAG_DECLARATION);
}

static bool refuse_size(const char *folder, const char *name, int64_t size, int64_t most, GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                "%s: “%s” has %" PRId64 " bytes, expected at most %" PRId64, folder, name, size, most);
    return false;
}

/* Before anything is read: no tag file of that size fits into memory, no bag of that size ends being hashed.
 */
static bool check_sizes(const char *folder, const GPtrArray *names, GError **error)
{
    int64_t total = 0;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat status;
        if (lstat(path, &status) != 0)
            continue; /* which hashing will tell */
        if (!is_payload(name) && status.st_size > TREE_MAX_MANIFEST)
            return refuse_size(folder, name, status.st_size, TREE_MAX_MANIFEST, error);
        total += MIN(status.st_size, TREE_MAX_BYTES);
        if (status.st_size > TREE_MAX_BYTES || total > TREE_MAX_BYTES)
            return refuse_size(folder, name, MAX(status.st_size, total), TREE_MAX_BYTES, error);
    }
    return true;
}

GPtrArray *bag_check(const char *folder, GPtrArray *faults, GError **error)
{
    if (!is_bag(folder, error))
        return NULL;
    g_autoptr(GPtrArray) empty = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) names = tree_list_all(folder, empty, error);
    g_autoptr(GPtrArray) files =
        names != NULL && check_sizes(folder, names, error) ? hash_all(folder, names, error) : NULL;
    if (files == NULL)
        return NULL;
    check_declaration(folder, files, faults);
    for (guint i = 0; i < empty->len; i++)
        bag_fault(faults, g_ptr_array_index(empty, i),
                  "%s/: added: an empty folder, and a bag holds files only",
                  (const char *)g_ptr_array_index(empty, i));
    g_autoptr(GHashTable) payload = read_manifest(folder, BAG_MANIFEST, faults);
    g_autoptr(GHashTable) tags = read_manifest(folder, BAG_TAG_MANIFEST, faults);
    compare(files, payload, true, faults);
    compare(files, tags, false, faults);
    compare_text(folder, files, faults);
    return g_steal_pointer(&files);
}
