/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child for each thing that must not be: it enters the sandbox, tries, and ends with errno (0: it could).
 */
#include "sandbox/sandbox.h"

#include "sandbox/filter.h"
#include "sandbox/keeper.h"
#include "sandbox/landlock.h"
#include "sandbox/layers.h"
#include "sandbox/limits.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { NOT_ENTERED = 200 };

static char *scratch;  /* may be written */
static char *readable; /* a file that may be read */
static char *outside;  /* a file that may not be touched */

/* What fails ends with its errno. */
static int number_of(long result)
{
    return result < 0 ? errno : 0;
}

static void spec_for_test(SandboxSpec *spec, SandboxKind kind)
{
    sandbox_spec_init(spec, kind);
    sandbox_spec_read(spec, readable);
    sandbox_spec_write(spec, scratch);
}

typedef int (*Act)(void);

static Sandbox *last; /* of the program that was tried last */

static pid_t start(const SandboxSpec *spec, Act act)
{
    sandbox_free(last);
    last = spec->kind == SANDBOX_PROGRAM ? sandbox_new(spec, NULL) : NULL;
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0) {
        Sandbox *sandbox = last != NULL ? last : sandbox_new(spec, NULL);
        if (sandbox == NULL || !sandbox_enter(sandbox))
            _exit(NOT_ENTERED);
        errno = 0;
        _exit(act());
    }
    return pid;
}

