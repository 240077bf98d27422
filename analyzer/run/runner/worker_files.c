/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/worker_files.h"

#include "perception/perception.h"

#include <string.h>

/* A folder that holds links to pictures that lie elsewhere: of these each is named. */
static void add_series(SandboxSpec *spec, const char *pattern)
{
    g_autofree char *folder = g_path_get_dirname(pattern), *before = g_path_get_basename(pattern);
    char *percent = strchr(before, '%'), *after = percent != NULL ? strchr(percent, 'd') : NULL;
    g_autoptr(GDir) dir = after != NULL ? g_dir_open(folder, 0, NULL) : NULL;
    if (dir == NULL)
        return;
    *percent = '\0';
    sandbox_spec_read(spec, folder);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_str_has_prefix(name, before) && g_str_has_suffix(name, after + 1) &&
            g_file_test(path, G_FILE_TEST_IS_SYMLINK))
            sandbox_spec_read(spec, path);
    }
}

void worker_files_add(SandboxSpec *spec, const char *path)
{
    if (path == NULL)
        return;
    sandbox_spec_read(spec, path);
    add_series(spec, path);
}

void worker_files_add_clip(SandboxSpec *spec, const Clip *clip)
{
    worker_files_add(spec, clip->path);
    for (guint i = 0; i < clip->files->len; i++)
        worker_files_add(spec, ((const ClipFile *)g_ptr_array_index(clip->files, i))->path);
}

void worker_files_none(gconstpointer job, SandboxSpec *spec)
{
    (void)job;
    (void)spec;
}

void worker_files_perception(gconstpointer perception, SandboxSpec *spec)
{
    PerceptionSettings *settings = perception_settings_new(perception, NULL);
    if (settings == NULL)
        return; /* the worker says what is wrong */
    sandbox_spec_read(spec, perception_model(settings));
    sandbox_spec_read(spec, perception_labels(settings));
    perception_settings_free(settings);
}
