/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a confined child may reach of a network. */
#include "sandbox/filter.h"
#include "sandbox/landlock.h"
#include "sandbox/layers.h"
#include "sandboxed.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

/* ---- the network */

static int open_tcp(void)
{
    return sandboxed_number(socket(AF_INET, SOCK_STREAM, 0));
}

static int open_local(void)
{
    return sandboxed_number(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int open_udp(void)
{
    return sandboxed_number(socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0));
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
    return sandboxed_number(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends));
}

static int pair_raw(void)
{
    int ends[2];
    return sandboxed_number(socketpair(AF_UNIX, SOCK_RAW, 0, ends));
}

TEST(network_is_refused)
{
    if (!filter_is_offered())
        skip();
    assert_each(open_tcp, EACCES);
    assert_each(open_udp, EACCES);
    assert_each(open_local, EACCES);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, pair_streams), 0);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, pair_datagrams), EACCES);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, pair_raw), EACCES);
}

TEST(loopback_lets_tcp_through)
{
    if (!filter_is_offered())
        skip();
    g_auto(SandboxSpec) spec;
    sandboxed_spec(&spec, SANDBOX_PROGRAM);
    spec.network = SANDBOX_LOOPBACK;
    assert_ends_with(sandboxed_try_with(&spec, open_tcp), 0);
    assert_ends_with(sandboxed_try_with(&spec, open_udp), EACCES);
    assert_ends_with(sandboxed_try_with(&spec, open_local), EACCES);
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
TEST(a_network_of_its_own_is_used_freely)
{
    if (!filter_is_offered())
        skip();
    g_auto(SandboxSpec) spec;
    sandboxed_spec(&spec, SANDBOX_PROGRAM);
    spec.network = SANDBOX_OWN_NETWORK;
    assert_ends_with(sandboxed_try_with(&spec, open_tcp), 0);
    assert_ends_with(sandboxed_try_with(&spec, open_udp), 0);
    assert_ends_with(sandboxed_try_with(&spec, listen_anywhere), 0);
    assert_ends_with(sandboxed_try_with(&spec, open_local), EACCES);
    assert_ends_with(sandboxed_try_with(&spec, pair_datagrams), EACCES);
    if (landlock_abi() < 4)
        return;
    spec.network = SANDBOX_LOOPBACK;
    assert_ends_with(sandboxed_try_with(&spec, listen_anywhere), EACCES);
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
        fd < 0 ? errno : sandboxed_number(connect(fd, (const struct sockaddr *)&address, sizeof address));
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

TEST(loopback_lets_named_ports_through)
{
    g_auto(SandboxSpec) spec;
    sandboxed_spec(&spec, SANDBOX_PROGRAM);
    const int servers[] = {serve(&ports[0]), serve(&ports[1])};
    assert_true(servers[0] >= 0 && servers[1] >= 0);
    spec.network = SANDBOX_LOOPBACK;
    spec.ports[0] = ports[0];
    assert_ends_with(sandboxed_try_with(&spec, connect_to_first), 0);
    if (landlock_abi() >= 4)
        assert_ends_with(sandboxed_try_with(&spec, connect_to_second), EACCES);
    close(servers[0]);
    close(servers[1]);
}

/* In the network of its own the outer server is not there, an inner one is, for a program too. */
static int use_own_network(void)
{
    if (!sandbox_leave_network())
        return SANDBOXED_NOT_ENTERED;
    if (connect_to(ports[0]) != ECONNREFUSED)
        return 90;
    g_auto(SandboxSpec) spec;
    sandboxed_spec(&spec, SANDBOX_PROGRAM);
    spec.network = SANDBOX_LOOPBACK;
    if (serve(&ports[1]) < 0)
        return 91;
    spec.ports[0] = ports[1];
    spec.ports[1] = ports[0];
    if (sandboxed_try_with(&spec, connect_to_first) != ECONNREFUSED << 8)
        return 92;
    return sandboxed_try_with(&spec, connect_to_second) == 0 ? 0 : 93;
}

TEST(a_network_of_ones_own_has_a_loopback_alone)
{
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
        return sandboxed_number(-1);
    if (connect(client, (const struct sockaddr *)&listened, sizeof listened) == 0 || errno != EACCES)
        return 100;
    return open_tcp() == EACCES && open_udp() == EACCES && open_local() == EACCES ? 0 : 101;
}

TEST(a_server_keeps_its_socket_and_gets_no_other)
{
    if (!filter_is_offered())
        skip();
    socklen_t size = sizeof listened;
    listened = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listener, (const struct sockaddr *)&listened, size), 0);
    assert_int_equal(listen(listener, 4), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&listened, &size), 0);
    g_auto(SandboxSpec) spec;
    sandboxed_spec(&spec, SANDBOX_WORKER);
    for (int serves = 0; serves < 2; serves++) {
        const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        assert_int_equal(connect(client, (const struct sockaddr *)&listened, size), 0);
        assert_int_equal(send(client, "x", 1, 0), 1);
        spec.serves = serves == 1;
        assert_ends_with(sandboxed_try_with(&spec, serve_one), serves ? 0 : EACCES);
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
        return sandboxed_number(-1);
    return sandboxed_number(connect(fd, (const struct sockaddr *)&listened, sizeof listened));
}

TEST(one_that_connects_has_sockets_of_its_own)
{
    if (!filter_is_offered())
        skip();
    uint16_t port = 0;
    const int server = serve(&port);
    listened = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    g_auto(SandboxSpec) spec;
    sandboxed_spec(&spec, SANDBOX_WORKER);
    spec.serves = true;
    assert_ends_with(sandboxed_try_with(&spec, connect_again), EACCES);
    spec.connects = true;
    assert_ends_with(sandboxed_try_with(&spec, open_tcp), 0);
    assert_ends_with(sandboxed_try_with(&spec, open_local), ENOSYS); /* of the filter’s rest */
    assert_ends_with(sandboxed_try_with(&spec, connect_again), landlock_abi() >= 4 ? EACCES : 0);
    assert_ends_with(sandboxed_try_with(&spec, listen_anywhere), EACCES);
    close(server);
}

static int try_the_network(void)
{
    return open_tcp() == EACCES && open_udp() == EACCES && open_local() == EACCES ? 0 : 90;
}

TEST(tries_to_reach_a_network_are_counted)
{
    SandboxSeen seen;
    if (!filter_can_ask())
        skip();
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, try_the_network), 0);
    assert_true(sandbox_seen(sandboxed_last, &seen));
    assert_int_equal(seen.network, 2); /* a socket of this machine alone is none */
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, sandboxed_read), 0);
    assert_true(sandbox_seen(sandboxed_last, &seen));
    assert_int_equal(seen.network, 0);
}

UNIT_TESTS(sandboxed_set_up, sandboxed_tear_down)
