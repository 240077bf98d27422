/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/sandbox.h"

#include "sandbox/filter.h"
#include "sandbox/landlock.h"
#include "sandbox/limits.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct Sandbox {
    SandboxSpec spec;
    bool has_landlock, has_filter; /* what this kernel offers */
    struct sock_fprog filter;
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

void sandbox_free(Sandbox *sandbox)
{
    if (sandbox == NULL)
        return;
    sandbox_spec_clear(&sandbox->spec);
    g_free(sandbox->filter.filter);
    g_free(sandbox);
}

Sandbox *sandbox_new(const SandboxSpec *spec, GError **error)
{
    g_autoptr(Sandbox) sandbox = g_new0(Sandbox, 1);
    sandbox->spec = *spec;
    sandbox->spec.readable = copy_paths(spec->readable);
    sandbox->spec.writable = copy_paths(spec->writable);
    sandbox->has_landlock = landlock_abi() > 0;
    sandbox->has_filter = filter_is_offered();
    if (sandbox->has_filter && !filter_make(spec, &sandbox->filter, error))
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

static bool hold_files(const SandboxSpec *spec)
{
    const bool worker = spec->kind == SANDBOX_WORKER;
    const int reads = worker ? LANDLOCK_READ : LANDLOCK_READ | LANDLOCK_EXECUTE;
    const int rules = landlock_begin(true);
    if (rules < 0)
        return false;
    if (!allow_list(rules, worker ? worker_reads : program_reads, reads) ||
        !allow_list(rules, worker ? worker_devices : program_devices, LANDLOCK_READ | LANDLOCK_WRITE) ||
        !allow_paths(rules, spec->readable, reads) ||
        !allow_paths(rules, spec->writable, reads | LANDLOCK_WRITE))
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

bool sandbox_enter(const Sandbox *sandbox)
{
    const SandboxSpec *spec = &sandbox->spec;
    const char *failed = NULL;
    if (!limits_hold(spec))
        failed = "limits";
    else if (!limits_drop_capabilities())
        failed = "capabilities";
    else if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        failed = "no new privileges";
    else if (sandbox->has_landlock && !hold_files(spec))
        failed = "files";
    else if (sandbox->has_filter && !filter_hold(&sandbox->filter))
        failed = "system calls";
    if (failed != NULL)
        complain(failed, errno);
    return failed == NULL;
}

const char *sandbox_explain(int status)
{
    if (!WIFSIGNALED(status))
        return NULL;
    switch (WTERMSIG(status)) {
    case SIGSYS:
        return "was ended by the sandbox: it asked the system for what it must not have (SIGSYS)";
    case SIGXCPU:
        return "was ended by the kernel: it had used up its time on the processor (SIGXCPU)";
    case SIGXFSZ:
        return "was ended by the kernel: it wrote a file larger than it may (SIGXFSZ)";
    default:
        return NULL;
    }
}