/* The status of a child that tries; of a worker or of a program. */
static int try_with(const SandboxSpec *spec, Act act)
{
    const pid_t pid = start(spec, act);
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static int try(SandboxKind kind, Act act)
{
    g_auto(SandboxSpec) spec;
    spec_for_test(&spec, kind);
    return try_with(&spec, act);
}

static void assert_ends_with(int status, int number)
{
    if (!WIFEXITED(status) || WEXITSTATUS(status) != number)
        fail_msg("found the status 0x%x, expected an end with %d (%s)", status, number, strerror(number));
}

static void assert_killed_by(int status, int number)
{
    if (!WIFSIGNALED(status) || WTERMSIG(status) != number)
        fail_msg("found the status 0x%x, expected SIG%s", status, sigabbrev_np(number));
    assert_false(WCOREDUMP(status));
}

static void assert_explained(int status, const char *words)
{
    const char *found = sandbox_explain(last, status);
    if (found == NULL || strstr(found, words) == NULL)
        fail_msg("found “%s”, expected “%s”", found != NULL ? found : "nothing", words);
}

/* Both kinds. */
static void assert_each(Act act, int number)
{
    assert_ends_with(try(SANDBOX_WORKER, act), number);
    assert_ends_with(try(SANDBOX_PROGRAM, act), number);
}

/* ---- files */

static int read_allowed(void)
{
    return number_of(open(readable, O_RDONLY));
}

static int read_outside(void)
{
    return number_of(open(outside, O_RDONLY));
}

static int read_by_link(void)
{
    g_autofree char *link = g_build_filename(scratch, "link", NULL);
    if (access(link, F_OK) != 0 && symlink(outside, link) != 0 && errno != ENOSYS)
        return 99;
    return number_of(open(link, O_RDONLY));
}

static int read_secret(void)
{
    return number_of(open("/etc/shadow", O_RDONLY));
}

static int write_allowed(void)
{
    g_autofree char *path = g_build_filename(scratch, "made", NULL);
    const int fd = open(path, O_WRONLY | O_CREAT, 0600);
    return fd < 0 || write(fd, "x", 1) != 1 || unlink(path) != 0 ? errno : 0;
}

static int write_readable(void)
{
    return number_of(open(readable, O_WRONLY));
}

static int write_outside(void)
{
    return number_of(open("/tmp/vsaudit-must-not-be-made", O_WRONLY | O_CREAT, 0600));
}

static int cut_outside(void)
{
    return number_of(truncate(readable, 0));
}

static int remove_outside(void)
{
    return number_of(unlink(readable));
}

static int change_mode(void)
{
    return number_of(chmod(readable, 0777));
}

static void files_are_held(void **state)
{
    (void)state;
    assert_each(read_allowed, 0);
    assert_each(write_allowed, 0);
    if (landlock_abi() == 0)
        skip();
    assert_each(read_outside, EACCES);
    assert_each(read_secret, EACCES);
    assert_each(write_readable, EACCES);
    assert_each(write_outside, EACCES);
    assert_each(remove_outside, EACCES);
    g_autofree char *link = g_build_filename(scratch, "link", NULL);
    assert_int_equal(symlink(outside, link), 0);
    assert_each(read_by_link, EACCES);
    if (!filter_is_offered())
        return;
    assert_ends_with(try(SANDBOX_PROGRAM, cut_outside), EACCES);
    assert_ends_with(try(SANDBOX_PROGRAM, change_mode), EPERM);
    assert_ends_with(try(SANDBOX_WORKER, cut_outside), ENOSYS);
    assert_ends_with(try(SANDBOX_WORKER, change_mode), ENOSYS);
}

/* ---- the network */

static int open_tcp(void)
{
    return number_of(socket(AF_INET, SOCK_STREAM, 0));
}

static int open_local(void)
{
    return number_of(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int open_udp(void)
{
    return number_of(socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0));
}

static int pair_streams(void)
{
    int ends[2];
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0 || send(ends[0], "x", 1, 0) != 1
               ? errno
               : 0;
}

static int pair_datagrams(void)
{
    int ends[2];
    return number_of(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends));
}

static int pair_raw(void)
{
    int ends[2];
    return number_of(socketpair(AF_UNIX, SOCK_RAW, 0, ends));
}

static void network_is_refused(void **state)
{
    (void)state;
    if (!filter_is_offered())
        skip();
    assert_each(open_tcp, EACCES);
    assert_each(open_udp, EACCES);
    assert_each(open_local, EACCES);
    assert_ends_with(try(SANDBOX_PROGRAM, pair_streams), 0);
    assert_ends_with(try(SANDBOX_PROGRAM, pair_datagrams), EACCES);
    assert_ends_with(try(SANDBOX_PROGRAM, pair_raw), EACCES);
}

static void loopback_lets_tcp_through(void **state)
{
    (void)state;
    if (!filter_is_offered())
        skip();
    g_auto(SandboxSpec) spec;
    spec_for_test(&spec, SANDBOX_PROGRAM);
    spec.network = SANDBOX_LOOPBACK;
    assert_ends_with(try_with(&spec, open_tcp), 0);
    assert_ends_with(try_with(&spec, open_udp), EACCES);
    assert_ends_with(try_with(&spec, open_local), EACCES);
}

static int listen_anywhere(void)
{
    const struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return fd < 0 || bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 1) != 0
               ? errno
               : 0;
}

/* Of a caller that has moved into one: there any port is its own, and datagrams go nowhere else. */
static void a_network_of_its_own_is_used_freely(void **state)
{
    (void)state;
    if (!filter_is_offered())
        skip();
    g_auto(SandboxSpec) spec;
    spec_for_test(&spec, SANDBOX_PROGRAM);
    spec.network = SANDBOX_OWN_NETWORK;
    assert_ends_with(try_with(&spec, open_tcp), 0);
    assert_ends_with(try_with(&spec, open_udp), 0);
    assert_ends_with(try_with(&spec, listen_anywhere), 0);
    assert_ends_with(try_with(&spec, open_local), EACCES);
    assert_ends_with(try_with(&spec, pair_datagrams), EACCES);
    if (landlock_abi() < 4)
        return;
    spec.network = SANDBOX_LOOPBACK;
    assert_ends_with(try_with(&spec, listen_anywhere), EACCES);
}

static uint16_t ports[2]; /* of two servers on this machine */

static int serve(uint16_t *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (const struct sockaddr *)&address, size) != 0 || listen(fd, 5) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0)
        return -1;
    *port = ntohs(address.sin_port);
    return fd;
}

static int connect_to(uint16_t port)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int number =
        fd < 0 ? errno : number_of(connect(fd, (const struct sockaddr *)&address, sizeof address));
    if (fd >= 0)
        close(fd);
    return number;
}

