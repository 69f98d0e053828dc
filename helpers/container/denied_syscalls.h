// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace hythe::container {

/// System calls that code from a repository never needs, and that have let somebody out of a
/// container, or reach beyond it. They answer EPERM. Most of them ask for a capability that
/// no container has; they are refused a second time because one kernel bug may undo the
/// first refusal.
inline constexpr auto kDeniedSyscalls = std::to_array<std::string_view>({
    // Another view of the file system: the way around read-only and masked paths.
    "mount",
    "umount",
    "umount2",
    "pivot_root",
    "chroot",
    "move_mount",
    "open_tree",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "mount_setattr",
    "statmount",
    "listmount",
    // Other namespaces. A user namespace of its own gives an app capabilities in it, and with
    // them most of the kernel's attack surface (clone's flags: seccomp.cc).
    "unshare",
    "setns",
    // Files by handle, from outside of the root directory ("Shocker").
    "open_by_handle_at",
    "name_to_handle_at",
    // Other processes' memory and descriptors.
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "pidfd_getfd",
    "kcmp",
    "migrate_pages",
    "move_pages",
    // NUMA policy reaches beyond the container's own share of the machine.
    "mbind",
    "set_mempolicy",
    "set_mempolicy_home_node",
    "get_mempolicy",
    // Keyrings do not know of containers.
    "add_key",
    "request_key",
    "keyctl",
    // Programs inside the kernel, and its performance counters.
    "bpf",
    "perf_event_open",
    "lookup_dcookie",
    // Large, young, and the source of many escalations.
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "userfaultfd",
    "vmsplice",
    // Events of the whole file system.
    "fanotify_init",
    "fanotify_mark",
    // The machine: its kernel, devices, clock, name, swap, accounting, log.
    "kexec_load",
    "kexec_file_load",
    "init_module",
    "finit_module",
    "delete_module",
    "create_module",
    "query_module",
    "get_kernel_syms",
    "nfsservctl",
    "uselib",
    "sysfs",
    "_sysctl",
    "iopl",
    "ioperm",
    "reboot",
    "swapon",
    "swapoff",
    "acct",
    "quotactl",
    "quotactl_fd",
    "syslog",
    "vhangup",
    "sethostname",
    "setdomainname",
    "settimeofday",
    "clock_settime",
    "clock_settime64",
    "stime",
    // 16-bit segments: only ever of use to old Wine and to exploits.
    "modify_ldt",
    // Memory that the kernel itself cannot see defeats the accounting of it.
    "memfd_secret",
});

/// Decided by their arguments, in seccomp.cc.
inline constexpr auto kConditionalSyscalls = std::to_array<std::string_view>(
    {"clone", "clone3", "ioctl", "personality", "socket", "socketpair"});

}  // namespace hythe::container
