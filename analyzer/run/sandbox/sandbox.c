/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/sandbox.h"

#include "records/free.h"
#include "sandbox/filter.h"
#include "sandbox/keeper.h"
#include "sandbox/landlock.h"
#include "sandbox/layers.h"
#include "sandbox/limits.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct Sandbox {
    SandboxSpec spec;
    bool has_landlock, has_filter;    /* what this kernel offers */
    struct sock_fprog filter, asking; /* the second of a program whose keeper is asked */
    Namespaces spaces;                /* the rest of a program only */
    KeeperPage *page;
};

/* ---- what everybody may read */

/* What libraries of a decoder look at: letters for pictures, the time zone, how many processors there are. */
static const char *const worker_reads[] = {
    "/usr/lib",   "/usr/share",     "/usr/local/lib",   "/usr/local/share",        "/lib",         "/lib64",
    "/etc/fonts", "/etc/localtime", "/etc/ld.so.cache", "/sys/devices/system/cpu", "/dev/urandom", NULL};

/* The system, without what is secret in it: Landlock takes nothing out of a folder, so that /etc stands here
 * by its parts. Of others' processes /proc shows names and command lines; Landlock hides the rest. */
static const char *const program_reads[] = {"/usr",
                                            "/bin",
                                            "/sbin",
                                            "/lib",
                                            "/lib32",
                                            "/lib64",
                                            "/opt",
                                            "/nix/store",
                                            "/proc",
                                            "/sys",
                                            "/etc/alternatives",
                                            "/etc/debian_version",
                                            "/etc/fonts",
                                            "/etc/group",
                                            "/etc/host.conf",
                                            "/etc/hosts",
                                            "/etc/java-17-openjdk",
                                            "/etc/java-21-openjdk",
                                            "/etc/ld.so.cache",
                                            "/etc/ld.so.conf",
                                            "/etc/ld.so.conf.d",
                                            "/etc/locale.alias",
                                            "/etc/localtime",
                                            "/etc/magic",
                                            "/etc/mime.types",
                                            "/etc/nsswitch.conf",
                                            "/etc/OpenCL",
                                            "/etc/os-release",
                                            "/etc/passwd",
                                            "/etc/protocols",
                                            "/etc/python3",
                                            "/etc/services",
                                            "/etc/ssl/certs",
                                            "/etc/ssl/openssl.cnf",
                                            "/etc/timezone",
                                            "/etc/vulkan",
                                            NULL};
static const char *const worker_devices[] = {"/dev/null", NULL};
static const char *const program_devices[] = {"/dev/null",   "/dev/zero",    "/dev/full",
                                              "/dev/random", "/dev/urandom", NULL};

/* ---- the spec */

void sandbox_spec_init(SandboxSpec *spec, SandboxKind kind)
{
    *spec = (SandboxSpec){.kind = kind,
                          .readable = g_ptr_array_new_with_free_func(g_free),
                          .writable = g_ptr_array_new_with_free_func(g_free),
                          .file_mib = kind == SANDBOX_WORKER ? 64 * 1024 : 4 * 1024,
                          .folder_mib = kind == SANDBOX_WORKER ? 0 : 4 * 1024,
                          .tasks = kind == SANDBOX_WORKER ? 0 : 512,
                          .open_files = kind == SANDBOX_WORKER ? 0 : 1024};
}

void sandbox_spec_clear(SandboxSpec *spec)
{
    g_clear_pointer(&spec->readable, g_ptr_array_unref);
    g_clear_pointer(&spec->writable, g_ptr_array_unref);
}

static void add_path(GPtrArray *list, const char *path)
{
    if (path != NULL)
        g_ptr_array_add(list, g_canonicalize_filename(path, NULL));
}

void sandbox_spec_read(SandboxSpec *spec, const char *path)
{
    add_path(spec->readable, path);
}

void sandbox_spec_write(SandboxSpec *spec, const char *path)
{
    add_path(spec->writable, path);
}

