/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The same on all architectures since 5.13. */
enum { CALL_CREATE = 444, CALL_ADD = 445, CALL_RESTRICT = 446, ASK_VERSION = 1 };
enum { RULE_PATH = 1, RULE_PORT = 2 };

#define BIT(n) (UINT64_C(1) << (n))
static const uint64_t fs_execute = BIT(0), fs_write_file = BIT(1), fs_read_file = BIT(2),
                      fs_read_dir = BIT(3);
/* remove dir, file; make dir, regular, socket, fifo, symbolic link */
static const uint64_t fs_change = BIT(4) | BIT(5) | BIT(7) | BIT(8) | BIT(9) | BIT(10) | BIT(12);
static const uint64_t fs_refer = BIT(13), fs_truncate = BIT(14), fs_ioctl_dev = BIT(15);
static const uint64_t net_bind = BIT(0), net_connect = BIT(1);
static const uint64_t scope_all = BIT(0) | BIT(1); /* abstract sockets, signals */

typedef struct {
    uint64_t fs, net, scoped;
} Attributes;

typedef struct {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed)) PathRule;

typedef struct {
    uint64_t allowed, port;
} PortRule;

int landlock_abi(void)
{
    const long version = syscall(CALL_CREATE, NULL, 0, ASK_VERSION);
    return version > 0 ? (int)version : 0;
}

/* What the kernel knows of files. */
static uint64_t handled(int abi)
{
    return (BIT(13) - 1) | (abi >= 2 ? fs_refer : 0) | (abi >= 3 ? fs_truncate : 0) |
           (abi >= 5 ? fs_ioctl_dev : 0);
}

int landlock_begin(bool ports)
{
    const int abi = landlock_abi();
    const Attributes attributes = {
        .fs = handled(abi), .net = ports ? net_bind | net_connect : 0, .scoped = scope_all};
    /* A kernel refuses a longer record than it knows unless the rest is 0. */
    const size_t size = abi >= 6 ? sizeof attributes : abi >= 4 ? 16 : 8;
    return (int)syscall(CALL_CREATE, &attributes, size, 0);
}

bool landlock_allow(int rules, const char *path, int use)
{
    const int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == EACCES || errno == ENOTDIR || errno == ELOOP ||
               errno == ENAMETOOLONG;
    struct stat status;
    const bool known = fstat(fd, &status) == 0;
    const uint64_t of_files = fs_execute | fs_write_file | fs_read_file | fs_truncate | fs_ioctl_dev;
    uint64_t allowed = 0;
    if ((use & LANDLOCK_READ) != 0)
        allowed |= fs_read_file | fs_read_dir;
    if ((use & LANDLOCK_EXECUTE) != 0)
        allowed |= fs_execute;
    if ((use & LANDLOCK_WRITE) != 0)
        allowed |= fs_write_file | fs_change | fs_refer | fs_truncate;
    if (known && S_ISCHR(status.st_mode) && (use & LANDLOCK_WRITE) != 0)
        allowed |= fs_ioctl_dev;
    if (known && !S_ISDIR(status.st_mode))
        allowed &= of_files;
    const PathRule rule = {allowed & handled(landlock_abi()), fd};
    const bool added = known && (rule.allowed == 0 || syscall(CALL_ADD, rules, RULE_PATH, &rule, 0) == 0);
    const int number = errno;
    close(fd);
    errno = number;
    return added;
}

bool landlock_allow_port(int rules, uint16_t port)
{
    const PortRule rule = {net_connect, port};
    return landlock_abi() < 4 || syscall(CALL_ADD, rules, RULE_PORT, &rule, 0) == 0;
}

bool landlock_hold(int rules)
{
    const bool held = syscall(CALL_RESTRICT, rules, 0) == 0;
    const int number = errno;
    close(rules);
    errno = number;
    return held;
}
