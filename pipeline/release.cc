// SPDX-License-Identifier: Apache-2.0
#include "pipeline/release.h"

#include <optional>

#include "core/paths.h"
#include "lib/helper.h"
#include "lib/procfile.h"
#include "lib/release_output.h"

namespace hythe {
namespace {

std::string names(const std::vector<ProcessCommand>& types) {
  std::string text;
  for (const ProcessCommand& process : types) text += (text.empty() ? "" : ", ") + process.type;
  return text;
}

/// The Procfile's types and the buildpack's defaults, with their warnings told.
std::vector<ProcessCommand> process_types(const Build& built, Console& console) {
  std::optional<Procfile> procfile;
  if (built.procfile) procfile = Procfile::parse(*built.procfile);
  const auto defaults = ReleaseOutput::parse(built.release_output);
  if (procfile)
    for (const std::string& warning : procfile->warnings) console.line("warning: " + warning);
  for (const std::string& warning : defaults.warnings) console.line("warning: " + warning);
  return merge_process_types(procfile, defaults);
}

}  // namespace

Release release(const Build& built, const Order& order, Progress& progress) {
  Release release = Release::begin(order.app);
  release.commit = order.commit.text();
  release.buildpack = built.buildpack;
  release.size = built.size;
  release.types = process_types(built, progress.console);
  for (const auto& [name, value] : ReleaseOutput::parse(built.release_output).config_vars)
    release.variables.insert_or_assign(name, value);
  if (release.types.empty())
    throw DeploymentFailure(
        Status::build_error,
        "nothing says how to run the app\nadd a Procfile with a line such as "
        "'web: node server.js'");

  // First: a tree that no record tells of would be nobody's, should we be killed.
  release.save();
  const std::vector<std::string> words = {"release", std::string(order.app.view()),
                                          std::to_string(built.deployment),
                                          std::to_string(release.number)};
  try {
    insist([&] { call_helper_locked(progress.lock(), paths::kLaunchHelper, words); });
  } catch (...) {
    release.withdraw();
    throw;
  }
  progress.record.release = release.number;
  progress.console.detail(concat("release ", release.number, ": ", format_size(release.size),
                                 ", ", names(release.types)));
  return release;
}

}  // namespace hythe