static int connect_to_first(void)
{
    return connect_to(ports[0]);
}

static int connect_to_second(void)
{
    return connect_to(ports[1]);
}

static void loopback_lets_named_ports_through(void **state)
{
    (void)state;
    g_auto(SandboxSpec) spec;
    spec_for_test(&spec, SANDBOX_PROGRAM);
    const int servers[] = {serve(&ports[0]), serve(&ports[1])};
    assert_true(servers[0] >= 0 && servers[1] >= 0);
    spec.network = SANDBOX_LOOPBACK;
    spec.ports[0] = ports[0];
    assert_ends_with(try_with(&spec, connect_to_first), 0);
    if (landlock_abi() >= 4)
        assert_ends_with(try_with(&spec, connect_to_second), EACCES);
    close(servers[0]);
    close(servers[1]);
}

/* In the network of its own the outer server is not there, an inner one is, for a program too. */
static int use_own_network(void)
{
    if (!sandbox_leave_network())
        return NOT_ENTERED;
    if (connect_to(ports[0]) != ECONNREFUSED)
        return 90;
    g_auto(SandboxSpec) spec;
    spec_for_test(&spec, SANDBOX_PROGRAM);
    spec.network = SANDBOX_LOOPBACK;
    if (serve(&ports[1]) < 0)
        return 91;
    spec.ports[0] = ports[1];
    spec.ports[1] = ports[0];
    if (try_with(&spec, connect_to_first) != ECONNREFUSED << 8)
        return 92;
    return try_with(&spec, connect_to_second) == 0 ? 0 : 93;
}

static void a_network_of_ones_own_has_a_loopback_alone(void **state)
{
    (void)state;
    if (!layers_namespaces()->network)
        skip();
    const int server = serve(&ports[0]);
    assert_true(server >= 0);
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0)
        _exit(use_own_network());
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_ends_with(status, 0);
    close(server);
}

static int listener;
static struct sockaddr_in listened;

/* What a server does at its socket, and what it does not: 0 when each is as it should be. */
static int serve_one(void)
{
    const int client = accept(listener, NULL, NULL);
    char byte;
    if (client < 0 || recv(client, &byte, 1, 0) != 1 || send(client, &byte, 1, 0) != 1)
        return number_of(-1);
    if (connect(client, (const struct sockaddr *)&listened, sizeof listened) == 0 || errno != EACCES)
        return 100;
    return open_tcp() == EACCES && open_udp() == EACCES && open_local() == EACCES ? 0 : 101;
}

static void a_server_keeps_its_socket_and_gets_no_other(void **state)
{
    (void)state;
    if (!filter_is_offered())
        skip();
    socklen_t size = sizeof listened;
    listened = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listener, (const struct sockaddr *)&listened, size), 0);
    assert_int_equal(listen(listener, 4), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&listened, &size), 0);
    g_auto(SandboxSpec) spec;
    spec_for_test(&spec, SANDBOX_WORKER);
    for (int serves = 0; serves < 2; serves++) {
        const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        assert_int_equal(connect(client, (const struct sockaddr *)&listened, size), 0);
        assert_int_equal(send(client, "x", 1, 0), 1);
        spec.serves = serves == 1;
        assert_ends_with(try_with(&spec, serve_one), serves ? 0 : EACCES);
        close(client);
    }
    close(listener);
}

/* What was there before may look for a lost broker again; what begins now may not, where Landlock knows
 * ports. */
static int connect_again(void)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return number_of(-1);
    return number_of(connect(fd, (const struct sockaddr *)&listened, sizeof listened));
}

