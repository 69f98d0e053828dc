// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sstream>

#include "cli/doctor/host.h"
#include "core/paths.h"
#include "lib/errors.h"

namespace hythe {
namespace {

/// What systemd says of a unit, by the names of its properties.
using Unit = std::map<std::string, std::string, std::less<>>;

/// An empty line ends a unit.
std::vector<Unit> parse(std::string_view text) {
  std::vector<Unit> units;
  std::istringstream lines{std::string(text)};
  bool is_new = true;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) {
      if (is_new) units.emplace_back();
      const auto equals = line.find('=');
      units.back()[line.substr(0, equals)] = line.substr(std::min(equals, line.size() - 1) + 1);
    }
    is_new = line.empty();
  }
  return units;
}

/// Empty when it is as it should be: a unit that is disabled or masked is the administrator's.
std::string complaint_about(Unit& unit) {
  const std::string& state = unit["ActiveState"];
  if (state == "failed") return "is failed";
  // With a job, systemd is about to start it, or to stop it.
  const bool is_to_be_active =
      unit["UnitFileState"].starts_with("enabled") && unit["Job"].empty();
  return is_to_be_active && state != "active" ? concat("is enabled, and ", state) : "";
}

}  // namespace

HostCheck check_apps_unit(std::string_view text) {
  const std::vector<Unit> units = parse(text);
  Unit unit = units.empty() ? Unit{} : units.front();
  const bool is_active = unit["ActiveState"] == "active";
  HostCheck check{
      .name = "apps' unit", .state = HostCheck::State::fine, .found = paths::kAppsUnit};
  if (is_active && unit["ControlGroup"] == paths::kAppsCgroup) return check;
  check.state = HostCheck::State::wrong;
  check.found =
      concat(paths::kAppsUnit, " is ", is_active ? "without its cgroup" : unit["ActiveState"],
             ": systemd does not know of the apps, and nothing that is set for the "
             "unit holds");
  check.way_out = concat("with no app running: systemctl start ", paths::kAppsUnit,
                         "; else it is put right by the next boot");
  return check;
}

HostChecks check_units(std::string_view text) {
  HostChecks checks;
  for (Unit& unit : parse(text)) {
    const std::string complaint = complaint_about(unit);
    if (complaint.empty()) continue;
    const std::string& name = unit["Id"];
    checks.push_back(
        {.name = "units",
         .state = HostCheck::State::wrong,
         .found = concat(name, ' ', complaint),
         .way_out = concat("see journalctl -u ", name, ", then: systemctl restart ", name)});
  }
  if (checks.empty())
    checks.push_back({.name = "units",
                      .state = HostCheck::State::fine,
                      .found = "whatever is enabled of hythe's is active"});
  return checks;
}

}  // namespace hythe
