// SPDX-License-Identifier: Apache-2.0
#include "model/differences.h"

#include <map>

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

using Values = std::map<std::string, std::string>;

enum class Shows { values, names };

Differences compare(const Values& from, const Values& to, Shows shows) {
  const auto shown = [shows](const std::string& name, const std::string& value) {
    return shows == Shows::values && !value.empty() ? concat(name, ": ", printable(value))
                                                    : name;
  };
  Differences out;
  for (const auto& [name, value] : to) {
    const auto before = from.find(name);
    if (before == from.end())
      out.push_back(concat("+ ", shown(name, value)));
    else if (before->second != value)
      out.push_back(concat("~ ", shown(name, before->second),
                           shows == Shows::values ? " -> " + printable(value) : ""));
  }
  for (const auto& [name, value] : from)
    if (!to.contains(name)) out.push_back(concat("- ", shown(name, value)));
  return out;
}

Values buildpacks_of(const Release& release) {
  Values out;
  for (const UsedBuildpack& used : release.buildpacks)
    out.insert_or_assign(used.url.empty() ? used.name : used.url, used.version.substr(0, 12));
  return out;
}

Values types_of(const Release& release) {
  Values out;
  for (const ProcessCommand& process : release.types)
    out.emplace(process.type, process.command);
  return out;
}

Values jobs_of(const Release& release) {
  Values out;
  for (const Job& job : release.jobs) out.emplace(job.command, job.schedule);
  return out;
}

/// What a container sees: the app's own come before the defaults of buildpacks.
Values variables_of(const Release& release) {
  Values out = release.environment;
  for (const auto& [name, value] : release.variables) out.emplace(name, "default " + value);
  return out;
}

}  // namespace

Differences in_buildpacks(const Release& from, const Release& to) {
  return compare(buildpacks_of(from), buildpacks_of(to), Shows::values);
}

Differences in_process_types(const Release& from, const Release& to) {
  return compare(types_of(from), types_of(to), Shows::values);
}

Differences in_jobs(const Release& from, const Release& to) {
  return compare(jobs_of(from), jobs_of(to), Shows::values);
}

Differences in_variables(const Release& from, const Release& to) {
  return compare(variables_of(from), variables_of(to), Shows::names);
}

}  // namespace hythe
