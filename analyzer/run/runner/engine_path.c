/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/engine_path.h"

#include "config/probes.h"
#include "media/remux.h"
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

/* `comment`: what is put behind the first line, before its end; "": nothing. */
static bool pour_headed(int from, int to, const char *comment)
{
    for (char c = 0; *comment != '\0' && c != '\n';) {
        if (read(from, &c, 1) != 1)
            return false;
        if (c == '\n' && write(to, comment, strlen(comment)) < 0)
            return false;
        if (write(to, &c, 1) != 1)
            return false;
    }
    return pour(from, to);
}

static bool copy(const char *path, const char *to, const char *comment)
{
    const int source = open(path, O_RDONLY | O_CLOEXEC);
    const int target = source >= 0 ? open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400) : -1;
    const bool fine = target >= 0 && pour_headed(source, target, comment);
    const int number = errno;
    if (source >= 0)
        close(source);
    if (target >= 0)
        close(target);
    errno = number;
    return fine;
}

/* ---- written anew */

#define Y4M "YUV4MPEG2 "
enum { PADDING_LEAST = 64, PADDING_ROOM = 1 << 16 };

static bool is_y4m(const char *path)
{
    char head[sizeof Y4M - 1] = "";
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    const bool is = file >= 0 && read(file, head, sizeof head) == (ssize_t)sizeof head &&
                    memcmp(head, Y4M, sizeof head) == 0;
    if (file >= 0)
        close(file);
    return is;
}

/* By how much it is padded follows from what it is, so that every run gives the same bytes. */
static guint32 padding_of(const char *sha256)
{
    char digits[9] = "";
    g_strlcpy(digits, sha256, sizeof digits);
    return PADDING_LEAST + (guint32)(g_ascii_strtoull(digits, NULL, 16) % PADDING_ROOM);
}

/* Its path; NULL where nothing holds its pictures exactly, or with a HARNESS error. Caller frees. */
static char *write_anew(const PlanJob *job, const char *sha256, const char *stem, GError **error)
{
    const char *path = job->clip->path;
    if (is_y4m(path)) {
        g_autofree char *to = g_strconcat(stem, ".y4m", NULL), *comment = g_strdup_printf(" X%.16s", sha256);
        g_unlink(to);
        if (copy(path, to, comment))
            return g_steal_pointer(&to);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written (%s)", to,
                    g_strerror(errno));
        return NULL;
    }
    const RemuxSpec spec = {.index_first = true, .padding = padding_of(sha256), .rate = job->clip->rate};
    g_autoptr(GError) cause = NULL;
    const char *ending = remux_write(path, stem, &spec, NULL, &cause);
    if (ending != NULL)
        return g_strconcat(stem, ending, NULL);
    if (cause->code == VSAUDIT_ERROR_HARNESS)
        g_propagate_error(error, g_steal_pointer(&cause));
    return NULL;
}

/* ---- handed over */

static char *changed(const PlanJob *job, const char *path, GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                "%s: found another file than a moment ago, expected one file during the run",
                job->clip->path);
    g_unlink(path);
    return NULL;
}

static char *give_anew(const PlanJob *job, const char *sha256, const char *stem, GError **error)
{
    g_autofree char *path = write_anew(job, sha256, stem, error);
    if (path == NULL)
        return NULL;
    g_chmod(path, 0400);
    g_autofree char *found = file_hash(job->clip->path, NULL);
    return g_strcmp0(found, sha256) == 0 ? g_steal_pointer(&path) : changed(job, path, error);
}

char *engine_path_give(const PlanJob *job, const char *sha256, const char *folder, const char *name,
                       bool *anew, GError **error)
{
    g_autofree char *stem = g_build_filename(folder, name, NULL), *ending = ending_of(job->clip->path),
                    *path = g_strconcat(stem, ending, NULL);
    g_autoptr(GError) cause = NULL;
    char *fresh = job->probe == &probe_table[PROBE_RENAMED] && sha256 != NULL
                      ? give_anew(job, sha256, stem, &cause)
                      : NULL;
    *anew = fresh != NULL;
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return NULL;
    }
    if (fresh != NULL)
        return fresh;
    g_unlink(path);
    if (!copy(job->clip->path, path, "")) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written (%s)", path,
                    g_strerror(errno));
        g_unlink(path);
        return NULL;
    }
    g_autofree char *found = file_hash(path, NULL);
    return sha256 == NULL || g_strcmp0(found, sha256) == 0 ? g_steal_pointer(&path)
                                                           : changed(job, path, error);
}

void engine_path_take_back(const char *path)
{
    if (path != NULL)
        g_unlink(path);
}
