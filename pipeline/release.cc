// SPDX-License-Identifier: Apache-2.0
#include "pipeline/release.h"

#include <optional>

#include "core/paths.h"
#include "lib/units.h"
#include "model/helper.h"
#include "pipeline/jobs.h"
#include "pipeline/process_types.h"

namespace hythe {
namespace {

std::string names(const std::vector<ProcessCommand>& types) {
  std::string text;
  for (const ProcessCommand& process : types) text += (text.empty() ? "" : ", ") + process.type;
  return text;
}

std::string count_of(const Jobs& jobs) {
  if (jobs.empty()) return {};
  return concat(", ", jobs.size(), jobs.size() == 1 ? " job" : " jobs");
}

}  // namespace

Release release(const Build& built, const Order& order, const App& app, const Config& config,
                Progress& progress) {
  Release release = Release::begin(order.app);
  release.commit = order.commit_id();
  release.archive = order.source_archive();
  release.buildpacks = built.buildpacks;
  for (UsedBuildpack& buildpack : release.buildpacks) buildpack.report.clear();
  release.stack = built.stack;
  release.size = built.size;
  release.summary = progress.record.summary;
  release.who = order.who;
  release.built = unix_time();
  release.environment = fingerprints(app.name, app.environment);
  const ReleaseOutput defaults = last_word(built, progress.console);
  release.types = process_types(built, defaults, progress.console);
  release.jobs = jobs_of(built, config, progress.console);
  for (const auto& [name, value] : defaults.config_vars)
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
                                 ", ", names(release.types), count_of(release.jobs)));
  return release;
}

}  // namespace hythe
