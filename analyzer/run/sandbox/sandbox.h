/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a process may do: a worker that decodes a stranger's clip, a program under test, a plug-in's host.
 *
 * Two kinds. A WORKER reads named files and what the libraries need, writes into the run's folder, and has no
 * network, no program and no process of its own: what is not on a list of calls is refused. A PROGRAM may be
 * written in anything: it reads the system's folders and what is named, writes into its scratch folder alone,
 * starts processes, and is refused what would reach beyond: network, other processes, mounts, the kernel.
 *
 * Several layers hold that, each as far as the kernel offers it (sandbox_layers): Landlock (files), seccomp
 * (calls), limits of the kernel (memory, time, files), no-new-privileges and no capabilities. What is missing
 * is said by `doctor` and in run.json; nothing is taken for held that is not.
 *
 * What becomes of a process that asks for more:
 *   a file outside            the call fails with EACCES; the program goes on
 *   a network connection      socket() and the like fail with EACCES; it goes on
 *   more memory, tasks, files the call fails with ENOMEM, EAGAIN, EMFILE; it goes on
 *   a file that is too large  SIGXFSZ (EFBIG where it ignores that)
 *   too long on the processor SIGXCPU, a second later SIGKILL
 *   what no detector needs    (mount, ptrace, modules, bpf, keys, …) SIGSYS
 *   all its processes together
 *   have or work too much     SIGKILL
 *   its folders hold too much SIGKILL
 * sandbox_explain says which of the last five it was, and sandbox_seen how often it wanted a network or one
 * more process; of the others the program alone can tell, on its standard error.
 *
 * A program has a keeper: the process that calls sandbox_enter goes apart into one that stays, waits and ends
 * with the program's own status, and its child, which becomes the program. Whoever kills the keeper, or waits
 * for it, has killed the program or waited for it. Where namespaces may be made (sandbox_layers) the program
 * sees no process but its own, and nothing that it started outlives it or its keeper. Elsewhere the keeper
 * ends what is left when the program ends, and it cannot leave its process group, so that whoever kills the
 * group reaches all. */
#ifndef VSAUDIT_SANDBOX_SANDBOX_H
#define VSAUDIT_SANDBOX_SANDBOX_H

#include "records/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
    SANDBOX_WORKER,
    SANDBOX_PROGRAM,
} SandboxKind;

typedef enum {
    SANDBOX_NO_NETWORK,
    /* TCP over IPv4 and IPv6. Which machine it reaches no filter sees: the caller moves into a network of its
     * own first (sandbox_leave_network). Besides, `ports` alone may be connected to, from Landlock 4
     * (Linux 6.7) on. */
    SANDBOX_LOOPBACK,
    /* TCP and UDP over IPv4 and IPv6, any port, to connect to and to listen at: of a caller that has moved
     * into a network of its own, which holds nothing else. */
    SANDBOX_OWN_NETWORK,
} SandboxNetwork;

enum { SANDBOX_PORTS = 16 };

typedef struct {
    SandboxKind kind;
    GPtrArray *readable; /* of char *: files, or folders with all in them; what is not there is passed over */
    GPtrArray
        *writable; /* of char *: the same; to be made, changed and removed. A device is named here too */
    SandboxNetwork network;
    uint16_t ports[SANDBOX_PORTS]; /* of SANDBOX_LOOPBACK, to connect to; 0 ends the list */
    bool serves; /* of a worker: sockets that are open already take connections and carry what they carry;
                  * it opens none of its own and connects nowhere */
    bool
        connects; /* of a worker that serves: its threads of before may connect as well (a lost broker is
                   * looked for again). Those that it starts once it is confined cannot, from Landlock 4 on */
    int64_t memory_mib;  /* of a process, and of a program's processes together; 0 = no limit. Counted
                          * is what it can write to (RLIMIT_DATA), not its addresses (RLIMIT_AS):
                          * Python's, Java's and Go's libraries reserve addresses by tens of GiB that
                          * they never use */
    int64_t processor_s; /* the same: of each and, twice a second, of all together; 0 = no limit */
    int64_t tasks;       /* processes and threads of a program at once; 0 = no limit */
    int64_t file_mib;    /* the largest file that may be written, 0 = no limit */
    int64_t folder_mib; /* what all that is writable holds together, of a program, files that were removed and
                         * are still open with it; twice a second. No folders within folders beyond the 64th.
                         * 0 = no limit */
    int64_t open_files; /* at once, of one process; 0 = as it is */
} SandboxSpec;

/* Without any file; 64 GiB a file of a worker; 4 GiB a file and in all, 1024 open files and 512 tasks for a
 * program; no other limit. */
void sandbox_spec_init(SandboxSpec *spec, SandboxKind kind);
/* Adds a copy of the path, which may be NULL. A relative one is taken from the folder of now. */
void sandbox_spec_read(SandboxSpec *spec, const char *path);
void sandbox_spec_write(SandboxSpec *spec, const char *path);
void sandbox_spec_clear(SandboxSpec *spec);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SandboxSpec, sandbox_spec_clear)

typedef struct Sandbox Sandbox;

/* All that can be prepared before the fork; nothing of the caller changes, and no file is held open. A
 * WORKER's is made in the process that enters it, whose number goes into it. NULL with a HARNESS error where
 * the memory or the library fails. Caller frees. */
Sandbox *sandbox_new(const SandboxSpec *spec, GError **error);
void sandbox_free(Sandbox *sandbox); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sandbox, sandbox_free)

/* Confines the calling process for good, with all that it starts; a program's returns in a child of the
 * caller. Async-signal-safe: between fork and exec, after the standard descriptors are in place; it opens
 * none that stays open. A program's sandbox is entered once. False when a layer that this kernel offers did
 * not take: the reason stands on standard error, and the process must end
 * (_exit): it may be half confined. */
bool sandbox_enter(const Sandbox *sandbox);

/* Moves the calling process, which has one thread, with all that it starts from now on into a network that
 * holds nothing but a loopback of its own: 127.0.0.1 in it is nobody else's. False with errno where this may
 * not be done (sandbox_layers: “loopback”); nothing has changed then. For a worker that plays a camera to a
 * live system. */
bool sandbox_leave_network(void);

/* The environment of a program: PATH, LANG=C.UTF-8, TZ=UTC; HOME, TMPDIR and XDG_CACHE_HOME are its scratch
 * folder. Nothing else of the caller's gets in, neither its keys nor its tokens. Free with g_strfreev. */
char **sandbox_environment(const char *scratch);

/* Which limit ended a process of that status (of waitpid), as a sentence's end: “was ended: it had used up
 * its time on the processor (SIGXCPU)”. NULL: none that can be told from outside. Static. */
const char *sandbox_explain(const Sandbox *sandbox, int status);

typedef struct {
    uint32_t network; /* sockets of IPv4 or IPv6 that it asked for and was refused */
    uint32_t tasks;   /* processes and threads beyond the limit, the same */
} SandboxSeen;

/* What a program asked for, counted as long as it runs. False where this kernel cannot tell (sandbox_layers):
 * nothing is known then. */
bool sandbox_seen(const Sandbox *sandbox, SandboxSeen *seen);

#endif