char **sandbox_environment(const char *scratch)
{
    const char *path = g_getenv("PATH");
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    g_autofree char *paths = g_strconcat("PATH=", path != NULL ? path : "/usr/local/bin:/usr/bin:/bin", NULL);
    g_strv_builder_add_many(words, paths, "LANG=C.UTF-8", "TZ=UTC", NULL);
    static const char *const folders[] = {"HOME", "TMPDIR", "XDG_CACHE_HOME"};
    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *word = g_strconcat(folders[i], "=", scratch, NULL);
        g_strv_builder_add(words, word);
    }
    return g_strv_builder_end(words);
}

/* ---- made */

static GPtrArray *copy_paths(const GPtrArray *paths)
{
    GPtrArray *copy = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < paths->len; i++)
        g_ptr_array_add(copy, g_strdup(g_ptr_array_index(paths, i)));
    return copy;
}

static void clear_sandbox(Sandbox *sandbox)
{
    sandbox_spec_clear(&sandbox->spec);
    g_free(sandbox->filter.filter);
    g_free(sandbox->asking.filter);
    if (sandbox->page != NULL)
        munmap(sandbox->page, sizeof *sandbox->page);
}

DEFINE_FREE(sandbox_free, Sandbox, sandbox, clear_sandbox(sandbox))

static bool prepare_keeper(Sandbox *sandbox, GError **error)
{
    void *page = mmap(NULL, sizeof *sandbox->page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "cannot share memory with a program (%s)",
                    g_strerror(errno));
        return false;
    }
    sandbox->page = page;
    atomic_store(&sandbox->page->status, -1);
    sandbox->spaces = *layers_namespaces();
    if (sandbox->spec.memory_mib > 0)
        g_snprintf(sandbox->spaces.shm_options, sizeof sandbox->spaces.shm_options, "size=%" PRId64 "m",
                   sandbox->spec.memory_mib);
    return !filter_can_ask() || filter_make(&sandbox->spec, true, &sandbox->asking, error);
}

Sandbox *sandbox_new(const SandboxSpec *spec, GError **error)
{
    g_autoptr(Sandbox) sandbox = g_new0(Sandbox, 1);
    sandbox->spec = *spec;
    sandbox->spec.readable = copy_paths(spec->readable);
    sandbox->spec.writable = copy_paths(spec->writable);
    sandbox->has_landlock = landlock_abi() > 0;
    sandbox->has_filter = filter_is_offered();
    if (sandbox->has_filter && !filter_make(spec, false, &sandbox->filter, error))
        return NULL;
    if (spec->kind == SANDBOX_PROGRAM && !prepare_keeper(sandbox, error))
        return NULL;
    return g_steal_pointer(&sandbox);
}

/* ---- entered. From here on nothing but calls of the system: no memory, no locks. */

static bool allow_list(int rules, const char *const *paths, int use)
{
    for (; *paths != NULL; paths++) {
        if (!landlock_allow(rules, *paths, use))
            return false;
    }
    return true;
}

static bool allow_paths(int rules, const GPtrArray *paths, int use)
{
    for (guint i = 0; i < paths->len; i++) {
        if (!landlock_allow(rules, g_ptr_array_index(paths, i), use))
            return false;
    }
    return true;
}

static bool hold_files(const Sandbox *sandbox)
{
    const SandboxSpec *spec = &sandbox->spec;
    const bool worker = spec->kind == SANDBOX_WORKER;
    const int reads = worker ? LANDLOCK_READ : LANDLOCK_READ | LANDLOCK_EXECUTE;
    const int rules = landlock_begin(spec->network != SANDBOX_OWN_NETWORK);
    if (rules < 0)
        return false;
    if (!allow_list(rules, worker ? worker_reads : program_reads, reads) ||
        !allow_list(rules, worker ? worker_devices : program_devices, LANDLOCK_READ | LANDLOCK_WRITE) ||
        !allow_paths(rules, spec->readable, reads) ||
        !allow_paths(rules, spec->writable, reads | LANDLOCK_WRITE) ||
        (sandbox->spaces.shm && !landlock_allow(rules, "/dev/shm", LANDLOCK_READ | LANDLOCK_WRITE)))
        return false;
    for (size_t i = 0; spec->network == SANDBOX_LOOPBACK && i < SANDBOX_PORTS && spec->ports[i] != 0; i++) {
        if (!landlock_allow_port(rules, spec->ports[i]))
            return false;
    }
    return landlock_hold(rules);
}

