/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/confine.h"

#include "media/sequence.h"
#include "perception/perception.h"

void confine_file(SandboxSpec *spec, const char *path)
{
    if (path != NULL && sequence_is_pattern(path)) {
        g_autofree char *folder = g_path_get_dirname(path);
        sandbox_spec_read(spec, folder);
    } else {
        sandbox_spec_read(spec, path);
    }
}

void confine_clip(SandboxSpec *spec, const Clip *clip)
{
    confine_file(spec, clip->path);
    for (guint i = 0; i < clip->files->len; i++)
        confine_file(spec, ((const ClipFile *)g_ptr_array_index(clip->files, i))->path);
}

void confine_perception(SandboxSpec *spec, const ParamList *perception)
{
    PerceptionSettings *settings = perception_settings_new(perception, NULL);
    if (settings == NULL)
        return; /* the worker says what is wrong */
    sandbox_spec_read(spec, perception_model(settings));
    sandbox_spec_read(spec, perception_labels(settings));
    perception_settings_free(settings);
}

void confine_to_nothing(gconstpointer job, SandboxSpec *spec)
{
    (void)job;
    (void)spec;
}

void confine_to_perception(gconstpointer perception, SandboxSpec *spec)
{
    confine_perception(spec, perception);
}
