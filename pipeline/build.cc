// SPDX-License-Identifier: Apache-2.0
#include "pipeline/build.h"

#include "core/paths.h"
#include "lib/errors.h"
#include "lib/units.h"
#include "model/helper.h"
#include "pipeline/build_container.h"
#include "pipeline/build_queue.h"
#include "pipeline/builder_words.h"

namespace hythe {
namespace {

BuilderWords words_for(const BuildPlace& place, const Source& source, const Order& order,
                       const Config& config) {
  BuilderWords words(place, order.version(), config);
  for (const Submodule& submodule : source.submodules())
    words.add("submodule", concat(submodule.commit.text(), ' ', submodule.path));
  const DeployOptions& options = order.options;
  if (!options.buildpack.empty()) words.add_secret("buildpack-url", options.buildpack);
  if (options.no_cache) words.add("cache-from", "none");
  if (options.dry_run) words.add("cache-to", "none");
  return words;
}

/// Buildpacks rarely clear up behind themselves.
void warn_of_large_cache(std::uint64_t size, const AppName& app, Console& console) {
  constexpr std::uint64_t kLarge = 1ULL << 30U;
  if (size > kLarge)
    console.line(concat("warning: the build cache is ", format_size(size),
                        "; builds work without it: hythe cache clear ", app.view()));
}

}  // namespace

Build build(const Source& source, const Order& order, const App& app, const Config& config,
            Progress& progress) {
  const Number number = progress.record.number;
  const BuildPlace place{.app = app.name, .deployment = number, .stack = app.stack};
  const BuildSlot slot =
      wait_for_build_slot(config, progress.cancellation, progress.console,
                          [&progress] { progress.enter(Status::queued, "queue"); });
  progress.enter(Status::building, "build");
  FinishedBuild finished = run_build(
      place,
      build_command(words_for(place, source, order, config), app.environment, config.limits),
      [&source](int fd, int cancel_fd) { source.write_tar(fd, cancel_fd); }, progress.console,
      progress.cancellation);
  progress.record.buildpacks = finished.build.buildpacks;
  finished.throw_if_failed(config.limits);
  warn_of_large_cache(finished.build.cache_size, app.name, progress.console);
  finished.build.deployment = number;
  return std::move(finished.build);
}

void discard_build(const AppName& app, Number deployment) {
  call_helper(paths::kLaunchHelper,
              {"discard", std::string(app.view()), std::to_string(deployment)});
}

}  // namespace hythe