static void one_that_connects_has_sockets_of_its_own(void **state)
{
    (void)state;
    if (!filter_is_offered())
        skip();
    uint16_t port = 0;
    const int server = serve(&port);
    listened = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    g_auto(SandboxSpec) spec;
    spec_for_test(&spec, SANDBOX_WORKER);
    spec.serves = true;
    assert_ends_with(try_with(&spec, connect_again), EACCES);
    spec.connects = true;
    assert_ends_with(try_with(&spec, open_tcp), 0);
    assert_ends_with(try_with(&spec, open_local), ENOSYS); /* of the filter’s rest */
    assert_ends_with(try_with(&spec, connect_again), landlock_abi() >= 4 ? EACCES : 0);
    assert_ends_with(try_with(&spec, listen_anywhere), EACCES);
    close(server);
}

/* ---- limits */

static int allocate_much(void)
{
    /* Without reserve, or the kernel would refuse so much by itself. */
    const int how = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    return mmap(NULL, (size_t)100 << 30, PROT_READ | PROT_WRITE, how, -1, 0) == MAP_FAILED ? errno : 0;
}

static int work_on(void)
{
    volatile unsigned i = 0;
    while (i + 1 != 0)
        i = i < 1000 ? i + 1 : 0;
    return 0;
}

static int write_much(void)
{
    g_autofree char *path = g_build_filename(scratch, "large", NULL);
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    return fd < 0 || ftruncate(fd, (off_t)10 << 30) != 0 ? errno : 0;
}

static int open_many(void)
{
    for (int i = 0; i < 100; i++) {
        if (dup(STDIN_FILENO) < 0)
            return errno;
    }
    return 0;
}

static int dump_core(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_max != 0;
}

static void limits_are_held(void **state)
{
    (void)state;
    g_auto(SandboxSpec) spec;
    spec_for_test(&spec, SANDBOX_PROGRAM);
    spec.memory_mib = 1024;
    spec.processor_s = 1;
    spec.file_mib = 100;
    spec.open_files = 32;
    if (limits_hold_memory())
        assert_ends_with(try_with(&spec, allocate_much), ENOMEM);
    if (!limits_under_valgrind())
        assert_ends_with(try_with(&spec, open_many), EMFILE);
    assert_ends_with(try_with(&spec, dump_core), 0);
    const int slow = try_with(&spec, work_on);
    assert_killed_by(slow, SIGXCPU);
    assert_explained(slow, "SIGXCPU");
    const int large = try_with(&spec, write_much);
    assert_killed_by(large, SIGXFSZ);
    assert_explained(large, "SIGXFSZ");
    assert_null(sandbox_explain(last, 0));
    assert_null(sandbox_explain(last, SIGSEGV));
}

/* ---- what ends */

static int trace(void)
{
    return number_of(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static int mount_something(void)
{
    return number_of(syscall(SYS_mount, "none", "/mnt", "tmpfs", 0, NULL));
}

static int load_module(void)
{
    return number_of(syscall(SYS_finit_module, 0, "", 0));
}

static int run_program(void)
{
    char *const argv[] = {(char *)"true", NULL};
    execv("/usr/bin/true", argv);
    return errno;
}

static int run_readable(void)
{
    char *const argv[] = {(char *)"true", NULL};
    execv(outside, argv);
    return errno;
}

static int start_process(void)
{
    const pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid < 0 ? errno : 0;
}

static void what_nobody_needs_ends(void **state)
{
    (void)state;
    if (!filter_is_offered())
        skip();
    static const Act acts[] = {trace, mount_something, load_module};
    for (size_t i = 0; i < G_N_ELEMENTS(acts); i++) {
        assert_killed_by(try(SANDBOX_PROGRAM, acts[i]), SIGSYS);
        assert_killed_by(try(SANDBOX_WORKER, acts[i]), SIGSYS);
    }
    assert_killed_by(try(SANDBOX_WORKER, run_program), SIGSYS);
    assert_killed_by(try(SANDBOX_WORKER, start_process), SIGSYS);
    assert_explained(try(SANDBOX_PROGRAM, trace), "SIGSYS");
    assert_ends_with(try(SANDBOX_PROGRAM, run_program), 0);
    assert_ends_with(try(SANDBOX_PROGRAM, start_process), 0);
    if (landlock_abi() > 0)
        assert_ends_with(try(SANDBOX_PROGRAM, run_readable), EACCES);
}

/* ---- others */

static int leave_the_session(void)
{
    return number_of(setsid());
}

static int leave_the_group(void)
{
    return number_of(setpgid(0, 0));
}

static int clone_into_namespace(void)
{
    const long pid = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL);
    if (pid == 0)
        _exit(0);
    return number_of(pid);
}

/* Of capabilities: none but that of root over files, and none that an exec could bring back. */
static int count_capabilities(void)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents("/proc/self/status", &text, NULL, NULL))
        return 90;
    static const char *const sets[] = {"CapInh:\t", "CapPrm:\t", "CapEff:\t", "CapBnd:\t"};
    for (size_t i = 0; i < G_N_ELEMENTS(sets); i++) {
        const char *line = strstr(text, sets[i]);
        /* A set that nobody was given stays as it was: only root can give up what an exec brings. */
        const bool given = geteuid() == 0 || i < G_N_ELEMENTS(sets) - 1;
        if (line == NULL || (given && (g_ascii_strtoull(line + strlen(sets[i]), NULL, 16) & ~2ULL) != 0))
            return 91 + (int)i;
    }
    return 0;
}

