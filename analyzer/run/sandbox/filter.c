/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/filter.h"

#include "sandbox/calls.h"
#include "sandbox/landlock.h"
#include "sandbox/limits.h"

#include <asm/ioctls.h>
#include <errno.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    NAMESPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
                 CLONE_NEWNET,
    KIND_OF_SOCKET = 0xf /* the rest are flags */
};

bool filter_is_offered(void)
{
    const uint32_t action = SECCOMP_RET_KILL_PROCESS;
    return !limits_under_valgrind() && syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

bool filter_can_ask(void)
{
    const uint32_t action = SECCOMP_RET_USER_NOTIF;
    return filter_is_offered() && syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

/* A call that libseccomp or this architecture does not know needs no rule. The first failure is kept in
 * `fault`, and nothing is added any more. */
static void add(scmp_filter_ctx filter, uint32_t action, const char *name, unsigned count,
                const struct scmp_arg_cmp *where, int *fault)
{
    const int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR || *fault != 0)
        return;
    const int added = seccomp_rule_add_array(filter, action, number, count, where);
    /* -EACCES: the filter does that by itself already. */
    if (added != 0 && added != -EACCES && added != -EDOM)
        *fault = -added;
}

static void add_all(scmp_filter_ctx filter, uint32_t action, const char *const *names, int *fault)
{
    for (; *names != NULL; names++)
        add(filter, action, *names, 0, NULL, fault);
}

static void add_if(scmp_filter_ctx filter, uint32_t action, const char *name, struct scmp_arg_cmp where,
                   int *fault)
{
    add(filter, action, name, 1, &where, fault);
}

/* The low half of an argument; C's int fills no more of the register than that. */
#define LOW(argument, value) SCMP_A##argument##_32(SCMP_CMP_EQ, (uint32_t)(value))

/* ---- a program: all but … */

static void refuse_network(scmp_filter_ctx filter, const SandboxSpec *spec, bool asks, int *fault)
{
    const uint32_t refused = SCMP_ACT_ERRNO(EACCES);
    /* A datagram of a pair can still be sent elsewhere: to the desktop, to the logs, to a container's door.
     */
    for (uint32_t kind = 0; kind <= KIND_OF_SOCKET; kind++) {
        if (kind != SOCK_STREAM && kind != SOCK_SEQPACKET)
            add_if(filter, refused, "socketpair", SCMP_A1_32(SCMP_CMP_MASKED_EQ, KIND_OF_SOCKET, kind),
                   fault);
    }
    if (spec->network == SANDBOX_NO_NETWORK) {
        add(filter, asks ? SCMP_ACT_NOTIFY : refused, "socket", 0, NULL, fault);
        add_all(filter, refused, calls_of_network, fault);
        return;
    }
    static const int families[] = {AF_INET, AF_INET6};
    for (int family = 0; family < AF_MAX; family++) {
        if (family != families[0] && family != families[1])
            add_if(filter, refused, "socket", LOW(0, family), fault);
    }
    add_if(filter, refused, "socket", SCMP_A0_32(SCMP_CMP_GE, AF_MAX), fault);
    for (uint32_t kind = 0; kind <= KIND_OF_SOCKET; kind++) {
        if (kind != SOCK_STREAM && (kind != SOCK_DGRAM || spec->network != SANDBOX_OWN_NETWORK))
            add_if(filter, refused, "socket", SCMP_A1_32(SCMP_CMP_MASKED_EQ, KIND_OF_SOCKET, kind), fault);
    }
}

static void fill_program(scmp_filter_ctx filter, const SandboxSpec *spec, bool asks, int *fault)
{
    add_all(filter, SCMP_ACT_KILL_PROCESS, calls_that_end, fault);
    add_all(filter, SCMP_ACT_ERRNO(EPERM), calls_refused, fault);
    add_all(filter, SCMP_ACT_ERRNO(ENOSYS), calls_unknown, fault);
    refuse_network(filter, spec, asks, fault);
    /* Landlock refuses it by itself from its third version on, and lets it pass in the scratch folder. */
    if (landlock_abi() < 3)
        add(filter, SCMP_ACT_ERRNO(EACCES), "truncate", 0, NULL, fault);
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        if (((uint32_t)NAMESPACES & bit) != 0)
            add_if(filter, SCMP_ACT_ERRNO(EPERM), "clone", SCMP_A0_32(SCMP_CMP_MASKED_EQ, bit, bit), fault);
    }
    if (asks) {
        add(filter, SCMP_ACT_NOTIFY, "fork", 0, NULL, fault);
        add(filter, SCMP_ACT_NOTIFY, "vfork", 0, NULL, fault);
        add_if(filter, SCMP_ACT_NOTIFY, "clone", SCMP_A0_32(SCMP_CMP_MASKED_EQ, NAMESPACES, 0), fault);
    }
    add_if(filter, SCMP_ACT_ERRNO(EPERM), "kill", LOW(0, -1), fault); /* all processes of this person */
    add_if(filter, SCMP_ACT_ERRNO(EPERM), "prlimit64", SCMP_A0_32(SCMP_CMP_NE, 0),
           fault);                                                          /* others' limits */
    add_if(filter, SCMP_ACT_ERRNO(EPERM), "ioctl", LOW(1, TIOCSTI), fault); /* typing into the terminal */
    add_if(filter, SCMP_ACT_ERRNO(EPERM), "ioctl", LOW(1, 0x541C /* TIOCLINUX */), fault);
}

