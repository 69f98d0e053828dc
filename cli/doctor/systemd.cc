// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "cli/doctor/host.h"
#include "core/paths.h"
#include "lib/process/child.h"

namespace hythe {
namespace {

using State = HostCheck::State;

bool exists(const char* path) {
  return ::access(path, F_OK) == 0;
}

/// What the program says; nothing when it fails. It waits for the bus no longer than that.
std::optional<std::string> ask(std::vector<std::string> argv) {
  const auto [status, said] = run_to_end(
      {.argv = std::move(argv), .environment = {"LC_ALL=C.UTF-8", "SYSTEMD_BUS_TIMEOUT=5s"}});
  if (!status.is_success() || said.empty()) return std::nullopt;
  return said;
}

/// Nothing where the unit is none (it wants version 2), or nobody answers.
std::optional<std::string> ask_for_apps_unit() {
  if (!exists("/sys/fs/cgroup/cgroup.controllers")) return std::nullopt;
  return ask(
      {paths::kSystemctl, "show", "-p", "ControlGroup", "-p", "ActiveState", paths::kAppsUnit});
}

std::optional<std::string> ask_logind() {
  if (!exists("/run/systemd/seats")) return std::nullopt;  // it does not run
  return ask({paths::kBusctl, "get-property", "org.freedesktop.login1",
              "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "KillUserProcesses",
              "KillOnlyUsers", "KillExcludeUsers"});
}

/// Not hythe.service, which may have failed for the sake of one app.
std::optional<std::string> ask_for_units() {
  return ask({paths::kSystemctl, "show", "-p", "Id,ActiveState,UnitFileState,Job",
              "hythe-webhook.socket", "hythe-webhook.service", "hythe-deliver.service",
              "hythe-cron.timer", "hythe-gc.timer"});
}

std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

}  // namespace

HostCheck check_sessions(std::string_view login) {
  constexpr std::string_view kHythe = "\"hythe\"";
  const auto names_hythe = [&](std::string_view users) {
    return users.find(kHythe) != std::string_view::npos;
  };
  const bool kills = take_line(login) == "b true";
  const std::string_view only = take_line(login);
  const std::string_view excluded = take_line(login);
  // As logind decides: who is excluded, then who is named, if anybody is, then the rest.
  const bool is_named = only.empty() || only == "as 0" ? kills : names_hythe(only);
  HostCheck check{
      .name = "sessions", .state = State::fine, .found = "logind ends nothing of hythe's"};
  if (!is_named || names_hythe(excluded)) return check;
  check.state = State::wrong;
  check.found = "logind ends what is left of a deployment with the session of its push";
  check.way_out =
      "set KillExcludeUsers=root hythe in /etc/systemd/logind.conf, then: systemctl restart "
      "systemd-logind";
  return check;
}

HostChecks check_systemd() {
  HostChecks checks;
  if (!exists("/run/systemd/system")) return checks;
  if (const auto unit = ask_for_apps_unit()) checks.push_back(check_apps_unit(*unit));
  if (const auto units = ask_for_units())
    for (HostCheck& check : check_units(*units)) checks.push_back(std::move(check));
  if (const auto login = ask_logind()) checks.push_back(check_sessions(*login));
  return checks;
}

}  // namespace hythe