static void complain(const char *what, int number)
{
    const char *const parts[] = {"the sandbox could not be entered: ", what, " (", strerrordesc_np(number),
                                 ")\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        const char *part = parts[i] != NULL ? parts[i] : "?";
        if (write(STDERR_FILENO, part, strlen(part)) < 0)
            return;
    }
}

/* The keeper's answers where it can be asked, else those of the filter alone. */
static bool hold_calls(const Sandbox *sandbox, int door)
{
    const int listener = sandbox->asking.len > 0 ? filter_hold_asking(&sandbox->asking) : -1;
    if (listener >= 0)
        return keeper_hand_over(door, listener);
    if (door >= 0)
        close(door);
    return filter_hold(&sandbox->filter);
}

/* The keeper and the first process of the namespace are of the same person. */
static bool hold_tasks(const Sandbox *sandbox)
{
    return !sandbox->spaces.as_user || geteuid() == 0 || sandbox->spec.tasks <= 0 ||
           limits_hold_tasks(sandbox->spec.tasks + 2);
}

bool sandbox_enter(const Sandbox *sandbox)
{
    const SandboxSpec *spec = &sandbox->spec;
    const char *failed = NULL;
    int door = -1;
    if (sandbox->page != NULL && !keeper_begin(spec, &sandbox->spaces, sandbox->page, &door))
        failed = "a process to keep it";
    else if (!limits_hold(spec) || !hold_tasks(sandbox))
        failed = "limits";
    else if (!limits_drop_capabilities())
        failed = "capabilities";
    else if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        failed = "no new privileges";
    else if (sandbox->has_landlock && !hold_files(sandbox))
        failed = "files";
    else if (sandbox->has_filter && !hold_calls(sandbox, door))
        failed = "system calls";
    if (failed != NULL)
        complain(failed, errno);
    return failed == NULL;
}

bool sandbox_leave_network(void)
{
    const Namespaces *spaces = layers_namespaces();
    errno = EPERM;
    return spaces->network && namespaces_leave_network(spaces->as_user);
}

bool sandbox_seen(const Sandbox *sandbox, SandboxSeen *seen)
{
    *seen = (SandboxSeen){0};
    if (sandbox->page == NULL || !atomic_load(&sandbox->page->asked))
        return false;
    *seen = (SandboxSeen){.network = atomic_load(&sandbox->page->network_refused),
                          .tasks = atomic_load(&sandbox->page->tasks_refused)};
    return true;
}

const char *sandbox_explain(const Sandbox *sandbox, int status)
{
    const int verdict = sandbox->page != NULL ? atomic_load(&sandbox->page->verdict) : KEEPER_ENDED_NOTHING;
    if (verdict == KEEPER_ENDED_MEMORY)
        return "was ended: all its processes together had more memory than they may";
    if (verdict == KEEPER_ENDED_PROCESSOR)
        return "was ended: all its processes together had used up their time on the processor";
    if (verdict == KEEPER_ENDED_FOLDER)
        return "was ended: its folder held more than it may, or folders within folders without end";
    if (!WIFSIGNALED(status))
        return NULL;
    switch (WTERMSIG(status)) {
    case SIGSYS:
        return "was ended: it asked the system for what no detector needs (SIGSYS)";
    case SIGXCPU:
        return "was ended: it had used up its time on the processor (SIGXCPU)";
    case SIGXFSZ:
        return "was ended: it wrote a file larger than it may (SIGXFSZ)";
    default:
        return NULL;
    }
}