static int make_namespace(void)
{
    return number_of(unshare(CLONE_NEWUSER));
}

static int kill_all(void)
{
    return number_of(kill(-1, 0));
}

static int kill_parent(void)
{
    return number_of(kill(getppid(), 0));
}

static int gain(void)
{
    return number_of(chown(scratch, 1, 1));
}

static int use_uring(void)
{
    return number_of(syscall(SYS_io_uring_setup, 1, NULL));
}

static void *idle(void *data)
{
    return data;
}

static int start_thread(void)
{
    pthread_t thread;
    const int failed = pthread_create(&thread, NULL, idle, NULL);
    return failed != 0 ? failed : pthread_join(thread, NULL);
}

static void others_are_out_of_reach(void **state)
{
    (void)state;
    if (!filter_is_offered())
        skip();
    assert_ends_with(try(SANDBOX_PROGRAM, leave_the_session), EPERM);
    assert_ends_with(try(SANDBOX_PROGRAM, leave_the_group), EPERM);
    assert_ends_with(try(SANDBOX_PROGRAM, clone_into_namespace), EPERM);
    assert_ends_with(try(SANDBOX_PROGRAM, count_capabilities), 0);
    assert_ends_with(try(SANDBOX_PROGRAM, make_namespace), EPERM);
    assert_ends_with(try(SANDBOX_PROGRAM, kill_all), EPERM);
    assert_ends_with(try(SANDBOX_PROGRAM, gain), EPERM);
    assert_each(use_uring, ENOSYS);
    assert_each(start_thread, 0);
    assert_ends_with(try(SANDBOX_WORKER, kill_parent), ENOSYS);
    if (landlock_abi() >= 6)
        assert_ends_with(try(SANDBOX_PROGRAM, kill_parent), EPERM);
}

/* ---- a program that has started others */

enum { TASKS = 20 };

static int start_many(void)
{
    int started = 0;
    for (int i = 0; i < 10000; i++) {
        const pid_t pid = fork();
        if (pid == 0) {
            for (;;)
                pause();
        }
        if (pid < 0)
            return errno == EAGAIN && started < TASKS ? EAGAIN : 90;
        started++;
    }
    return 91;
}

static void *wait_on(void *data)
{
    pause();
    return data;
}

static int start_many_threads(void)
{
    for (int i = 0; i < 10000; i++) {
        pthread_t thread;
        const int failed = pthread_create(&thread, NULL, wait_on, NULL);
        if (failed != 0)
            return i < TASKS ? failed : 90;
    }
    return 91;
}

/* One after another, never many at once. */
static int start_in_turn(void)
{
    for (int i = 0; i < 5 * TASKS; i++) {
        const pid_t pid = fork();
        if (pid == 0)
            _exit(0);
        if (pid < 0 || waitpid(pid, NULL, 0) != pid)
            return errno;
    }
    return 0;
}

