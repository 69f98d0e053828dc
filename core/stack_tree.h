// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// What a container needs of the tree that becomes its root, whichever stack it is of: the
/// host's, which hythe-container makes, or one that was created or imported, which hythe-stack
/// prepares. crun mounts over the directories; nothing is ever made in a tree later on.
namespace hythe::stack_tree {

/// In paths::kStacks: a version's directory has the tree and a few lines about it.
inline constexpr const char* kRootfs = "rootfs";
inline constexpr const char* kAbout = "about";
/// Held by whoever chooses or removes a version, so that none goes that was just chosen.
inline constexpr const char* kLock = ".lock";
/// In root's directory of a build and of a release: the version that it was built on. Without
/// it, it was the host's stack.
inline constexpr const char* kRecord = "stack";

/// Parents come before what is in them.
inline constexpr std::string_view kDirectories[] = {
    ".hythe",        "app",
    "build",         "dev",
    "etc",           "etc/ssl",
    "home",          "mnt",
    "proc",          "run",
    "sys",           "sys/fs",
    "sys/fs/cgroup", "sys/fs/cgroup/memory",
    "tmp",           "usr",
    "var",           "var/cache",
    "var/cache/apt", "var/lib",
    "var/lib/apt",   "var/log",
    "var/tmp",
};

struct Link {
  std::string_view path;
  std::string_view target;
};

/// What differs from container to container is below /.hythe, which is bound as one.
inline constexpr Link kLinks[] = {
    {"etc/gitconfig", "/.hythe/gitconfig"},
    {"etc/group", "/.hythe/group"},
    {"etc/hostname", "/.hythe/hostname"},
    {"etc/hosts", "/.hythe/hosts"},
    {"etc/localtime", "/usr/share/zoneinfo/Etc/UTC"},
    {"etc/mtab", "/proc/self/mounts"},
    {"etc/passwd", "/.hythe/passwd"},
    {"etc/resolv.conf", "/.hythe/resolv.conf"},
    {"sys/fs/cgroup/memory/memory.limit_in_bytes", "/.hythe/memory_limit"},
    {"var/lock", "/run"},
    {"var/run", "/run"},
};

/// Over it the host's certificate authorities are bound, the administrator's own among them.
inline constexpr std::string_view kAuthorities = "etc/ssl/certs/ca-certificates.crt";

}  // namespace hythe::stack_tree
