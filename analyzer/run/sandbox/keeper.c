/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/keeper.h"

#include "sandbox/holdings.h"
#include "sandbox/members.h"

#include <errno.h>
#include <linux/close_range.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    LOOK_MS = 500, /* how often sums are made */
    LOST = 125,    /* the status of a keeper that does not know the program's */
    DOOR = 0,      /* the keeper's only descriptors: what it began with … */
    CHILD = 1,
    LISTENER = 2,
    SPARE_TASKS = 1, /* the first process of the namespace is not the program's */
};

typedef struct {
    const SandboxSpec *spec;
    KeeperPage *page;
    Members *members;   /* NULL: no memory was left for them, and nothing is added up */
    Holdings *holdings; /* the same */
    pid_t child, root;
    bool apart; /* the child is the first process of a namespace */
    bool door_open, listening;
    uint32_t tasks; /* at most so many are there */
} Keeper;

/* ---- the first process of a namespace */

static void close_all(void)
{
    syscall(SYS_close_range, 0U, ~0U, 0U);
}

/* Waits for the program, and for those that lost their parent. When it ends, all others do. */
static _Noreturn void be_first(KeeperPage *page, pid_t program)
{
    close_all();
    for (;;) {
        int status = 0;
        const pid_t ended = waitpid(-1, &status, 0);
        if (ended == program)
            atomic_store(&page->status, status);
        if (ended == program || (ended < 0 && errno != EINTR))
            _exit(0);
    }
}

/* ---- the keeper */

/* Ends as the program did. */
static _Noreturn void end_like(int status)
{
    if (WIFSIGNALED(status)) {
        const struct rlimit none = {0, 0};
        const int number = WTERMSIG(status);
        sigset_t all;
        setrlimit(RLIMIT_CORE, &none);
        signal(number, SIG_DFL);
        sigfillset(&all);
        sigprocmask(SIG_UNBLOCK, &all, NULL);
        kill(getpid(), number);
    }
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : LOST);
}

/* Without a namespace: ends what the program left behind. Each that loses its parent comes to the keeper. */
static void sweep(const Keeper *keeper)
{
    while (keeper->members != NULL && members_read(keeper->members, keeper->root) &&
           keeper->members->tasks > 0) {
        for (uint32_t i = 0; i < keeper->members->count; i++) {
            if (keeper->members->list[i].counted)
                kill(keeper->members->list[i].pid, SIGKILL);
        }
        while (waitpid(-1, NULL, WNOHANG) > 0)
            continue;
    }
}

static _Noreturn void finish(const Keeper *keeper, int status)
{
    if (!keeper->apart)
        sweep(keeper);
    else if (atomic_load(&keeper->page->status) >= 0)
        status = atomic_load(&keeper->page->status);
    if (atomic_load(&keeper->page->verdict) != KEEPER_ENDED_NOTHING)
        status = SIGKILL;
    atomic_store(&keeper->page->status, status);
    end_like(status);
}

static void end_program(const Keeper *keeper, KeeperVerdict verdict)
{
    atomic_store(&keeper->page->verdict, (int)verdict);
    kill(keeper->child, SIGKILL);
}

/* Of the named folders, and of files that were removed and are still open. */
static void look_at_folders(const Keeper *keeper)
{
    const SandboxSpec *spec = keeper->spec;
    const int64_t most_kib = spec->folder_mib * 1024;
    if (keeper->holdings == NULL || most_kib <= 0)
        return;
    holdings_begin(keeper->holdings, most_kib);
    const bool known = keeper->members != NULL && members_read(keeper->members, keeper->root);
    for (guint i = 0; i < spec->writable->len; i++) {
        const char *folder = g_ptr_array_index(spec->writable, i);
        holdings_add_folder(keeper->holdings, folder);
        for (uint32_t m = 0; known && m < keeper->members->count; m++)
            if (keeper->members->list[m].counted)
                holdings_add_open(keeper->holdings, folder, keeper->members->list[m].pid);
    }
    if (keeper->holdings->deeper || keeper->holdings->kib > most_kib)
        end_program(keeper, KEEPER_ENDED_FOLDER);
}

static void look_at_sums(const Keeper *keeper)
{
    const SandboxSpec *spec = keeper->spec;
    const int64_t most_kib = spec->memory_mib * 1024;
    Members *members = keeper->members;
    if (members == NULL || (most_kib <= 0 && spec->processor_s <= 0) || !members_read(members, keeper->root))
        return;
    if (spec->processor_s > 0 && members->ticks / sysconf(_SC_CLK_TCK) > spec->processor_s) {
        end_program(keeper, KEEPER_ENDED_PROCESSOR);
    } else if (most_kib > 0 && members->pages_kib > most_kib) {
        const int64_t weight_kib = members_weigh(members);
        if (weight_kib < 0 || weight_kib > most_kib)
            end_program(keeper, KEEPER_ENDED_MEMORY);
    }
}

/* Whether one more process or thread may be. Only when too many might be there are they counted. */
static bool take_task(Keeper *keeper)
{
    const uint32_t most = (uint32_t)keeper->spec->tasks;
    if (keeper->spec->tasks > 0 && keeper->tasks >= most && keeper->members != NULL &&
        members_read(keeper->members, keeper->root))
        keeper->tasks = keeper->members->tasks - (keeper->apart ? SPARE_TASKS : 0);
    if (keeper->spec->tasks > 0 && keeper->tasks >= most)
        return false;
    keeper->tasks++;
    return true;
}