static void tasks_are_counted(void **state)
{
    (void)state;
    g_auto(SandboxSpec) spec;
    SandboxSeen seen;
    spec_for_test(&spec, SANDBOX_PROGRAM);
    spec.tasks = TASKS;
    if (!filter_can_ask())
        skip();
    assert_ends_with(try_with(&spec, start_in_turn), 0);
    assert_true(sandbox_seen(last, &seen));
    assert_int_equal(seen.tasks, 0);
    assert_ends_with(try_with(&spec, start_many), EAGAIN);
    assert_true(sandbox_seen(last, &seen));
    assert_true(seen.tasks >= 1);
    assert_int_equal(seen.network, 0);
    assert_ends_with(try_with(&spec, start_many_threads), EAGAIN);
}

static int try_the_network(void)
{
    return open_tcp() == EACCES && open_udp() == EACCES && open_local() == EACCES ? 0 : 90;
}

static void tries_to_reach_a_network_are_counted(void **state)
{
    (void)state;
    SandboxSeen seen;
    if (!filter_can_ask())
        skip();
    assert_ends_with(try(SANDBOX_PROGRAM, try_the_network), 0);
    assert_true(sandbox_seen(last, &seen));
    assert_int_equal(seen.network, 2); /* a socket of this machine alone is none */
    assert_ends_with(try(SANDBOX_PROGRAM, read_allowed), 0);
    assert_true(sandbox_seen(last, &seen));
    assert_int_equal(seen.network, 0);
}

enum { SHARES = 4 };

/* Each takes what it may; together it is too much. */
static G_NORETURN void share(void (*use)(void))
{
    for (int i = 1; i < SHARES; i++) {
        if (fork() == 0)
            break;
    }
    use();
    for (;;)
        pause();
}

static void take_memory(void)
{
    const size_t size = (size_t)40 << 20;
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        _exit(90);
    memset(memory, 1, size);
}

static void take_time(void)
{
    work_on();
}

static int share_memory(void)
{
    share(take_memory);
}

static int share_time(void)
{
    share(take_time);
}

/* What was there before the fork is one memory, not four. */
static int inherit_memory(void)
{
    take_memory();
    for (int i = 1; i < SHARES; i++) {
        if (fork() == 0) {
            for (;;)
                pause();
        }
    }
    g_usleep(1500000);
    return 0;
}

static void sums_are_held(void **state)
{
    (void)state;
    g_auto(SandboxSpec) spec;
    spec_for_test(&spec, SANDBOX_PROGRAM);
    spec.memory_mib = 100;
    if (limits_hold_memory()) {
        const int greedy = try_with(&spec, share_memory);
        assert_killed_by(greedy, SIGKILL);
        assert_explained(greedy, "all its processes together had more memory");
        assert_ends_with(try_with(&spec, inherit_memory), 0);
    }
    spec.memory_mib = 0;
    spec.processor_s = 2;
    const int busy = try_with(&spec, share_time);
    assert_killed_by(busy, SIGKILL);
    assert_explained(busy, "all its processes together had used up their time");
}

static int left[2]; /* a pipe whose writing end whatever is left holds open */

static int leave_one_behind(void)
{
    if (fork() == 0) {
        if (fork() == 0) {
            for (;;)
                pause();
        }
        _exit(0);
    }
    wait(NULL);
    return 7;
}

static int stay_with_one(void)
{
    leave_one_behind();
    if (write(left[1], "x", 1) != 1)
        return 90;
    for (;;)
        pause();
}

static void assert_nothing_left(void)
{
    struct pollfd end = {.fd = left[0], .events = POLLIN};
    char byte;
    close(left[1]);
    if (poll(&end, 1, 5000) != 1 || read(left[0], &byte, 1) != 0)
        fail_msg("a process is left behind");
    close(left[0]);
}

