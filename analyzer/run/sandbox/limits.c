/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/limits.h"

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    MIB_SHIFT = 20,
    GRACE_S = 1, /* between SIGXCPU and SIGKILL */
};

bool limits_under_valgrind(void)
{
    const char *preloaded = g_getenv("LD_PRELOAD");
    return preloaded != NULL && strstr(preloaded, "vgpreload") != NULL;
}

bool limits_hold_memory(void)
{
#ifdef __SANITIZE_ADDRESS__
    return false;
#else
    return !limits_under_valgrind();
#endif
}

/* To at most `most`, with so much more before what is hard; 0 and less: as it is. */
static bool lower(__rlimit_resource_t resource, rlim_t most, rlim_t more)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0)
        return false;
    limit.rlim_max = MIN(limit.rlim_max, most + more);
    limit.rlim_cur = MIN(limit.rlim_max, MIN(limit.rlim_cur, most));
    return setrlimit(resource, &limit) == 0;
}

bool limits_hold(const SandboxSpec *spec)
{
    if (!lower(RLIMIT_CORE, 0, 0))
        return false;
    if (spec->memory_mib > 0 && limits_hold_memory() &&
        !lower(RLIMIT_DATA, (rlim_t)spec->memory_mib << MIB_SHIFT, 0))
        return false;
    if (spec->processor_s > 0 && !lower(RLIMIT_CPU, (rlim_t)spec->processor_s, GRACE_S))
        return false;
    if (spec->file_mib > 0 && !lower(RLIMIT_FSIZE, (rlim_t)spec->file_mib << MIB_SHIFT, 0))
        return false;
    /* Valgrind keeps some of them for itself and lets none be given up. */
    return spec->open_files <= 0 || limits_under_valgrind() ||
           lower(RLIMIT_NOFILE, (rlim_t)spec->open_files, 0);
}

bool limits_hold_tasks(int64_t tasks)
{
    return lower(RLIMIT_NPROC, (rlim_t)tasks, 0);
}

bool limits_drop_capabilities(void)
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {{0}};
    if (syscall(SYS_capget, &header, data) != 0)
        return false;
    /* An exec by root would take them from here again. */
    if ((data[0].effective & 1U << CAP_SETPCAP) != 0) {
        for (unsigned long capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++) {
            if (capability != CAP_DAC_OVERRIDE && prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0)
                return false;
        }
    }
    for (int i = 0; i < 2; i++) {
        const __u32 kept = i == 0 ? 1U << CAP_DAC_OVERRIDE : 0;
        data[i].permitted &= kept;
        data[i].effective &= kept;
        data[i].inheritable = 0;
    }
    return syscall(SYS_capset, &header, data) == 0;
}
