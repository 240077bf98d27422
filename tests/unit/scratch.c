/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"

#include <glib/gstdio.h>

#include "unit.h"

char *scratch_folder;

void scratch_remove(const char *path)
{
    g_autoptr(GDir) dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        scratch_remove(child);
    }
    g_remove(path);
}

int scratch_make(void **state)
{
    (void)state;
    scratch_folder = g_dir_make_tmp("vsaudit-test-XXXXXX", NULL);
    if (scratch_folder == NULL)
        return -1;
    g_autofree char *cache = scratch_path("cache");
    g_setenv("XDG_CACHE_HOME", cache, TRUE);
    g_unsetenv("VSAUDIT_DATA");
    return 0;
}

int scratch_drop(void **state)
{
    (void)state;
    scratch_remove(scratch_folder);
    g_clear_pointer(&scratch_folder, g_free);
    return 0;
}

char *scratch_path(const char *name)
{
    return g_build_filename(scratch_folder, name, NULL);
}

char *scratch_write(const char *name, const char *text)
{
    char *path = scratch_path(name);
    g_autofree char *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}