static void answer(Keeper *keeper)
{
    /* Longer than this kernel's headers know: a newer one may write more. */
    union {
        struct seccomp_notif call;
        char room[512];
    } asked;
    union {
        struct seccomp_notif_resp answer;
        char room[512];
    } given;
    memset(&asked, 0, sizeof asked);
    memset(&given, 0, sizeof given);
    if (ioctl(LISTENER, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0)
        return;
    given.answer.id = asked.call.id;
    if (asked.call.data.nr == SYS_socket) {
        given.answer.error = -EACCES;
        /* Others are of this machine alone: name services try them for everybody. */
        if (asked.call.data.args[0] == AF_INET || asked.call.data.args[0] == AF_INET6)
            atomic_fetch_add(&keeper->page->network_refused, 1);
    } else if (take_task(keeper)) {
        given.answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    } else {
        given.answer.error = -EAGAIN;
        atomic_fetch_add(&keeper->page->tasks_refused, 1);
    }
    ioctl(LISTENER, SECCOMP_IOCTL_NOTIF_SEND, &given); /* ENOENT: who asked is no more */
}

static bool take_listener(void)
{
    char byte = 0;
    struct iovec data = {&byte, 1};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    int fd = -1;
    if (recvmsg(DOOR, &message, 0) == 1 && message.msg_controllen >= CMSG_LEN(sizeof fd) &&
        control.head.cmsg_type == SCM_RIGHTS)
        memcpy(&fd, CMSG_DATA(&control.head), sizeof fd);
    return fd >= 0 && (fd == LISTENER || dup2(fd, LISTENER) == LISTENER);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static _Noreturn void keep(Keeper *keeper)
{
    const int child = (int)syscall(SYS_pidfd_open, keeper->child, 0);
    if (child >= 0 && child != CHILD)
        dup2(child, CHILD);
    syscall(SYS_close_range, (unsigned)LISTENER, ~0U, 0U);
    int64_t looked_ms = now_ms();
    for (;;) {
        int status = 0;
        pid_t ended;
        struct pollfd news[] = {{.fd = child >= 0 ? CHILD : -1, .events = POLLIN},
                                {.fd = keeper->door_open ? DOOR : -1, .events = POLLIN},
                                {.fd = keeper->listening ? LISTENER : -1, .events = POLLIN}};
        const int found = poll(news, 3, child >= 0 ? LOOK_MS : 10);
        if (found > 0 && news[1].revents != 0) {
            keeper->listening = take_listener();
            atomic_store(&keeper->page->asked, keeper->listening);
            keeper->door_open = false;
        }
        if (found > 0 && (news[2].revents & POLLIN) != 0)
            answer(keeper);
        else if (found > 0 && news[2].revents != 0)
            keeper->listening = false; /* nobody is left who could ask */
        while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
            if (ended == keeper->child)
                finish(keeper, status);
        }
        /* Until the door is closed /proc may still show the whole machine. */
        if (!keeper->door_open && now_ms() - looked_ms >= LOOK_MS) {
            look_at_sums(keeper);
            look_at_folders(keeper);
            looked_ms = now_ms();
        }
    }
}

/* ---- apart */

static bool become_program(int ends[2], int *door)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(ends[0]);
    *door = ends[1];
    return true;
}

bool keeper_begin(const SandboxSpec *spec, const Namespaces *spaces, KeeperPage *page, int *door)
{
    int ends[2];
    Keeper keeper = {.spec = spec, .page = page, .apart = spaces->processes, .door_open = true, .tasks = 1};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0 ||
        (spaces->processes && !namespaces_leave(spaces)) ||
        (!spaces->processes && prctl(PR_SET_CHILD_SUBREAPER, 1) != 0))
        return false;
    keeper.child = fork();
    if (keeper.child < 0)
        return false;
    if (keeper.child == 0 && spaces->processes) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (!namespaces_mount(spaces))
            return false;
        const pid_t program = fork();
        if (program < 0)
            return false;
        if (program > 0)
            be_first(page, program);
    }
    if (keeper.child == 0)
        return become_program(ends, door);
    /* Where the child has a /proc of its own, it is this process's too, and shows the namespace alone. */
    keeper.root = spaces->processes && spaces->proc ? 0 : getpid();
    void *room = mmap(NULL, sizeof(Members), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    keeper.members = room != MAP_FAILED ? room : NULL;
    room = mmap(NULL, sizeof(Holdings), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    keeper.holdings = room != MAP_FAILED ? room : NULL;
    close(ends[1]);
    if (ends[0] != DOOR)
        dup2(ends[0], DOOR);
    keep(&keeper);
}

bool keeper_hand_over(int door, int listener)
{
    char byte = 'l';
    struct iovec data = {&byte, 1};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {
        .head = {.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
    memcpy(CMSG_DATA(&control.head), &listener, sizeof listener);
    const struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    const bool sent = sendmsg(door, &message, MSG_NOSIGNAL) == 1;
    const int number = errno;
    close(listener);
    close(door);
    errno = number;
    return sent;
}
