/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/engine_path.h"

#include "records/error.h"
#include "records/file_hash.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum { ENDING_MOST = 5, PIECE = 1 << 20 };

bool engine_path_fits(const PlanJob *job, GError **error)
{
    const Clip *clip = job->clip;
    if (job->condition->filter != NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found the condition “%s”, expected none: the system is handed the file as it is",
                    clip->path, job->condition->id);
        return false;
    }
    if (clip->files->len == 0 && g_file_test(clip->path, G_FILE_TEST_IS_REGULAR))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: found a clip of several files, expected one file: the system is handed its path",
                clip->path);
    return false;
}

/* “.mp4” of a name; “” where what stands there is no usual ending. */
static char *ending_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    bool usual = dot != NULL && dot[1] != '\0' && strlen(dot + 1) <= ENDING_MOST;
    for (const char *c = usual ? dot + 1 : ""; usual && *c != '\0'; c++)
        usual = g_ascii_isalnum(*c);
    return usual ? g_ascii_strdown(dot, -1) : g_strdup("");
}

static bool pour(int from, int to)
{
    g_autofree char *piece = g_malloc(PIECE);
    for (;;) {
        const ssize_t count = read(from, piece, PIECE);
        if (count <= 0)
            return count == 0;
        for (ssize_t done = 0; done < count;) {
            const ssize_t written = write(to, piece + done, (size_t)(count - done));
            if (written < 0)
                return false;
            done += written;
        }
    }
}

static bool copy(const char *path, const char *to)
{
    const int source = open(path, O_RDONLY | O_CLOEXEC);
    const int target = source >= 0 ? open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400) : -1;
    const bool fine = target >= 0 && pour(source, target);
    const int number = errno;
    if (source >= 0)
        close(source);
    if (target >= 0)
        close(target);
    errno = number;
    return fine;
}

char *engine_path_give(const PlanJob *job, const char *sha256, const char *folder, const char *name,
                       GError **error)
{
    g_autofree char *ending = ending_of(job->clip->path), *file = g_strconcat(name, ending, NULL),
                    *path = g_build_filename(folder, file, NULL);
    g_unlink(path);
    if (!copy(job->clip->path, path)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written (%s)", path,
                    g_strerror(errno));
        g_unlink(path);
        return NULL;
    }
    g_autofree char *found = file_hash(path, NULL);
    if (sha256 == NULL || g_strcmp0(found, sha256) == 0)
        return g_steal_pointer(&path);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                "%s: found another file than a moment ago, expected one file during the run",
                job->clip->path);
    g_unlink(path);
    return NULL;
}

void engine_path_take_back(const char *path)
{
    if (path != NULL)
        g_unlink(path);
}
