// SPDX-License-Identifier: Apache-2.0

// Builds one source with its buildpacks, inside the build container and as the app: it has no
// rights that a buildpack has not. The report on stdout is described in build_report.h, the
// log on stderr is for whoever pushed. What is left running ends with the container.

#include <sys/stat.h>
#include <unistd.h>

#include <exception>
#include <optional>
#include <string>

#include "inside/build/cache.h"
#include "inside/build/choice.h"
#include "inside/build/console.h"
#include "inside/build/engine.h"
#include "inside/build/failure.h"
#include "inside/build/finish.h"
#include "inside/build/redacted_log.h"
#include "inside/build/request.h"
#include "inside/build/source.h"
#include "inside/build/stack_names.h"
#include "inside/build/submodules.h"
#include "inside/build/tree.h"
#include "inside/build/undeployable.h"
#include "inside/build_report.h"

namespace hythe::builder {
namespace {

/// The files of the app's variables, which hold secrets: they do not stay on disk.
class EnvDir {
 public:
  EnvDir(const std::string& directory, const Variables& app) : directory_(directory) {
    write_env_dir(directory_, app);
  }
  EnvDir(const EnvDir&) = delete;
  EnvDir& operator=(const EnvDir&) = delete;
  ~EnvDir() { remove_tree(directory_); }

 private:
  const std::string& directory_;
};

void add_submodules(const Request& request, const Layout& layout, const Variables& app,
                    const Git& git) {
  const std::string base = value_of(app, "SUBMODULE_BASE");
  say_title("Fetching submodules");
  fetch_submodules(request.submodules, layout.build_dir,
                   base.empty() ? request.submodule_base : base, git, layout.mirrors(),
                   {.bytes = request.source_size, .files = request.source_files});
  refuse_undeployable(layout.build_dir, request.path_length);
}

void build(const Request& request, const Variables& app, ReportPipe& report) {
  Layout layout = Layout::of(request.id);
  if (!request.uses_last_cache) layout.last_cache.clear();
  const Variables environment = build_environment(request, host_variables(environ), app);

  report.enter(build_report::kPhaseUnpack);
  CacheCopy cache = CacheCopy::start(layout, request.stack);
  unpack_source(layout);
  const Git git(environment, layout.home, value_of(app, "SSH_KEY"));
  if (!request.submodules.empty()) {
    report.enter(build_report::kPhaseSubmodules);
    cache.finish(layout);
    add_submodules(request, layout, app, git);
  }
  std::vector<Chosen> chosen;
  if (!request.buildpack.empty()) chosen = {{set_aside(layout, request.buildpack)}};
  choose_project(layout, value_of(app, "PROJECT_DIR"));
  const EnvDir env_dir(layout.env_dir, app);

  report.enter(build_report::kPhaseDetect);
  if (!request.buildpack_url.empty())
    chosen = choose_buildpack(request.buildpack_url, layout);
  else if (chosen.empty())
    chosen = choose_buildpacks(layout, app, environment);
  remove_tree(layout.above());
  cache.finish(layout);
  run_buildpacks(
      chosen,
      {.layout = layout, .plain = environment, .stack = StackNames(request, app), .git = git},
      report);
  // Beyond this point the app is compiled.

  report.enter(build_report::kPhaseRelease);
  finish_tree(layout);
  if (const auto procfile = read_text(layout, "Procfile"))
    report.say(build_report::kProcfile, *procfile);
  if (const auto cron_json = read_text(layout, build_report::kCronJson))
    report.say(build_report::kCronJson, *cron_json);
  else if (const auto app_json = read_app_json(layout))
    report.say(build_report::kAppJson, *app_json);
  report.say(build_report::kCache, std::to_string(count_tree(layout.cache_dir).bytes));
  mark_cache(layout, request.stack);
  remove_tree(layout.buildpacks);
  if (!request.keeps_cache) remove_tree(layout.cache_dir);
}

int run(const Request& request, const Variables& app, ReportPipe& report) {
  try {
    build(request, app, report);
    return 0;
  } catch (const BuildFailure& failure) {
    say_warning(failure.what());
    report.say(build_report::kFailed, report.phase());
    if (failure.code()) report.say(build_report::kCode, std::to_string(*failure.code()));
    return build_report::kExitFailed;
  } catch (const std::exception& error) {
    say_warning(error.what());
    report.say(build_report::kFailed, report.phase());
    return build_report::kExitSystem;
  }
}

}  // namespace
}  // namespace hythe::builder

int main(int argc, char** argv) {
  using namespace hythe::builder;
  ::umask(022);
  const auto request =
      argc < 1 ? std::nullopt
               : Request::parse({argv + 1, static_cast<std::size_t>(argc) - 1}, environ);
  if (!request) {
    say_warning("usage: hythe-build id ID commit SHA app NAME stack NAME [KEY VALUE …]");
    return hythe::build_report::kExitUsage;
  }
  try {
    const Variables app = app_variables(environ);
    std::optional<RedactedLog> redacted;
    if (is_traced(app)) redacted.emplace(app);
    ReportPipe report = ReportPipe::take_over_stdout();
    return run(*request, app, report);
  } catch (const std::exception& error) {
    say_warning(error.what());
    return hythe::build_report::kExitSystem;
  }
}
