/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config/clip_files: where a clip's file is, and which hashes are remembered. */
#include "config/clip_files.h"
#include "scratch.h"

#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

static char *hash_of(const char *text)
{
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

/* The path found with VSAUDIT_DATA as given (NULL: none); what else is said goes to `altered` and `reason`.
 */
static char *find(const char *data, const char *beside, const char *sha256, bool *altered, char **reason)
{
    if (data != NULL)
        g_setenv("VSAUDIT_DATA", data, TRUE);
    else
        g_unsetenv("VSAUDIT_DATA");
    g_autoptr(ClipFiles) files = clip_files_new();
    char *path = clip_files_find(files, beside, sha256, altered, reason);
    g_unsetenv("VSAUDIT_DATA");
    return path;
}

/* It is that file, and nothing is said of it. */
static void assert_found(const char *data, const char *beside, const char *sha256, const char *expected)
{
    bool altered = true;
    g_autofree char *reason = NULL;
    g_autofree char *found = find(data, beside, sha256, &altered, &reason);
    assert_string_equal(found, expected);
    assert_false(altered);
    assert_null(reason);
}

TEST(the_file_beside_the_manifest_comes_first)
{
    g_autofree char *beside = scratch_write("first/a.mp4", "one"),
                    *other = scratch_write("elsewhere/a.mp4", "one");
    g_autofree char *data = g_path_get_dirname(other), *one = hash_of("one"), *two = hash_of("two");
    assert_found(data, beside, one, beside);
    assert_found(data, beside, NULL, beside);
    bool altered = false;
    g_autofree char *reason = NULL;
    assert_null(find(data, beside, two, &altered, &reason));
    assert_true(altered);
    g_autofree char *told = g_strdup_printf(
        "“%s” is not the file that the manifest names: SHA-256 %s, expected %s", beside, one, two);
    assert_string_equal(reason, told);
}

/* Another file is taken in its place, aloud, and nothing counts as altered. */
TEST(a_wrong_file_is_passed_over_for_the_right_one)
{
    g_autofree char *beside = scratch_write("manifest/b.mp4", "not it");
    g_autofree char *renamed = scratch_write("data/0/renamed", "it"),
                    *named = scratch_write("data/9/b.mp4", "it");
    g_autofree char *data = g_build_filename(scratch_folder, "data", NULL), *wanted = hash_of("it");
    g_autofree char *wrong = hash_of("not it");
    bool altered = true;
    g_autofree char *reason = NULL;
    g_autofree char *found = find(data, beside, wanted, &altered, &reason);
    assert_string_equal(found, named); /* of that name before the first in order */
    assert_false(altered);
    g_autofree char *told = g_strdup_printf(
        "“%s” was passed over: its SHA-256 is %s, expected %s, which “%s” has", beside, wrong, wanted, named);
    assert_string_equal(reason, told);
    g_free(g_steal_pointer(&reason));
    g_autofree char *missing = g_build_filename(scratch_folder, "manifest/c.mp4", NULL);
    g_autofree char *by_hash = find(data, missing, wanted, &altered, &reason);
    assert_string_equal(by_hash, renamed);
    assert_null(reason); /* there was nothing to pass over */
}

TEST(each_absence_has_its_sentence)
{
    g_autofree char *there = g_build_filename(scratch_folder, NULL),
                    *away = g_build_filename(scratch_folder, "away.mp4", NULL);
    g_autofree char *sha256 = hash_of("nowhere");
    const struct {
        const char *beside, *sha256, *said;
    } cases[] = {
        {NULL, NULL, "the manifest names neither a file nor a hash: this clip can only be scored"},
        {there, NULL, "“%s” is a folder, not a clip"},
        {away, NULL, "“%s” is not there"},
        {away, sha256, "“%s” is not there, and no file under VSAUDIT_DATA has the SHA-256 "},
        {NULL, sha256, "no file under VSAUDIT_DATA has the SHA-256 "},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        bool altered = true;
        g_autofree char *reason = NULL;
        assert_null(find(NULL, cases[i].beside, cases[i].sha256, &altered, &reason));
        assert_false(altered);
        g_autoptr(GString) told = g_string_new(cases[i].said);
        if (cases[i].beside != NULL)
            g_string_replace(told, "%s", cases[i].beside, 0);
        if (cases[i].sha256 != NULL)
            g_string_append(told, cases[i].sha256);
        assert_string_equal(reason, told->str);
    }
}

TEST(a_series_of_pictures_is_not_hashed)
{
    g_autofree char *picture = scratch_write("series/0001.png", "picture");
    g_autofree char *pattern = g_build_filename(scratch_folder, "series", "%04d.png", NULL),
                    *sha256 = hash_of("x");
    assert_found(NULL, pattern, sha256, pattern);
    bool altered = true;
    g_autofree char *reason = NULL;
    g_autofree char *away = g_build_filename(scratch_folder, "gone", "%04d.png", NULL);
    assert_null(find(NULL, away, NULL, &altered, &reason));
    assert_true(g_str_has_suffix(reason, "/gone” of the picture series is not there"));
    /* A file whose name has the sign in it is that file. */
    g_autofree char *percent = scratch_write("100%.mp4", "whole");
    g_autofree char *whole = hash_of("whole"), *none = NULL;
    g_autofree char *itself = find(NULL, percent, whole, &altered, &none);
    assert_string_equal(itself, percent);
    g_autofree char *hash = hash_of("other");
    assert_null(find(NULL, percent, hash, &altered, &none));
    assert_true(altered);
}

/* Folders within folders, no further than sixteen; what is hidden, and folders behind links, are not looked
 * at. */
TEST(folders_of_data_are_searched)
{
    g_autofree char *hidden = scratch_write("tree/.hidden/x", "hidden"),
                    *behind = scratch_write("beyond/x", "behind");
    g_autofree char *beyond = g_path_get_dirname(behind),
                    *tree = g_build_filename(scratch_folder, "tree", NULL);
    g_autofree char *link = g_build_filename(tree, "link", NULL),
                    *file_link = g_build_filename(tree, "file", NULL);
    g_autofree char *linked = scratch_write("linked", "file behind a link");
    assert_int_equal(symlink(beyond, link), 0);
    assert_int_equal(symlink(linked, file_link), 0);
    g_autofree char *deep = scratch_write("tree/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/x", "deep");
    g_autofree char *deeper = scratch_write("tree/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/x", "deeper");
    const struct {
        const char *text, *found;
    } cases[] = {{"hidden", NULL},
                 {"behind", NULL},
                 {"file behind a link", file_link},
                 {"deep", deep},
                 {"deeper", NULL}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *sha256 = hash_of(cases[i].text), *reason = NULL;
        bool altered = true;
        g_autofree char *found = find(tree, NULL, sha256, &altered, &reason);
        if (cases[i].found == NULL)
            assert_null(found);
        else
            assert_string_equal(found, cases[i].found);
    }
}

/* ---- the cache of hashes */

static char *remembered(void)
{
    g_autofree char *path = g_build_filename(g_getenv("XDG_CACHE_HOME"), "vsaudit", "hashes", NULL);
    char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

static void write_remembered(const char *text)
{
    g_autofree char *path = g_build_filename(g_getenv("XDG_CACHE_HOME"), "vsaudit", "hashes", NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static char *line_of(const char *path, const char *sha256, int64_t more_size, int64_t more_modified,
                     int64_t more_changed)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return g_strdup_printf(
        "%s %" PRId64 " %" PRId64 " %" PRId64 " %s\n", sha256, (int64_t)status.st_size + more_size,
        (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec + more_modified,
        (int64_t)status.st_ctim.tv_sec * 1000000000 + status.st_ctim.tv_nsec + more_changed, path);
}

static char *hash_file(const char *path)
{
    g_autoptr(ClipFiles) files = clip_files_new();
    return clip_files_hash(files, path);
}

/* What is remembered holds while size and both times are the same; else the file is read. */
TEST(a_hash_is_remembered_until_the_file_changes)
{
    g_autofree char *path = scratch_write("cached/with blank.mp4", "bytes"), *right = hash_of("bytes");
    g_autofree char *false_hash = g_strnfill(64, 'a');
    g_autofree char *kept = line_of(path, false_hash, 0, 0, 0), *larger = line_of(path, false_hash, 1, 0, 0);
    g_autofree char *modified = line_of(path, false_hash, 0, 1, 0),
                    *changed = line_of(path, false_hash, 0, 0, 1);
    const char *const others[] = {larger, modified, changed, "", "no such form\n"};
    write_remembered(kept);
    g_autofree char *from_cache = hash_file(path);
    assert_string_equal(from_cache, false_hash);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        write_remembered(others[i]);
        g_autofree char *read = hash_file(path);
        assert_string_equal(read, right);
        g_autofree char *now = remembered(), *expected = line_of(path, right, 0, 0, 0);
        assert_string_equal(now, expected);
    }
    g_autofree char *again = hash_file(path);
    assert_string_equal(again, right);
}

/* All that was known stays, in order of paths; a path that does not fit on a line is not written. */
TEST(the_cache_is_written_in_order)
{
    g_autofree char *b = scratch_write("cached/b", "of b"), *a = scratch_write("cached/a", "of a");
    g_autofree char *broken = scratch_write("cached/two\nlines", "of two");
    g_autofree char *hash_a = hash_of("of a"), *hash_b = hash_of("of b"), *hash_two = hash_of("of two");
    g_autofree char *line_a = line_of(a, hash_a, 0, 0, 0), *line_b = line_of(b, hash_b, 0, 0, 0);
    write_remembered(line_b);
    g_autofree char *found_a = hash_file(a), *found_two = hash_file(broken);
    assert_string_equal(found_a, hash_a);
    assert_string_equal(found_two, hash_two);
    g_autofree char *now = remembered(), *expected = g_strconcat(line_a, line_b, NULL);
    assert_string_equal(now, expected);
    /* Nothing new: the file is not written again. */
    g_autofree char *cache = g_build_filename(g_getenv("XDG_CACHE_HOME"), "vsaudit", "hashes", NULL);
    assert_int_equal(g_unlink(cache), 0);
    write_remembered(now);
    struct stat before, after;
    assert_int_equal(stat(cache, &before), 0);
    g_autofree char *same = hash_file(a);
    assert_int_equal(stat(cache, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_null(hash_file(scratch_folder)); /* no regular file */
}

TEST(several_files_have_their_hashes_in_order)
{
    g_autofree char *a = scratch_write("all/a", "of a"), *b = scratch_write("all/b", "of b");
    g_autofree char *hash_a = hash_of("of a"), *hash_b = hash_of("of b");
    g_autofree char *away = g_build_filename(scratch_folder, "all/c", NULL);
    g_autoptr(ClipFiles) files = clip_files_new();
    g_autofree char *both = clip_files_hash_all(files, (const char *const[]){b, a, NULL});
    g_autofree char *expected = g_strdup_printf("%s %s", hash_b, hash_a);
    assert_string_equal(both, expected);
    assert_null(clip_files_hash_all(files, (const char *const[]){a, away, NULL}));
    assert_null(clip_files_hash_all(files, (const char *const[]){NULL}));
    assert_null(clip_files_hash_all(files, NULL));
}

UNIT_TESTS(scratch_make, scratch_drop)
