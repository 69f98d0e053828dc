// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/config.h"

namespace hythe {

/// One thing about the host that hythe depends on, and what there is of it.
struct HostCheck {
  enum class State {
    fine,
    notice,  // it works as it is, but not for everything, or not for long
    wrong,
  };
  std::string name;  // "port 80"
  State state;
  std::string found;
  std::string way_out{};  // unless it is fine
};
using HostChecks = std::vector<HostCheck>;

/// Each port at which somebody listens → the program that does, empty when it cannot be told:
/// only root can tell whose a socket is.
using PortOwners = std::map<std::uint16_t, std::string>;
[[nodiscard]] PortOwners port_owners();

/// What sshd says of its configuration for user hythe, and that user's groups.
struct SshdAnswer {
  bool is_accepted = false;  // the configuration is; else `text` is a complaint
  std::string text;          // sshd -T's
  std::vector<std::string> groups;
};

/// What is looked at before root's rights are dropped, for only root sees all of it.
struct FirstLook {
  PortOwners owners{};
  std::optional<SshdAnswer> sshd{};  // of root's only, and where there is one
};
[[nodiscard]] FirstLook first_look();

/// What `hythe doctor` and `hythe setup` look at: kernel, cgroups, programs, ports, whether
/// sshd lets pushes in and hythe's part is in nginx's configuration, disk, memory, what starts
/// at boot, and what systemd knows of the apps and of hythe's units.
[[nodiscard]] HostChecks check_host(const Config& config, const FirstLook& seen);
/// What systemd knows of the apps, does to deployments, and has of hythe's units; nothing where
/// it does not run, and not what it does not answer.
[[nodiscard]] HostChecks check_systemd();
/// Which of hythe's files are where nginx looks for some.
struct NginxParts {
  bool http;
  bool main;
};
[[nodiscard]] NginxParts nginx_parts();
/// Where the base domain leads, and a name below it. Asks the name servers, and waits for them:
/// for `hythe setup` only.
[[nodiscard]] HostChecks check_names(const Config& config);

// The parts of it that look at nothing but their arguments.

/// `release` is uname(2)'s.
[[nodiscard]] HostCheck check_kernel(const std::string& release);
/// `controllers` is the text of cgroup.controllers.
[[nodiscard]] HostCheck check_controllers(std::string_view controllers);
/// Of sshd's port, nginx's, and that of TLS.
[[nodiscard]] HostChecks check_ports(const Config& config, const PortOwners& owners);
/// `owner` is empty when it cannot be told, `expected` when anybody will do.
[[nodiscard]] HostCheck check_listener(std::uint16_t port, bool is_listening,
                                       const std::string& owner, const std::string& expected,
                                       const std::string& way_out);
/// Nothing when it cannot be told, since sshd has never been started.
[[nodiscard]] std::optional<HostCheck> check_sshd(const SshdAnswer& answer);
[[nodiscard]] HostCheck check_nginx(NginxParts parts);
/// `unit` is what systemctl(1) shows of hythe-apps.service: ControlGroup=, ActiveState=.
[[nodiscard]] HostCheck check_apps_unit(std::string_view unit);
/// `login` is what busctl(1) says of logind's KillUserProcesses, KillOnlyUsers and
/// KillExcludeUsers, a line each.
[[nodiscard]] HostCheck check_sessions(std::string_view login);
/// `units` is what systemctl(1) shows of each: Id=, ActiveState=, UnitFileState=, and Job=
/// while it is being started or stopped.
[[nodiscard]] HostChecks check_units(std::string_view units);

}  // namespace hythe
