/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/members.h"

#include "sandbox/digits.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
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

/* The text of /proc/PID/NAME; "" when it is gone. */
static const char *read_file(pid_t pid, const char *name, char *buffer, size_t size)
{
    char path[64], *end = path;
    memcpy(end, "/proc/", 6);
    end = digits_write(end + 6, (uint64_t)pid);
    *end++ = '/';
    memcpy(end, name, strlen(name) + 1); /* “smaps_rollup” at the longest */
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t filled = 0;
    ssize_t got = 0;
    while (fd >= 0 && filled < size - 1 && (got = read(fd, buffer + filled, size - 1 - filled)) > 0)
        filled += (size_t)got;
    if (fd >= 0)
        close(fd);
    buffer[filled] = '\0';
    return buffer;
}

/* The number after so many more spaces. */
static int64_t field(const char **text, int skip)
{
    for (; skip > 0 && **text != '\0'; (*text)++)
        skip -= **text == ' ';
    return (int64_t)digits_read(text);
}

/* A name may hold anything, so that the fields are counted from the last bracket. */
static bool read_stat(pid_t pid, Member *member)
{
    char buffer[1024];
    const char *text = strrchr(read_file(pid, "stat", buffer, sizeof buffer), ')');
    if (text == NULL)
        return false;
    *member = (Member){.pid = pid};
    member->parent = (pid_t)field(&text, 2);
    member->ticks = field(&text, 10); /* utime, stime, cutime, cstime */
    for (int i = 0; i < 3; i++)
        member->ticks += field(&text, 1);
    member->tasks = (uint32_t)field(&text, 3);
    return true;
}

static bool list_all(Members *members)
{
    _Alignas(Entry) char buffer[16384];
    const int fd = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    long got;
    while ((got = syscall(SYS_getdents64, fd, buffer, sizeof buffer)) > 0) {
        for (long at = 0; at < got; at += ((const Entry *)(const void *)(buffer + at))->length) {
            const char *name = ((const Entry *)(const void *)(buffer + at))->name;
            const pid_t pid = (pid_t)digits_read(&name);
            if (pid > 0 && *name == '\0' && members->count < MEMBERS_MOST &&
                read_stat(pid, &members->list[members->count]))
                members->count++;
        }
    }
    close(fd);
    return got == 0;
}

static bool is_counted(const Members *members, pid_t pid)
{
    for (uint32_t i = 0; i < members->count; i++) {
        if (members->list[i].pid == pid)
            return members->list[i].counted;
    }
    return false;
}

/* In KiB: what it wrote to and holds in memory. */
static int64_t read_pages(pid_t pid)
{
    char buffer[256];
    const char *text = read_file(pid, "statm", buffer, sizeof buffer);
    const int64_t resident = field(&text, 1), shared = field(&text, 1);
    return (resident - shared) * (sysconf(_SC_PAGESIZE) / 1024);
}

bool members_read(Members *members, pid_t root)
{
    members->count = members->tasks = 0;
    members->ticks = members->pages_kib = 0;
    if (!list_all(members))
        return false;
    bool more = true;
    for (uint32_t i = 0; root == 0 && i < members->count; i++)
        members->list[i].counted = true;
    while (root != 0 && more) {
        more = false;
        for (uint32_t i = 0; i < members->count; i++) {
            Member *member = &members->list[i];
            if (!member->counted && (member->parent == root || is_counted(members, member->parent)))
                member->counted = more = true;
        }
    }
    for (uint32_t i = 0; i < members->count; i++) {
        const Member *member = &members->list[i];
        if (!member->counted)
            continue;
        members->tasks += member->tasks;
        members->ticks += member->ticks;
        members->pages_kib += read_pages(member->pid);
    }
    return true;
}

/* The number behind a line's name, in KiB; 0 where there is no such line. */
static int64_t line_of(const char *text, const char *name)
{
    const char *line = strstr(text, name);
    if (line == NULL)
        return 0;
    for (line += strlen(name); *line == ' '; line++)
        continue;
    return (int64_t)digits_read(&line);
}

int64_t members_weigh(const Members *members)
{
    int64_t sum = 0;
    bool known = false;
    for (uint32_t i = 0; i < members->count; i++) {
        char buffer[4096];
        if (!members->list[i].counted)
            continue;
        const char *text = read_file(members->list[i].pid, "smaps_rollup", buffer, sizeof buffer);
        known = known || *text != '\0';
        sum += line_of(text, "Pss_Anon:") + line_of(text, "Pss_Shmem:") + line_of(text, "SwapPss:");
    }
    return known ? sum : -1;
}
