/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/janitor.h"

#include "bundle/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    pid_t pid;
    int line; /* closed by the kernel when this process ends */
} Janitor;

static GHashTable *janitors; /* folder -> Janitor * */

/* The other end says a word when it needs nobody any more; silence means that it has gone. */
static G_NORETURN void wait_and_remove(int line, const char *folder)
{
    enum { KEPT = 3 };
    static const int deaf_to[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
    setsid(); /* out of reach of Ctrl-C */
    for (size_t i = 0; i < G_N_ELEMENTS(deaf_to); i++)
        signal(deaf_to[i], SIG_IGN);
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; fd < KEPT; fd++)
        dup2(nothing, fd);
    dup2(line, KEPT);
    close_range(KEPT + 1, ~0U, 0);
    char word;
    ssize_t got;
    do
        got = read(KEPT, &word, 1);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        tree_remove(folder);
    _exit(0);
}

void janitor_watch(const char *folder)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return;
    const pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        wait_and_remove(ends[1], folder);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return;
    }
    if (janitors == NULL)
        janitors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Janitor *janitor = g_new(Janitor, 1);
    *janitor = (Janitor){.pid = pid, .line = ends[0]};
    g_hash_table_insert(janitors, g_strdup(folder), janitor);
}

void janitor_dismiss(const char *folder)
{
    Janitor *janitor = janitors != NULL ? g_hash_table_lookup(janitors, folder) : NULL;
    if (janitor == NULL)
        return;
    send(janitor->line, "", 1, MSG_NOSIGNAL);
    close(janitor->line);
    while (waitpid(janitor->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    g_hash_table_remove(janitors, folder);
    if (g_hash_table_size(janitors) == 0)
        g_clear_pointer(&janitors, g_hash_table_unref);
}
