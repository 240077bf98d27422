/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/file_hash.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 16 };

static bool write_piece(int to, const guchar *piece, ssize_t length)
{
    for (ssize_t done = 0; done < length;) {
        const ssize_t written = write(to, piece + done, (size_t)(length - done));
        if (written < 0 && errno != EINTR)
            return false;
        done += MAX(written, 0);
    }
    return true;
}

char *file_hash_stream(int from, int to, int64_t *size)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree guchar *piece = g_malloc(PIECE);
    int64_t total = 0;
    ssize_t got;
    while ((got = read(from, piece, PIECE)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || (to != -1 && !write_piece(to, piece, got)))
            return NULL;
        g_checksum_update(sum, piece, got);
        total += got;
    }
    if (size != NULL)
        *size = total;
    return g_strdup(g_checksum_get_string(sum));
}

int file_hash_open(const char *path)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    if (fd >= 0 && (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))) {
        close(fd);
        errno = EINVAL;
        return -1;
    }
    return fd;
}

char *file_hash(const char *path, int64_t *size)
{
    const int fd = file_hash_open(path);
    if (fd < 0)
        return NULL;
    char *hash = file_hash_stream(fd, -1, size);
    const int why = errno;
    close(fd);
    errno = why;
    return hash;
}
