// SPDX-License-Identifier: Apache-2.0
#include "inside/build/buildpack.h"

#include <filesystem>

#include "inside/build/exit_code.h"
#include "inside/build/failure.h"
#include "inside/build/tree.h"
#include "inside/build_report.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kExportLimit = 4U << 20U;

}  // namespace

void Buildpack::make_scripts_executable() const {
  constexpr auto kExecute =
      fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
  std::error_code ignored;  // then running it says what is wrong
  for (const auto& entry : fs::directory_iterator(directory_ + "/bin", ignored))
    if (entry.is_regular_file(ignored))
      fs::permissions(entry.path(), kExecute | fs::perms::owner_write, fs::perm_options::add,
                      ignored);
}

bool Buildpack::has(const std::string& file) const {
  std::error_code ignored;
  return fs::exists(directory_ + "/" + file, ignored);
}

Program Buildpack::script(const std::string& file, std::vector<std::string> arguments,
                          const Variables& environment) const {
  arguments.insert(arguments.begin(), directory_ + "/" + file);
  return {.argv = std::move(arguments), .environment = environment, .directory = directory_};
}

RunningProgram Buildpack::start_detect(const Layout& layout, const Variables& environment,
                                       Stream errors) const {
  Program detect = script("bin/detect", {layout.build_dir}, environment);
  detect.output = Stream::captured;
  detect.errors = errors;
  return RunningProgram::start(detect);
}

Outcome Buildpack::compile(const Layout& layout, const Variables& environment) const {
  Program compile =
      script("bin/compile", {layout.build_dir, layout.cache_dir, layout.env_dir}, environment);
  compile.output = compile.errors = Stream::watched;
  return run(compile);
}

Outcome Buildpack::release(const Layout& layout, const Variables& environment) const {
  Program release = script("bin/release", {layout.build_dir}, environment);
  release.output = Stream::captured;
  return run(release, build_report::kMaxBytes);
}

Outcome Buildpack::report(const Layout& layout, const Variables& environment) const {
  Program report =
      script("bin/report", {layout.build_dir, layout.cache_dir, layout.env_dir}, environment);
  report.output = Stream::captured;
  report.errors = Stream::hidden;
  return run(report, build_report::kMaxBytes);
}

Variables Buildpack::exports(const Variables& environment) const {
  // Sourced, not parsed: it is a script, with quotes and ${NAME:-default}.
  const Outcome env =
      run({.argv = {"/bin/bash", "-c", ". ./export >/dev/null; exec /usr/bin/env -0"},
           .environment = environment,
           .directory = directory_,
           .output = Stream::captured},
          kExportLimit);
  if (env.code != 0)
    throw BuildFailure("the export file of the buildpack '" + name_ +
                           "' cannot be sourced: bash " + describe_exit(env.code) +
                           (likely_reason(env.code).empty() ? "" : ",\n") +
                           likely_reason(env.code),
                       env.code);
  return with_exports(environment, env.output);
}

std::optional<std::string> detected_language(const Outcome& detect,
                                             const std::string& otherwise) {
  if (detect.code != 0) return std::nullopt;
  constexpr const char* kBlanks = " \t\r\n";
  std::string text = detect.output;
  text.erase(0, text.find_first_not_of(kBlanks));
  text.erase(std::min(text.find('\n'), text.size()));
  text.erase(text.find_last_not_of(kBlanks) + 1);
  text.resize(std::min(text.size(), build_report::kMaxLanguage));
  return text.empty() ? otherwise : visible(text);
}

}  // namespace hythe::builder
