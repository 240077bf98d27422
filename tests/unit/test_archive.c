/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bundle/archive: a folder becomes a tar file and comes out of it again; what cannot be written is an error.
 */
#include "bundle/archive.h"
#include "records/error.h"
#include "scratch.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

static void write_file(const char *name, const char *bytes, gssize size)
{
    g_autofree char *path = scratch_path(name), *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
    assert_true(g_file_set_contents(path, bytes, size, NULL));
}

static void assert_contents(const char *top, const char *name, const char *bytes, gsize size)
{
    g_autofree char *path = g_build_filename(top, name, NULL), *found = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(path, &found, &length, NULL));
    assert_int_equal(length, size);
    assert_memory_equal(found, bytes, size);
}

/* Also a file of several pieces, an empty one, and a name beyond ASCII, in the locale “C” of this test. */
TEST(what_is_packed_comes_out_again)
{
    g_autofree char *large = g_malloc(200001);
    for (int i = 0; i < 200001; i++)
        large[i] = (char)(i * 31 % 251);
    write_file("bag/data/large.bin", large, 200001);
    write_file("bag/data/empty", "", 0);
    write_file("bag/été.txt", "a", 1);
    g_autofree char *bag = scratch_path("bag"), *tar = scratch_path("one.tar"),
                    *other = scratch_path("two.tar"), *part = scratch_path("one.tar.tmp");
    g_autoptr(GError) error = NULL;
    assert_true(archive_pack(bag, "my-bag", tar, &error));
    assert_null(error);
    assert_false(g_file_test(part, G_FILE_TEST_EXISTS));
    g_autofree char *to = scratch_path("out");
    assert_int_equal(g_mkdir(to, 0700), 0);
    g_autofree char *top = archive_unpack(tar, to, &error);
    assert_non_null(top);
    assert_true(g_str_has_suffix(top, "/out/my-bag"));
    assert_contents(top, "data/large.bin", large, 200001);
    assert_contents(top, "data/empty", "", 0);
    assert_contents(top, "été.txt", "a", 1);
    /* The same bytes, whenever and by whomever it is made. */
    g_autofree char *file = scratch_path("bag/data/empty");
    assert_int_equal(g_chmod(file, 0600), 0);
    assert_true(archive_pack(bag, "my-bag", other, &error));
    g_autofree char *first = NULL, *second = NULL;
    gsize first_size = 0, second_size = 0;
    assert_true(g_file_get_contents(tar, &first, &first_size, NULL) &&
                g_file_get_contents(other, &second, &second_size, NULL));
    assert_int_equal(first_size, second_size);
    assert_memory_equal(first, second, first_size);
}

/* Each entry as others see it: owner nobody, a fixed time, readable. */
TEST(entries_say_nothing_of_who_made_them)
{
    write_file("plain/data/a", "abc", 3);
    g_autofree char *bag = scratch_path("plain"), *tar = scratch_path("plain.tar");
    assert_true(archive_pack(bag, "b", tar, NULL));
    struct archive *reader = archive_read_new();
    archive_read_support_format_tar(reader);
    assert_int_equal(archive_read_open_filename(reader, tar, 65536), ARCHIVE_OK);
    struct archive_entry *entry = NULL;
    assert_int_equal(archive_read_next_header(reader, &entry), ARCHIVE_OK);
    assert_string_equal(archive_entry_pathname(entry), "b/data/a");
    assert_int_equal(archive_entry_size(entry), 3);
    assert_int_equal(archive_entry_perm(entry), 0644);
    assert_int_equal(archive_entry_mtime(entry), 315532800); /* 1980-01-01 */
    assert_int_equal(archive_entry_uid(entry), 0);
    assert_int_equal(archive_entry_gid(entry), 0);
    assert_int_equal(archive_read_next_header(reader, &entry), ARCHIVE_EOF);
    archive_read_free(reader);
}

TEST(what_cannot_be_packed_is_an_error)
{
    write_file("small/a", "abc", 3);
    g_autofree char *away = scratch_path("away"), *bag = scratch_path("small"),
                    *tar = scratch_path("small.tar"), *nowhere = scratch_path("nowhere/x.tar");
    g_autofree char *held = scratch_path("held"), *inside = scratch_path("held/inside");
    assert_int_equal(g_mkdir_with_parents(inside, 0700), 0);
    const struct {
        const char *folder, *path;
    } cases[] = {{away, tar}, {bag, nowhere}, {bag, held}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_false(archive_pack(cases[i].folder, "b", cases[i].path, &error));
        assert_non_null(error);
        assert_true(strlen(error->message) > 0);
        g_autofree char *part = g_strconcat(cases[i].path, ".tmp", NULL);
        assert_false(g_file_test(part, G_FILE_TEST_EXISTS));
    }
    assert_false(g_file_test(tar, G_FILE_TEST_EXISTS));
}

/* Files of the kernel say 4096 bytes and have fewer, as one that is cut while it is packed. */
TEST(a_file_that_ends_too_early_is_an_error)
{
    static const char short_files[] = "/sys/kernel/mm/ksm";
    if (!g_file_test(short_files, G_FILE_TEST_IS_DIR))
        skip();
    g_autofree char *tar = scratch_path("short.tar"), *part = scratch_path("short.tar.tmp");
    g_autoptr(GError) error = NULL;
    assert_false(archive_pack(short_files, "b", tar, &error));
    assert_non_null(strstr(error->message, "short.tar: cannot be written: No data available"));
    assert_false(g_file_test(tar, G_FILE_TEST_EXISTS) || g_file_test(part, G_FILE_TEST_EXISTS));
}

TEST(what_is_no_bag_is_refused)
{
    write_file("text.tar", "no archive at all", -1);
    write_file("nothing.tar", "", 0);
    write_file("cut/a", "abc", 3);
    g_autofree char *bag = scratch_path("cut"), *tar = scratch_path("whole.tar"), *bytes = NULL;
    gsize size = 0;
    assert_true(archive_pack(bag, "b", tar, NULL) && g_file_get_contents(tar, &bytes, &size, NULL));
    write_file("cut.tar", bytes, 514);
    g_autofree char *zeros = g_malloc0(10240);
    write_file("empty.tar", zeros, 10240);
    static const struct {
        const char *name;
        int code;
        const char *says;
    } cases[] = {
        {"text.tar", VSAUDIT_ERROR_INPUT, "found no whole tar archive with a bag: "},
        {"nothing.tar", VSAUDIT_ERROR_INPUT, "found no whole tar archive with a bag: "},
        {"empty.tar", VSAUDIT_ERROR_INPUT, "found no whole tar archive with a bag: it is empty"},
        {"away.tar", VSAUDIT_ERROR_INPUT, "found no whole tar archive with a bag: "},
        {"cut.tar", VSAUDIT_ERROR_INTEGRITY, "“b/a” is damaged"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = scratch_path(cases[i].name),
                        *to = g_strdup_printf("%s/to-%zu", scratch_folder, i);
        assert_int_equal(g_mkdir(to, 0700), 0);
        assert_null(archive_unpack(path, to, &error));
        assert_non_null(error);
        if (!g_error_matches(error, VSAUDIT_ERROR, cases[i].code) ||
            strstr(error->message, cases[i].says) == NULL)
            fail_msg("%s: %s", cases[i].name, error->message);
    }
}

UNIT_TESTS(scratch_make, scratch_drop)
