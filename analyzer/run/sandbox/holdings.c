/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/holdings.h"

#include "sandbox/digits.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* As getdents64 gives it. */
typedef struct {
    uint64_t inode;
    int64_t offset;
    uint16_t length;
    uint8_t type;
    char name[];
} Entry;

void holdings_begin(Holdings *holdings, int64_t most_kib)
{
    holdings->kib = holdings->gone_count = 0;
    holdings->most = most_kib;
    holdings->deeper = false;
}

static bool is_enough(const Holdings *holdings)
{
    return holdings->deeper || holdings->kib > holdings->most;
}

static void weigh(Holdings *holdings, const struct stat *facts)
{
    const int64_t kib = (int64_t)facts->st_blocks / 2;
    holdings->kib += kib > HOLDINGS_ENTRY_KIB ? kib : HOLDINGS_ENTRY_KIB;
}

static bool is_entry(const char *name)
{
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static void add_opened(Holdings *holdings, int folder, int depth)
{
    _Alignas(Entry) char buffer[2048];
    long got;
    if (depth > HOLDINGS_DEEPEST)
        holdings->deeper = true;
    while (!is_enough(holdings) && (got = syscall(SYS_getdents64, folder, buffer, sizeof buffer)) > 0) {
        for (long at = 0; at < got && !is_enough(holdings);
             at += ((const Entry *)(const void *)(buffer + at))->length) {
            const char *name = ((const Entry *)(const void *)(buffer + at))->name;
            struct stat facts;
            if (!is_entry(name) || fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW) != 0)
                continue;
            weigh(holdings, &facts);
            const int below = S_ISDIR(facts.st_mode)
                                  ? openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                                  : -1;
            if (below < 0) {
                holdings->deeper = holdings->deeper || (S_ISDIR(facts.st_mode) && errno == EACCES);
                continue;
            }
            add_opened(holdings, below, depth + 1);
            close(below);
        }
    }
}

void holdings_add_folder(Holdings *holdings, const char *path)
{
    const int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) {
        holdings->deeper = errno == EACCES;
        return;
    }
    add_opened(holdings, folder, 1);
    close(folder);
}

/* Whether a file without a name was met before: several processes may hold it. */
static bool is_known(Holdings *holdings, const struct stat *facts)
{
    for (uint32_t i = 0; i < holdings->gone_count; i++)
        if (holdings->gone[i].inode == facts->st_ino && holdings->gone[i].device == facts->st_dev)
            return true;
    if (holdings->gone_count < HOLDINGS_GONE)
        holdings->gone[holdings->gone_count++] = (HoldingsFile){facts->st_ino, facts->st_dev};
    return false;
}

void holdings_add_open(Holdings *holdings, const char *folder, pid_t pid)
{
    char path[64] = "/proc/", *end = digits_write(path + 6, (uint64_t)pid);
    struct stat of_folder;
    strcpy(end, "/fd");
    const int list = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    _Alignas(Entry) char buffer[2048];
    long got = list >= 0 && stat(folder, &of_folder) == 0 ? 1 : 0;
    while (got > 0 && !is_enough(holdings) &&
           (got = syscall(SYS_getdents64, list, buffer, sizeof buffer)) > 0) {
        for (long at = 0; at < got; at += ((const Entry *)(const void *)(buffer + at))->length) {
            const char *name = ((const Entry *)(const void *)(buffer + at))->name;
            struct stat facts;
            if (is_entry(name) && fstatat(list, name, &facts, 0) == 0 && S_ISREG(facts.st_mode) &&
                facts.st_nlink == 0 && facts.st_dev == of_folder.st_dev && !is_known(holdings, &facts))
                weigh(holdings, &facts);
        }
    }
    if (list >= 0)
        close(list);
}