/* ---- a worker: nothing but … */

/* Its sockets: none, those that are open, or also such as lead to another machine. */
static void fill_sockets(scmp_filter_ctx filter, const SandboxSpec *spec, int *fault)
{
    static const int families[] = {AF_INET, AF_INET6};
    if (!spec->connects)
        add(filter, SCMP_ACT_ERRNO(EACCES), "socket", 0, NULL, fault);
    for (size_t i = 0; spec->connects && i < G_N_ELEMENTS(families); i++)
        add_if(filter, SCMP_ACT_ALLOW, "socket", LOW(0, families[i]), fault);
    if (spec->connects)
        add(filter, SCMP_ACT_ALLOW, "connect", 0, NULL, fault);
    for (const char *const *call = calls_of_network; *call != NULL; call++) {
        if (spec->connects && strcmp(*call, "connect") == 0)
            continue;
        if (!spec->serves || !g_strv_contains(calls_that_serve, *call))
            add(filter, SCMP_ACT_ERRNO(EACCES), *call, 0, NULL, fault);
    }
    if (spec->serves)
        add_all(filter, SCMP_ACT_ALLOW, calls_that_serve, fault);
}

static void fill_worker(scmp_filter_ctx filter, const SandboxSpec *spec, int *fault)
{
    static const uint32_t controls[] = {TCGETS, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX, TIOCGWINSZ, FICLONE};
    static const int names[] = {PR_SET_NAME, PR_GET_NAME, PR_SET_VMA, PR_GET_DUMPABLE, PR_CAPBSET_READ};
    const uint32_t self = (uint32_t)getpid();
    add_all(filter, SCMP_ACT_ALLOW, calls_of_worker, fault);
    add_all(filter, SCMP_ACT_KILL_PROCESS, calls_that_end, fault);
    add_all(filter, SCMP_ACT_KILL_PROCESS, calls_that_start, fault);
    fill_sockets(filter, spec, fault);
    add_if(filter, SCMP_ACT_ALLOW, "clone", SCMP_A0_32(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD),
           fault);
    add_if(filter, SCMP_ACT_KILL_PROCESS, "clone", SCMP_A0_32(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0), fault);
    add_if(filter, SCMP_ACT_ALLOW, "kill", LOW(0, self), fault);
    add_if(filter, SCMP_ACT_ALLOW, "tgkill", LOW(0, self), fault);
    add_if(filter, SCMP_ACT_ALLOW, "prlimit64", LOW(0, 0), fault);
    for (size_t i = 0; i < G_N_ELEMENTS(controls); i++)
        add_if(filter, SCMP_ACT_ALLOW, "ioctl", LOW(1, controls[i]), fault);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        add_if(filter, SCMP_ACT_ALLOW, "prctl", LOW(0, names[i]), fault);
}

/* ---- made and held */

/* libseccomp 2.5 writes to a descriptor only. */
static bool export(scmp_filter_ctx filter, struct sock_fprog *program)
{
    const int fd = memfd_create("vsaudit-filter", MFD_CLOEXEC);
    struct stat status;
    if (fd < 0)
        return false;
    const int failed = seccomp_export_bpf(filter, fd);
    if (failed != 0 || fstat(fd, &status) != 0 || status.st_size <= 0) {
        close(fd);
        return false;
    }
    const size_t size = (size_t)status.st_size;
    program->filter = g_malloc(size);
    program->len = (unsigned short)(size / sizeof *program->filter);
    const bool read_all = pread(fd, program->filter, size, 0) == (ssize_t)size;
    close(fd);
    return read_all;
}

bool filter_make(const SandboxSpec *spec, bool asks, struct sock_fprog *program, GError **error)
{
    const bool worker = spec->kind == SANDBOX_WORKER;
    scmp_filter_ctx filter = seccomp_init(worker ? SCMP_ACT_ERRNO(ENOSYS) : SCMP_ACT_ALLOW);
    int fault = filter == NULL ? ENOMEM : 0;
    if (fault == 0) {
        /* Calls of another architecture, by which a list of numbers is got round. */
        seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
        if (worker)
            fill_worker(filter, spec, &fault);
        else
            fill_program(filter, spec, asks, &fault);
    }
    *program = (struct sock_fprog){0};
    if (fault == 0 && !export(filter, program))
        fault = errno != 0 ? errno : EIO;
    if (filter != NULL)
        seccomp_release(filter);
    if (fault == 0)
        return true;
    g_clear_pointer(&program->filter, g_free);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "cannot make a filter of system calls (%s)",
                g_strerror(fault));
    return false;
}

bool filter_hold(const struct sock_fprog *program)
{
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, program) == 0;
}

int filter_hold_asking(const struct sock_fprog *program)
{
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, program);
}
