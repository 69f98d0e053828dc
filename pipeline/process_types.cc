// SPDX-License-Identifier: Apache-2.0
#include "pipeline/process_types.h"

#include <algorithm>

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

bool names(const std::vector<ProcessCommand>& processes, std::string_view type) {
  return std::any_of(processes.begin(), processes.end(),
                     [type](const auto& p) { return p.type == type; });
}

/// In the words that Heroku has for it.
void tell_origin(const std::vector<ProcessCommand>& types,
                 const std::optional<Procfile>& procfile, Console& console) {
  std::string declared;
  std::string defaults;
  for (const ProcessCommand& process : types) {
    const bool is_declared = procfile && names(procfile->processes, process.type);
    std::string& list = is_declared ? declared : defaults;
    list += (list.empty() ? "" : ", ") + process.type;
  }
  if (!declared.empty()) console.detail("Procfile declares types -> " + declared);
  if (!defaults.empty()) console.detail("Default types for buildpack -> " + defaults);
}

void warn_all(const std::vector<std::string>& warnings, Console& console) {
  for (const std::string& warning : warnings) console.line("warning: " + warning);
}

void warn_of_addons(const std::vector<std::string>& addons, Console& console) {
  if (addons.empty()) return;
  std::string all;
  for (const std::string& addon : addons) all += (all.empty() ? "" : ", ") + printable(addon);
  console.line(concat("warning: hythe has no add-ons: ", all,
                      "; set their variables yourself: hythe env APP set NAME=VALUE"));
}

}  // namespace

ReleaseOutput last_word(const Build& built, Console& console) {
  ReleaseOutput last;
  for (std::size_t i = built.release_output.size(); i-- > 0;) {
    ReleaseOutput output = ReleaseOutput::parse(built.release_output[i]);
    const bool has_types = !output.default_process_types.empty();
    if (i + 1 == built.release_output.size()) {
      last = std::move(output);
    } else if (has_types) {
      last.default_process_types = std::move(output.default_process_types);
      console.detail(concat("Default process types from ", built.buildpacks[i].name));
    }
    if (has_types) break;
  }
  return last;
}

std::vector<ProcessCommand> merge_process_types(const std::optional<Procfile>& procfile,
                                                const ReleaseOutput& defaults) {
  if (!procfile || procfile->processes.empty()) return defaults.default_process_types;
  std::vector<ProcessCommand> merged = procfile->processes;
  for (const ProcessCommand& process : defaults.default_process_types)
    if (process.type != "web" && !names(procfile->processes, process.type))
      merged.push_back(process);
  return merged;
}

std::vector<ProcessCommand> process_types(const Build& built, const ReleaseOutput& defaults,
                                          Console& console) {
  std::optional<Procfile> procfile;
  if (built.procfile) procfile = Procfile::parse(*built.procfile);
  if (procfile) warn_all(procfile->warnings, console);
  warn_all(defaults.warnings, console);
  warn_of_addons(defaults.addons, console);
  auto types = merge_process_types(procfile, defaults);
  tell_origin(types, procfile, console);
  return types;
}

}  // namespace hythe
