/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/file_hash.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" /* FIPS 180-2, B.1 */

TEST(files_have_their_hash_and_nothing_else_has)
{
    g_autofree char *folder = g_dir_make_tmp("file-hash-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "abc", NULL),
                    *link = g_build_filename(folder, "link", NULL),
                    *pipe = g_build_filename(folder, "pipe", NULL);
    assert_true(g_file_set_contents(path, "abc", 3, NULL));
    assert_int_equal(symlink("abc", link), 0);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    int64_t size = -1;
    g_autofree char *hash = file_hash(path, &size), *same = file_hash(link, NULL);
    assert_string_equal(hash, ABC);
    assert_string_equal(same, ABC);
    assert_int_equal(size, 3);
    assert_null(file_hash(pipe, NULL)); /* and does not wait for a writer */
    assert_int_equal(errno, EINVAL);
    assert_null(file_hash(folder, NULL));
    assert_int_equal(errno, EINVAL);
    g_unlink(path);
    assert_null(file_hash(path, NULL));
    assert_int_equal(errno, ENOENT);
    g_unlink(link);
    g_unlink(pipe);
    g_rmdir(folder);
}

TEST(a_copy_is_hashed_as_it_is_written)
{
    enum { SIZE = 200001 }; /* several pieces, the last not whole */
    g_autofree char *folder = g_dir_make_tmp("file-hash-XXXXXX", NULL);
    g_autofree char *from = g_build_filename(folder, "from", NULL),
                    *to = g_build_filename(folder, "to", NULL);
    g_autofree char *bytes = g_malloc(SIZE);
    for (int i = 0; i < SIZE; i++)
        bytes[i] = (char)(i * 7 + i / 1000);
    assert_true(g_file_set_contents(from, bytes, SIZE, NULL));
    const int in = file_hash_open(from), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(in >= 0 && out >= 0);
    int64_t size = 0;
    g_autofree char *hash = file_hash_stream(in, out, &size);
    close(in);
    close(out);
    g_autofree char *expected = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, SIZE);
    g_autofree char *copied = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(to, &copied, &length, NULL));
    assert_string_equal(hash, expected);
    assert_int_equal(size, SIZE);
    assert_int_equal(length, SIZE);
    assert_memory_equal(copied, bytes, SIZE);
    g_unlink(from);
    g_unlink(to);
    g_rmdir(folder);
}

UNIT_TESTS(NULL, NULL)