static void nothing_is_left_behind(void **state)
{
    (void)state;
    assert_int_equal(pipe(left), 0);
    assert_ends_with(try(SANDBOX_PROGRAM, leave_one_behind), 7);
    assert_nothing_left();
    if (!layers_namespaces()->processes)
        skip();
    /* nor when whoever started it kills it */
    g_auto(SandboxSpec) spec;
    char byte;
    spec_for_test(&spec, SANDBOX_PROGRAM);
    assert_int_equal(pipe(left), 0);
    const pid_t keeper = start(&spec, stay_with_one);
    assert_int_equal(read(left[0], &byte, 1), 1);
    assert_int_equal(kill(keeper, SIGKILL), 0);
    assert_int_equal(waitpid(keeper, NULL, 0), keeper);
    assert_nothing_left();
}

/* The keeper alone, as where no namespace may be made. */
static void nothing_is_left_behind_without_namespaces(void **state)
{
    (void)state;
    static const Namespaces none;
    g_auto(SandboxSpec) spec;
    spec_for_test(&spec, SANDBOX_PROGRAM);
    KeeperPage *page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(page != MAP_FAILED);
    page->status = -1;
    assert_int_equal(pipe(left), 0);
    const pid_t pid = fork();
    if (pid == 0) {
        int door = -1;
        _exit(keeper_begin(&spec, &none, page, &door) ? leave_one_behind() : NOT_ENTERED);
    }
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_ends_with(status, 7);
    assert_nothing_left();
    munmap(page, sizeof *page);
}

static int crash(void)
{
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
    return 0;
}

static int see_others(void)
{
    g_autoptr(GDir) all = g_dir_open("/proc", 0, NULL);
    int count = 0;
    const char *name;
    while (all != NULL && (name = g_dir_read_name(all)) != NULL)
        count += g_ascii_isdigit(*name);
    return count;
}

static int use_shared_memory(void)
{
    return number_of(open("/dev/shm/vsaudit-test", O_RDWR | O_CREAT, 0600));
}

static void a_program_is_alone(void **state)
{
    (void)state;
    assert_killed_by(try(SANDBOX_PROGRAM, crash), SIGSEGV);
    if (layers_namespaces()->proc)
        assert_ends_with(try(SANDBOX_PROGRAM, see_others), 2);
    if (layers_namespaces()->shm)
        assert_ends_with(try(SANDBOX_PROGRAM, use_shared_memory), 0);
    else if (landlock_abi() > 0)
        assert_ends_with(try(SANDBOX_PROGRAM, use_shared_memory), EACCES);
    assert_int_not_equal(access("/dev/shm/vsaudit-test", F_OK), 0);
}

/* ---- what its folder holds in all */

/* Some KiB into a file of its own, which is removed at once where it shall have no name; then it waits. */
static int fill(const char *name, int kib, bool removed)
{
    static const char block[1024] = "x";
    g_autofree char *path = g_build_filename(scratch, name, NULL);
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0)
        return errno;
    for (int i = 0; i < kib; i++) {
        if (write(file, block, sizeof block) != sizeof block)
            return 97;
    }
    fsync(file); /* blocks are counted once they are there */
    if (removed)
        unlink(path);
    return 0;
}

static int wait_a_while(void)
{
    usleep(1500 * 1000);
    return 0;
}

static int write_little(void)
{
    const int failed = fill("little", 300, false);
    return failed != 0 ? failed : wait_a_while();
}

static int write_many(void)
{
    for (int i = 0; i < 4; i++) {
        char name[] = "many-0";
        name[5] = (char)('0' + i);
        if (fill(name, 400, false) != 0)
            return 97;
    }
    return wait_a_while();
}

static int write_nameless(void)
{
    return fill("nameless", 1600, true) != 0 ? 97 : wait_a_while();
}

/* What one process of several has open is one file. */
static int share_nameless(void)
{
    if (fill("shared", 500, true) != 0)
        return 97;
    for (int i = 0; i < 4; i++) {
        if (fork() == 0)
            _exit(wait_a_while());
    }
    while (wait(NULL) > 0)
        continue;
    return 0;
}

static int make_empty_ones(void)
{
    for (int i = 0; i < 300; i++) {
        g_autofree char *path = g_strdup_printf("%s/empty-%d", scratch, i);
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            return 97;
    }
    return wait_a_while();
}

