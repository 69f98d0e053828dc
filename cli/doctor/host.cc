// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/host.h"

#include <linux/magic.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

#include "cli/doctor/examine.h"
#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/host_memory.h"
#include "lib/units.h"
#include "model/preflight.h"

namespace hythe {
namespace {

using State = HostCheck::State;

constexpr const char* kNobody = "nobody listens";

bool exists(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0;
}

/// The first line of what went wrong, and what the others say to do.
HostCheck wrong(std::string name, const PushError& error) {
  const std::string_view text = error.what();
  const auto end = std::min(text.find('\n'), text.size());
  return {.name = std::move(name),
          .state = State::wrong,
          .found = std::string(text.substr(0, end)),
          .way_out = std::string(text.substr(std::min(end + 1, text.size())))};
}

HostCheck check_features() {
  HostCheck check{.name = "kernel features", .state = State::fine, .found = "all there"};
  const auto misses = [&check](const char* what) {
    check.state = State::wrong;
    check.found = check.found == "all there" ? concat("missing: ", what)
                                             : concat(check.found, ", ", what);
    check.way_out =
        "a kernel of the distribution's own has all of them; containers and some "
        "hosted machines have another";
  };
  for (const char* name : {"net", "pid", "mnt", "ipc", "uts", "cgroup"})
    if (!exists(concat("/proc/self/ns/", name))) misses(concat(name, " namespaces").c_str());
  if (!exists("/proc/sys/kernel/seccomp/actions_avail")) misses("seccomp");
  utsname host{};
  ::uname(&host);
  // A module is loaded when it is first needed.
  const bool has_overlay =
      read_file("/proc/filesystems").find("\toverlay\n") != std::string::npos ||
      exists(concat("/lib/modules/", host.release, "/kernel/fs/overlayfs"));
  if (!has_overlay) misses("overlayfs");
  return check;
}

HostCheck check_cgroups() {
  struct statfs status {};
  if (::statfs("/sys/fs/cgroup", &status) == 0 && status.f_type == CGROUP2_SUPER_MAGIC)
    return check_controllers(read_file("/sys/fs/cgroup/cgroup.controllers"));
  return {
      .name = "cgroups",
      .state = State::notice,
      .found = "version 1: limits hold, but containers are killed process by process",
      .way_out = "boot with systemd.unified_cgroup_hierarchy=1 on the kernel's command line"};
}

HostCheck check_programs() {
  HostCheck check{.name = "programs", .state = State::fine, .found = "all there"};
  std::string missing;
  for (const char* path : {paths::kCrun, paths::kIp, paths::kNft, paths::kConntrack,
                           paths::kNginx, paths::kGit, paths::kCurl})
    if (::access(path, X_OK) != 0) missing += concat(missing.empty() ? "" : ", ", path);
  if (!missing.empty())
    check = {.name = check.name,
             .state = State::wrong,
             .found = "missing: " + missing,
             .way_out = "install them: the package of hythe names them as dependencies"};
  return check;
}

}  // namespace

HostChecks check_ports(const Config& config, const PortOwners& owners) {
  const auto check = [&](std::uint16_t port, const char* expected, const std::string& way_out) {
    const auto owner = owners.find(port);
    const bool is_listening = owner != owners.end();
    return check_listener(port, is_listening, is_listening ? owner->second : "", expected,
                          way_out);
  };
  // Where nobody listens at all, some of it still works.
  const auto only_notice = [](HostCheck found, const char* way_out) {
    if (found.found != kNobody) return found;
    found.state = State::notice;
    found.way_out = way_out;
    return found;
  };
  constexpr std::uint16_t kSsh = 22;
  const auto ssh_port = static_cast<std::uint16_t>(config.ssh_port);
  HostCheck ssh =
      check(ssh_port, "sshd", "developers push there: systemctl start ssh (or sshd)");
  if (ssh_port != kSsh)
    ssh =
        only_notice(std::move(ssh), "well when a router passes it on to sshd, wrong otherwise");
  return {std::move(ssh), check(80, "nginx", "apps are served there: systemctl start nginx"),
          only_notice(check(443, "nginx", "apps are served there with TLS"),
                      "apps are served without TLS until nginx has a certificate")};
}

namespace {

HostCheck check_disk() {
  struct statvfs disk {};
  if (::statvfs(paths::kState, &disk) != 0)
    throw SystemError(errno, "look at the disk of '", paths::kState, "'");
  try {
    require_disk(paths::kState, disk);
  } catch (const PushError& error) {
    return wrong("disk", error);
  }
  return {
      .name = "disk",
      .state = State::fine,
      .found = concat(format_size(disk.f_bavail * disk.f_frsize), " free for ", paths::kState)};
}

HostCheck check_memory() {
  try {
    require_memory(read_file("/proc/meminfo"));
  } catch (const PushError& error) {
    return wrong("memory", error);
  }
  return {.name = "memory", .state = State::fine, .found = format_size(host_memory())};
}

HostCheck check_boot() {
  constexpr const char* kWanted = "/etc/systemd/system/multi-user.target.wants/hythe.service";
  if (exists("/run/systemd/system")) {
    if (exists(kWanted))
      return {.name = "boot", .state = State::fine, .found = "hythe.service starts the apps"};
    return {.name = "boot",
            .state = State::notice,
            .found = "no app is started again",
            .way_out = "systemctl enable hythe.service"};
  }
  return {.name = "boot",
          .state = State::notice,
          .found = "no systemd runs here, so nobody starts the apps again",
          .way_out = "have 'hythe restore' run at boot, and 'hythe gc' every night"};
}

}  // namespace

HostCheck check_kernel(const std::string& release) {
  // close_range(2), by which the helpers begin
  constexpr std::array<unsigned, 2> kLeast = {5, 9};
  std::array<unsigned, 2> version{};
  const char* const end = release.data() + release.size();
  const auto major = std::from_chars(release.data(), end, version[0]);
  if (major.ptr != end) std::from_chars(major.ptr + 1, end, version[1]);
  HostCheck check{.name = "kernel", .state = State::fine, .found = concat("Linux ", release)};
  if (version < kLeast) {
    check.state = State::wrong;
    check.way_out = concat("Linux ", kLeast[0], '.', kLeast[1], " is the oldest that will do");
  }
  return check;
}

HostCheck check_controllers(std::string_view controllers) {
  std::istringstream words{std::string(controllers)};
  std::vector<std::string> there;
  for (std::string word; words >> word;) there.push_back(word);
  std::string missing;
  for (const char* needed : {"memory", "pids", "cpu"})
    if (std::find(there.begin(), there.end(), needed) == there.end())
      missing += concat(missing.empty() ? "" : ", ", needed);
  if (missing.empty()) return {.name = "cgroups", .state = State::fine, .found = "version 2"};
  return {.name = "cgroups",
          .state = State::wrong,
          .found = concat("version 2 without ", missing, ": no container can be started"),
          .way_out = concat("boot with cgroup_enable=", missing,
                            " on the kernel's command line; a hosted machine's owner must "
                            "delegate them")};
}

HostCheck check_listener(std::uint16_t port, bool is_listening, const std::string& owner,
                         const std::string& expected, const std::string& way_out) {
  HostCheck check{.name = concat("port ", port), .state = State::fine, .found = {}};
  if (!is_listening) {
    check.state = State::wrong;
    check.found = kNobody;
    check.way_out = way_out;
  } else if (owner.empty()) {
    check.found = "somebody listens";
  } else if (owner == expected) {
    check.found = owner + " listens";
  } else if (expected == "sshd" && owner == "systemd") {
    check.found = "systemd listens, and starts sshd";
  } else {
    check.state = State::wrong;
    check.found = concat("'", owner, "' listens there, and not ", expected);
    check.way_out = concat("stop '", owner, "', then: ", way_out);
  }
  return check;
}

HostChecks check_host(const Config& config, const FirstLook& seen) {
  utsname host{};
  ::uname(&host);
  HostChecks checks = {check_kernel(host.release), check_features(), check_cgroups(),
                       check_programs()};
  for (HostCheck& check : check_ports(config, seen.owners)) checks.push_back(std::move(check));
  if (seen.sshd)
    if (auto check = check_sshd(*seen.sshd)) checks.push_back(std::move(*check));
  checks.push_back(check_nginx(nginx_parts()));
  checks.push_back(check_disk());
  checks.push_back(check_memory());
  checks.push_back(check_boot());
  for (HostCheck& check : check_systemd()) checks.push_back(std::move(check));
  return checks;
}

Findings examine_host(const Config& config, const FirstLook& seen) {
  Findings findings;
  for (const HostCheck& check : check_host(config, seen))
    if (check.state == State::wrong)
      findings.push_back(
          {.what = concat(check.name, ": ", check.found), .way_out = check.way_out});
  return findings;
}

}  // namespace hythe
