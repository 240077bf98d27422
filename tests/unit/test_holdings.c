/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a program keeps in its folder, and folders that hide it. */
#include "sandbox/holdings.h"

#include "scratch.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

#define NOBODY 65534

/* As somebody who is not root, for whom a mode means something: whether the folder counts as not known. */
static bool is_unknown(const char *folder)
{
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        static Holdings holdings;
        if (getuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
            _exit(2);
        holdings_begin(&holdings, 1024);
        holdings_add_folder(&holdings, folder);
        _exit(holdings.deeper ? 1 : 0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
    return WEXITSTATUS(status) == 1;
}

TEST(what_nobody_may_read_is_not_known)
{
    g_autofree char *inner = scratch_write("held/inner/file", "text");
    g_autofree char *folder = g_path_get_dirname(inner), *outer = g_path_get_dirname(folder);
    assert_int_equal(g_chmod(scratch_folder, 0755), 0);
    assert_int_equal(g_chmod(outer, 0755), 0);
    assert_int_equal(g_chmod(folder, 0755), 0);
    if (getuid() == 0)
        assert_int_equal(chown(folder, NOBODY, NOBODY), 0);
    assert_false(is_unknown(outer));
    assert_int_equal(g_chmod(folder, 0300), 0);
    assert_true(is_unknown(outer));
    assert_true(is_unknown(folder));
    assert_int_equal(g_chmod(folder, 0700), 0);
    assert_false(is_unknown(outer));
    assert_int_equal(g_chmod(inner, 0), 0); /* a file is weighed whoever may read it */
    assert_false(is_unknown(outer));
}

UNIT_TESTS(scratch_make, scratch_drop)
