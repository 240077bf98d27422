/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "real_clips.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

char *real_clip(const char *file)
{
    const char *folder = g_getenv("VSAUDIT_DATA");
    char *path = g_build_filename(folder != NULL ? folder : "", file, NULL);
    if (folder == NULL || *folder == '\0' || !g_file_test(path, G_FILE_TEST_EXISTS)) {
        printf("# skipped: no clip %s in the folder VSAUDIT_DATA\n", file);
        g_clear_pointer(&path, g_free); /* skip() does not come back */
        skip();
    }
    return path;
}
