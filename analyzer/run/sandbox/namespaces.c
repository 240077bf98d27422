/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/namespaces.h"

#include "sandbox/digits.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROCESSES = 1, PROC = 2, SHM = 4, NETWORK = 8 };

static bool put(const char *path, const char *text)
{
    const int fd = open(path, O_WRONLY | O_CLOEXEC);
    const bool written = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
    if (fd >= 0)
        close(fd);
    return written;
}

/* One person, the same inside as outside. */
static bool map_number(const char *path, unsigned number)
{
    char text[64] = "", *end = text;
    end = digits_write(end, number);
    *end++ = ' ';
    end = digits_write(end, number);
    memcpy(end, " 1", sizeof " 1");
    return put(path, text);
}

static bool leave(int kinds, bool as_user)
{
    const unsigned user = geteuid(), group = getegid();
    if (!as_user)
        return unshare(kinds) == 0;
    return unshare(kinds | CLONE_NEWUSER) == 0 && put("/proc/self/setgroups", "deny") &&
           map_number("/proc/self/uid_map", user) && map_number("/proc/self/gid_map", group);
}

bool namespaces_leave(const Namespaces *spaces)
{
    return leave(CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC, spaces->as_user) &&
           mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

bool namespaces_leave_network(bool as_user)
{
    struct ifreq loopback = {.ifr_name = "lo"};
    if (!leave(CLONE_NEWNET, as_user))
        return false;
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const bool asked = fd >= 0 && ioctl(fd, SIOCGIFFLAGS, &loopback) == 0;
    loopback.ifr_flags = (short)(loopback.ifr_flags | IFF_UP);
    const bool up = asked && ioctl(fd, SIOCSIFFLAGS, &loopback) == 0;
    const int number = errno;
    if (fd >= 0)
        close(fd);
    errno = number;
    return up;
}

bool namespaces_mount(const Namespaces *spaces)
{
    const unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    return (!spaces->proc || mount("proc", "/proc", "proc", flags, NULL) == 0) &&
           (!spaces->shm || mount("tmpfs", "/dev/shm", "tmpfs", flags, spaces->shm_options) == 0);
}

/* What can be done in this way, as bits. */
static int try_one(bool as_user)
{
    const pid_t outer = fork();
    if (outer == 0) {
        const Namespaces spaces = {.as_user = as_user};
        int status = 0;
        const pid_t inner = namespaces_leave(&spaces) ? fork() : -1;
        if (inner == 0) {
            static const Namespaces proc = {.proc = true}, shm = {.shm = true, .shm_options = "size=1m"};
            _exit(PROCESSES | (namespaces_mount(&proc) ? PROC : 0) | (namespaces_mount(&shm) ? SHM : 0) |
                  (namespaces_leave_network(false) ? NETWORK : 0));
        }
        _exit(inner > 0 && waitpid(inner, &status, 0) == inner && WIFEXITED(status) ? WEXITSTATUS(status)
                                                                                    : 0);
    }
    int status = 0;
    if (outer < 0)
        return 0;
    while (waitpid(outer, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

Namespaces namespaces_try(void)
{
    const int plain = geteuid() == 0 ? try_one(false) : 0;
    const int own = plain == 0 ? try_one(true) : 0;
    const int can = plain | own;
    return (Namespaces){.processes = (can & PROCESSES) != 0,
                        .as_user = own != 0,
                        .proc = (can & PROC) != 0,
                        .shm = (can & SHM) != 0,
                        .network = (can & NETWORK) != 0};
}
