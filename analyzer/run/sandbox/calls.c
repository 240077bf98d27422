/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/calls.h"

#include <stddef.h>

const char *const calls_that_end[] = {
    /* the kernel itself */
    "init_module", "finit_module", "delete_module", "create_module", "kexec_load", "kexec_file_load",
    "reboot", "bpf", "swapon", "swapoff", "acct", "iopl", "ioperm", "vm86", "vm86old", "uselib", "nfsservctl",
    "lookup_dcookie", "fanotify_init",
    /* the tree of files */
    "mount", "umount", "umount2", "pivot_root", "move_mount", "open_tree", "fsopen", "fsconfig", "fsmount",
    "fspick", "mount_setattr", "open_by_handle_at",
    /* other processes, and what they hold */
    "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "add_key", "request_key", "keyctl",
    NULL};

const char *const calls_that_start[] = {"execve", "execveat", "fork", "vfork", NULL};

const char *const calls_refused[] = {
    "unshare", "setns", "chroot", "perf_event_open", "userfaultfd", "syslog", "quotactl", "quotactl_fd",
    "vhangup", "sethostname", "setdomainname", "settimeofday", "stime", "clock_settime", "clock_settime64",
    "clock_adjtime", "clock_adjtime64", "adjtimex", "migrate_pages", "move_pages", "modify_ldt",
    "name_to_handle_at", "process_madvise", "kcmp",
    /* a group of one's own, in which one would outlive the job */
    "setsid", "setpgid",
    /* they reach files that may only be read, and Landlock does not hold them */
    "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat", "chown32", "fchown32", "lchown32",
    "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr", "utime", "utimes",
    "futimesat", "utimensat", "utimensat_time64",
    /* what stays in the kernel when the job is over */
    "shmget", "semget", "msgget", "mq_open", NULL};

const char *const calls_unknown[] = {"clone3", "io_uring_setup", "io_uring_enter", "io_uring_register", NULL};

const char *const calls_of_network[] = {"connect", "bind", "listen", "accept", "accept4", "socketcall", NULL};

const char *const calls_that_serve[] = {"accept",     "accept4",  "getsockname", "getpeername", "getsockopt",
                                        "setsockopt", "sendto",   "sendmsg",     "sendmmsg",    "recvfrom",
                                        "recvmsg",    "shutdown", NULL};

const char *const calls_of_worker[] = {
    /* files, by descriptor */
    "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2", "pwritev2",
    "lseek", "_llseek", "close", "close_range", "fstat", "fstat64", "fstatfs", "fstatfs64", "ftruncate",
    "ftruncate64", "fallocate", "fsync", "fdatasync", "sync_file_range", "fadvise64", "fadvise64_64",
    "readahead", "flock", "fcntl", "fcntl64", "dup", "dup2", "dup3", "getdents", "getdents64", "sendfile",
    "sendfile64", "copy_file_range", "splice", "pipe", "pipe2", "eventfd", "eventfd2", "memfd_create", "poll",
    "ppoll", "ppoll_time64", "select", "_newselect", "pselect6", "pselect6_time64", "epoll_create",
    "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2",
    /* files, by name: which, Landlock says */
    "open", "openat", "openat2", "stat", "stat64", "lstat", "lstat64", "newfstatat", "fstatat64", "statx",
    "statfs", "statfs64", "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getcwd", "chdir",
    "fchdir", "umask", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir",
    "link", "linkat",
    /* memory */
    "mmap", "mmap2", "munmap", "mprotect", "mremap", "madvise", "msync", "mincore", "mlock", "mlock2",
    "munlock", "brk", "membarrier", "get_mempolicy", "pkey_alloc", "pkey_free", "pkey_mprotect",
    /* threads, signals, time */
    "futex", "futex_time64", "futex_waitv", "set_robust_list", "get_robust_list", "rseq", "set_tid_address",
    "sched_yield", "sched_getaffinity", "sched_setaffinity", "sched_getparam", "sched_getscheduler",
    "sched_get_priority_max", "sched_get_priority_min", "sched_getattr", "getcpu", "getpriority",
    "setpriority", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "rt_sigpending",
    "rt_sigtimedwait", "rt_sigtimedwait_time64", "rt_sigsuspend", "sigaltstack", "pause", "restart_syscall",
    "nanosleep", "clock_nanosleep", "clock_nanosleep_time64", "clock_gettime", "clock_gettime64",
    "clock_getres", "clock_getres_time64", "gettimeofday", "time", "times", "alarm", "setitimer", "getitimer",
    "timer_create", "timer_settime", "timer_gettime", "timer_delete", "exit", "exit_group", "wait4", "waitid",
    /* what it is */
    "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getuid32", "geteuid32",
    "getgid32", "getegid32", "getresuid", "getresgid", "getpgrp", "getpgid", "getsid", "getgroups",
    "getrlimit", "ugetrlimit", "getrusage", "sysinfo", "uname", "getrandom", "arch_prctl", "set_thread_area",
    "capget", "riscv_hwprobe", NULL};
