// SPDX-License-Identifier: Apache-2.0
#include "pipeline/process_types.h"

#include <optional>

#include "lib/errors.h"

namespace hythe {

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

std::vector<ProcessCommand> process_types(const Build& built, const ReleaseOutput& defaults,
                                          Console& console) {
  std::optional<Procfile> procfile;
  if (built.procfile) procfile = Procfile::parse(*built.procfile);
  if (procfile)
    for (const std::string& warning : procfile->warnings) console.line("warning: " + warning);
  for (const std::string& warning : defaults.warnings) console.line("warning: " + warning);
  return merge_process_types(procfile, defaults);
}

}  // namespace hythe