static int dig_deep(void)
{
    if (chdir(scratch) != 0)
        return 97;
    for (int i = 0; i < 70; i++) {
        if ((mkdir("d", 0700) != 0 && errno != EEXIST) || chdir("d") != 0)
            return 97;
    }
    return wait_a_while();
}

static void what_a_folder_holds_is_added_up(void **state)
{
    (void)state;
    static const Act too_much[] = {write_many, write_nameless, make_empty_ones, dig_deep};
    for (size_t i = 0; i < G_N_ELEMENTS(too_much) + 2; i++) {
        char *const kept = scratch;
        scratch = g_dir_make_tmp("vsaudit-folder-XXXXXX", NULL);
        g_auto(SandboxSpec) spec;
        spec_for_test(&spec, SANDBOX_PROGRAM);
        spec.folder_mib = 1;
        if (i < G_N_ELEMENTS(too_much)) {
            const int status = try_with(&spec, too_much[i]);
            assert_killed_by(status, SIGKILL);
            assert_explained(status, "its folder held more than it may");
        } else {
            assert_ends_with(try_with(&spec, i % 2 == 0 ? write_little : share_nameless), 0);
        }
        scratch_remove(scratch);
        g_free(scratch);
        scratch = kept;
    }
}

static void layers_say_what_holds(void **state)
{
    (void)state;
    json_t *layers = sandbox_describe();
    assert_int_equal(json_array_size(json_object_get(layers, "held")) +
                         json_array_size(json_object_get(layers, "missing")),
                     SANDBOX_LAYERS);
    assert_int_equal(json_integer_value(json_object_get(layers, "landlock")), landlock_abi());
    json_decref(layers);
}

static void environment_holds_no_secret(void **state)
{
    (void)state;
    g_setenv("VSAUDIT_TEST_TOKEN", "secret", TRUE);
    g_auto(GStrv) words = sandbox_environment("/tmp/s");
    assert_true(g_strv_contains((const char *const *)words, "HOME=/tmp/s"));
    assert_true(g_strv_contains((const char *const *)words, "TMPDIR=/tmp/s"));
    for (char **word = words; *word != NULL; word++)
        assert_null(strstr(*word, "secret"));
}

int main(void)
{
    scratch = g_dir_make_tmp("vsaudit-scratch-XXXXXX", NULL);
    g_autofree char *other = g_dir_make_tmp("vsaudit-other-XXXXXX", NULL);
    readable = g_build_filename(other, "readable", NULL);
    outside = g_build_filename(other, "outside", NULL);
    assert_true(g_file_set_contents(readable, "r", 1, NULL));
    assert_true(g_file_set_contents(outside, "#!/bin/sh\n", -1, NULL));
    assert_int_equal(chmod(outside, 0700), 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_held),
        cmocka_unit_test(network_is_refused),
        cmocka_unit_test(a_server_keeps_its_socket_and_gets_no_other),
        cmocka_unit_test(one_that_connects_has_sockets_of_its_own),
        cmocka_unit_test(a_network_of_its_own_is_used_freely),
        cmocka_unit_test(loopback_lets_tcp_through),
        cmocka_unit_test(loopback_lets_named_ports_through),
        cmocka_unit_test(a_network_of_ones_own_has_a_loopback_alone),
        cmocka_unit_test(limits_are_held),
        cmocka_unit_test(what_nobody_needs_ends),
        cmocka_unit_test(others_are_out_of_reach),
        cmocka_unit_test(tasks_are_counted),
        cmocka_unit_test(tries_to_reach_a_network_are_counted),
        cmocka_unit_test(sums_are_held),
        cmocka_unit_test(what_a_folder_holds_is_added_up),
        cmocka_unit_test(nothing_is_left_behind),
        cmocka_unit_test(nothing_is_left_behind_without_namespaces),
        cmocka_unit_test(a_program_is_alone),
        cmocka_unit_test(layers_say_what_holds),
        cmocka_unit_test(environment_holds_no_secret),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sandbox_free(last);
    scratch_remove(scratch);
    scratch_remove(other);
    g_free(scratch);
    g_free(readable);
    g_free(outside);
    return failed;
}
