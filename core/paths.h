// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Every path of an installation, each spelt once. Who owns what is said by
/// packaging/modes; docs/architecture.md explains why.
namespace hythe::paths {

// What the package installs.
inline constexpr const char* kHytheCommand = "/usr/bin/hythe";
inline constexpr const char* kShell = "/usr/lib/hythe/hythe-shell";
inline constexpr const char* kForgeClient = "/usr/lib/hythe/hythe-forge";
inline constexpr const char* kHooks = "/usr/lib/hythe/hooks";
inline constexpr const char* kLaunchHelper = "/usr/lib/hythe/helpers/hythe-launch";
inline constexpr const char* kRouteHelper = "/usr/lib/hythe/helpers/hythe-route";
inline constexpr const char* kContainerHelper = "/usr/lib/hythe/helpers/hythe-container";
inline constexpr const char* kStackHelper = "/usr/lib/hythe/helpers/hythe-stack";
inline constexpr const char* kJoinProgram = "/usr/lib/hythe/helpers/hythe-join";
inline constexpr const char* kModesProgram = "/usr/lib/hythe/helpers/hythe-modes";
inline constexpr const char* kLibrary = "/usr/lib/hythe";
inline constexpr const char* kInit = "/usr/lib/hythe/inside/hythe-init";
inline constexpr const char* kBuilder = "/usr/lib/hythe/inside/hythe-build";
inline constexpr const char* kBuildpacks = "/usr/lib/hythe/buildpacks";
inline constexpr const char* kConfig = "/etc/hythe/hythe.yml";
inline constexpr const char* kEgress = "/etc/hythe/egress";
inline constexpr const char* kStackConfig = "/etc/hythe/stack.yml";
inline constexpr const char* kOsRelease = "/usr/lib/os-release";
inline constexpr const char* kNginxApps = "/etc/nginx/hythe";
// What nginx reads of hythe's: in its http{}, and in its main context, as Debian's nginx and
// the rpm's include it.
inline constexpr const char* kNginxHttpPart = "/etc/nginx/conf.d/hythe.conf";
inline constexpr const char* kNginxMainPart = "/etc/nginx/modules-enabled/90-hythe.conf";
inline constexpr const char* kNginxMainPartOfRpm = "/usr/share/nginx/modules/90-hythe.conf";
inline constexpr const char* kSshdPart = "/etc/ssh/sshd_config.d/hythe.conf";

// State that belongs to user hythe.
inline constexpr const char* kState = "/var/lib/hythe";
inline constexpr const char* kStateVersionFile = "/var/lib/hythe/version";  // root's
inline constexpr const char* kRepos = "/var/lib/hythe/repos";
inline constexpr const char* kApps = "/var/lib/hythe/apps";
inline constexpr const char* kKeys = "/var/lib/hythe/keys";
inline constexpr const char* kBuildQueue = "/var/lib/hythe/queue";
inline constexpr const char* kForges = "/var/lib/hythe/forges";  // the host keys of forges
inline constexpr const char* kKnownForges = "/var/lib/hythe/forges/known_hosts";
inline constexpr const char* kDeliveries = "/var/lib/hythe/deliveries";  // what forges told

// State that belongs to root; user hythe reaches it through the helpers only.
inline constexpr const char* kSlots = "/var/lib/hythe/slots";
inline constexpr const char* kRoutes = "/var/lib/hythe/routes";
inline constexpr const char* kReleases = "/var/lib/hythe/releases";
/// Held while it is decided whether a release is forgotten, or gets its name back.
inline constexpr const char* kForgettingLock = ".lock";  // in kReleases
inline constexpr const char* kBuilds = "/var/lib/hythe/builds";
inline constexpr const char* kCache = "/var/lib/hythe/cache";
inline constexpr const char* kStacks = "/var/lib/hythe/stacks";  // read by hythe
inline constexpr const char* kLogs = "/var/log/hythe";

// What runs now: root's, emptied by a reboot.
inline constexpr const char* kRun = "/run/hythe";
inline constexpr const char* kLanes = "/run/hythe/lanes";
inline constexpr const char* kContainers = "/run/hythe/containers";
inline constexpr const char* kPrivate = "/run/hythe/private";
/// Is there while nginx is about to reload: no connection of a client is kept meanwhile.
inline constexpr const char* kReloading = "/run/hythe/reloading";
inline constexpr const char* kResponseLog = "/var/log/nginx/hythe.responses";
/// Where nginx passes on what forges tell; the directory is hythe's, and only nginx enters it.
inline constexpr const char* kWebhookSocket = "/run/hythe/webhook/socket";
inline constexpr const char* kNginxSocket = "/run/hythe/private/nginx.sock";

// The kernel's.
inline constexpr const char* kCgroups = "/sys/fs/cgroup";
/// From the root of each hierarchy: where all containers and their monitors are. Under systemd
/// it is the cgroup of the unit of this name, which has it delegated (docs/systemd.md).
inline constexpr const char* kAppsCgroup = "/hythe-apps.service";
inline constexpr const char* kAppsUnit = kAppsCgroup + 1;  // which has it by that name

// Programs of the host that root runs, each with a fixed argv.
inline constexpr const char* kCrun = "/usr/bin/crun";
inline constexpr const char* kIp = "/usr/sbin/ip";
inline constexpr const char* kNft = "/usr/sbin/nft";
inline constexpr const char* kConntrack = "/usr/sbin/conntrack";
inline constexpr const char* kNginx = "/usr/sbin/nginx";
inline constexpr const char* kSshd = "/usr/sbin/sshd";
inline constexpr const char* kGit = "/usr/bin/git";
inline constexpr const char* kCurl = "/usr/bin/curl";
inline constexpr const char* kMmdebstrap = "/usr/bin/mmdebstrap";
inline constexpr const char* kTar = "/usr/bin/tar";

// Likewise, that user hythe runs.
inline constexpr const char* kPrlimit = "/usr/bin/prlimit";
inline constexpr const char* kSetpriv = "/usr/bin/setpriv";
inline constexpr const char* kSsh = "/usr/bin/ssh";
inline constexpr const char* kSshKeygen = "/usr/bin/ssh-keygen";
inline constexpr const char* kSshKeyscan = "/usr/bin/ssh-keyscan";
inline constexpr const char* kSystemctl = "/usr/bin/systemctl";
inline constexpr const char* kBusctl = "/usr/bin/busctl";

// What a container sees.
namespace inside {
inline constexpr const char* kRoot = "/.hythe";
inline constexpr const char* kInit = "/.hythe/init";
inline constexpr const char* kSpec = "/.hythe/spec";
inline constexpr const char* kBuilder = "/.hythe/build";
inline constexpr const char* kBuildpacks = "/.hythe/buildpacks";
inline constexpr const char* kCache = "/.hythe/cache";
inline constexpr const char* kBuild = "/build";
inline constexpr const char* kApp = "/app";
}  // namespace inside

}  // namespace hythe::paths
