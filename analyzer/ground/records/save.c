/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/save.h"

#include "records/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(const char *path, const char *why, GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", path, why);
    return false;
}

static bool write_through(const char *path, const char *bytes, size_t size, GError **error)
{
    const int file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    while (file >= 0 && size > 0) {
        const ssize_t written = write(file, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            break;
        bytes += written;
        size -= (size_t)written;
    }
    int number = file < 0 || size > 0 ? errno : 0;
    if (file >= 0 && close(file) != 0 && number == 0)
        number = errno;
    return number == 0 || fail(path, g_strerror(number), error);
}

bool save_file(const char *path, const char *bytes, gssize length, GError **error)
{
    const size_t size = length < 0 ? strlen(bytes) : (size_t)length;
    struct stat status;
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
        return write_through(path, bytes, size, error);
    /* /dev/stdout that leads to a file is that file, which somebody has open: it is not exchanged. */
    if (g_str_has_prefix(path, "/dev/") || g_str_has_prefix(path, "/proc/"))
        return write_through(path, bytes, size, error);
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents_full(path, bytes, (gssize)size,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_ONLY_EXISTING, 0666,
                                 &cause))
        return true;
    return fail(path, cause->message, error);
}
