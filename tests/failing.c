/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that fails once, for tests/failing: loaded before a program (LD_PRELOAD), it lets call number
 * FAIL_AT to files below FAIL_UNDER fail, with EIO, or ENOSPC where something is written. FAIL_TOLD gets a
 * line for each call: its number, the call, the path. Built by tests/cli/failing.sh. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FDS = 1024 };
static char *below[FDS]; /* paths by descriptor, of files that count */
static long calls;

#define REAL(name) ((__typeof__(&name))(void *)dlsym(RTLD_NEXT, #name))

static int is_below(const char *path)
{
    const char *under = getenv("FAIL_UNDER");
    return under != NULL && path != NULL && (*path != '/' || strncmp(path, under, strlen(under)) == 0);
}

/* Whether this call is the one that fails. */
static int fails(const char *call, const char *path)
{
    const char *at = getenv("FAIL_AT"), *told = getenv("FAIL_TOLD");
    calls++;
    const int fd = told != NULL ? REAL(open)(told, O_WRONLY | O_APPEND | O_CLOEXEC) : -1;
    if (fd >= 0) {
        char line[600];
        const int length = snprintf(line, sizeof line, "%ld %s %.500s\n", calls, call, path);
        if (length > 0)
            (void)!REAL(write)(fd, line, (size_t)length);
        REAL(close)(fd);
    }
    return at != NULL && calls == atol(at);
}

static int note(int fd, const char *path)
{
    if (fd >= 0 && fd < FDS) {
        free(below[fd]);
        below[fd] = strdup(path);
    }
    return fd;
}

static int forget(int fd)
{
    const int counted = fd >= 0 && fd < FDS && below[fd] != NULL;
    if (counted) {
        free(below[fd]);
        below[fd] = NULL;
    }
    return counted;
}

static int counts(int fd)
{
    return fd >= 0 && fd < FDS && below[fd] != NULL;
}

#define FAIL(number, result) return errno = (number), (result)

#define OPENS(name)                                                                     \
    int name(const char *path, int flags, ...)                                          \
    {                                                                                   \
        va_list rest;                                                                   \
        va_start(rest, flags);                                                          \
        const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                                   \
        if (!is_below(path))                                                            \
            return REAL(name)(path, flags, mode);                                       \
        if (fails("open", path))                                                        \
            FAIL(EIO, -1);                                                              \
        return note(REAL(name)(path, flags, mode), path);                               \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                                  \
    int name(int at, const char *path, int flags, ...)                                  \
    {                                                                                   \
        va_list rest;                                                                   \
        va_start(rest, flags);                                                          \
        const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                                   \
        if (!is_below(path))                                                            \
            return REAL(name)(at, path, flags, mode);                                   \
        if (fails("openat", path))                                                      \
            FAIL(EIO, -1);                                                              \
        return note(REAL(name)(at, path, flags, mode), path);                           \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

#define FOPENS(name)                               \
    FILE *name(const char *path, const char *mode) \
    {                                              \
        if (!is_below(path))                       \
            return REAL(name)(path, mode);         \
        if (fails("fopen", path))                  \
            FAIL(EIO, NULL);                       \
        FILE *file = REAL(name)(path, mode);       \
        if (file != NULL)                          \
            note(fileno(file), path);              \
        return file;                               \
    }
FOPENS(fopen)
FOPENS(fopen64)

int close(int fd)
{
    forget(fd);
    return REAL(close)(fd);
}

int fclose(FILE *file)
{
    const int counted = file != NULL && forget(fileno(file));
    const int status = REAL(fclose)(file);
    if (counted && fails("fclose", "a file"))
        FAIL(ENOSPC, EOF);
    return status;
}

int fflush(FILE *file)
{
    const int status = REAL(fflush)(file);
    if (file != NULL && counts(fileno(file)) && fails("fflush", below[fileno(file)]))
        FAIL(ENOSPC, EOF);
    return status;
}

ssize_t read(int fd, void *bytes, size_t size)
{
    if (counts(fd) && fails("read", below[fd]))
        FAIL(EIO, -1);
    return REAL(read)(fd, bytes, size);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    if (counts(fd) && fails("write", below[fd]))
        FAIL(ENOSPC, -1);
    return REAL(write)(fd, bytes, size);
}

#define BY_PATH(type, name, parameters, arguments, path, number, failed) \
    type name parameters                                                 \
    {                                                                    \
        if (is_below(path) && fails(#name, path))                        \
            FAIL(number, failed);                                        \
        return REAL(name) arguments;                                     \
    }
BY_PATH(int, rename, (const char *from, const char *to), (from, to), to, ENOSPC, -1)
BY_PATH(int, mkdir, (const char *path, mode_t mode), (path, mode), path, ENOSPC, -1)
BY_PATH(int, link, (const char *from, const char *to), (from, to), to, ENOSPC, -1)
BY_PATH(DIR *, opendir, (const char *path), (path), path, EIO, NULL)
BY_PATH(int, lstat, (const char *path, struct stat *status), (path, status), path, EIO, -1)

#define BY_FD(name)                                \
    int name(int fd)                               \
    {                                              \
        if (counts(fd) && fails(#name, below[fd])) \
            FAIL(EIO, -1);                         \
        return REAL(name)(fd);                     \
    }
BY_FD(fsync)
BY_FD(fdatasync)
