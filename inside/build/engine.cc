// SPDX-License-Identifier: Apache-2.0
#include "inside/build/engine.h"

#include "inside/build/buildpack.h"
#include "inside/build/console.h"
#include "inside/build/exit_code.h"
#include "inside/build/failure.h"
#include "inside/build/tree.h"
#include "inside/build_report.h"

namespace hythe::builder {
namespace {

/// "SCRIPT of the buildpack 'NAME' exited with code 6" and what that may mean.
std::string explain(const Buildpack& buildpack, const std::string& script, int code) {
  const std::string reason = likely_reason(code);
  return script + " of the buildpack '" + buildpack.name() + "' " + describe_exit(code) +
         (reason.empty() ? "" : ",\n" + reason);
}

std::string detect(const Buildpack& buildpack, const Layout& layout,
                   const Variables& environment) {
  const Outcome outcome =
      buildpack.start_detect(layout, environment, Stream::shown).wait(kDetectOutputLimit);
  const auto language = detected_language(outcome, buildpack.name());
  if (!language)
    throw BuildFailure("the buildpack '" + buildpack.name() +
                           "' does not recognise this app: its bin/detect " +
                           describe_exit(outcome.code),
                       outcome.code);
  return *language;
}

void compile(const Buildpack& buildpack, const Layout& layout, const Variables& environment) {
  const int code = buildpack.compile(layout, environment);
  if (code != 0)
    throw BuildFailure(
        explain(buildpack, "bin/compile", code) + full_disk_hint(layout.build_dir), code);
  if (!is_real_directory(layout.build_dir))
    throw BuildFailure("the buildpack '" + buildpack.name() + "' removed the build directory");
}

/// Its defaults are a convenience: an app that was compiled is not refused for them.
void release(const Buildpack& buildpack, const Layout& layout, const Variables& environment,
             const Report& report) {
  if (!buildpack.has("bin/release")) return;
  const Outcome outcome = buildpack.release(layout, environment);
  if (outcome.code != 0)
    say_warning(explain(buildpack, "bin/release", outcome.code) + ", ignoring it");
  else if (!outcome.is_output_whole || outcome.output.find('\0') != std::string::npos)
    say_warning("bin/release of the buildpack '" + buildpack.name() +
                "' says too much, ignoring it");
  else
    report.say(build_report::kRelease, outcome.output);
}

}  // namespace

void run_buildpacks(const std::vector<Chosen>& chosen, const Layout& layout,
                    const Variables& plain, Report& report) {
  Variables environment = plain;
  int number = 0;
  for (const Chosen& choice : chosen) {
    report.enter(build_report::kPhaseDetect);
    const Buildpack buildpack = Buildpack::copy_official(choice.name, ++number, layout);
    report.say(build_report::kBuildpack, buildpack.name());
    const std::string language =
        choice.language ? *choice.language : detect(buildpack, layout, environment);
    report.say(build_report::kLanguage, language);
    say_title(language + " app detected");
    if (!choice.remark.empty()) say_detail(choice.remark);

    report.enter(build_report::kPhaseCompile);
    compile(buildpack, layout, environment);
    // Nobody comes after the last.
    if (&choice != &chosen.back() && buildpack.has("export"))
      environment = buildpack.exports(environment);

    report.enter(build_report::kPhaseRelease);
    release(buildpack, layout, plain, report);
  }
}

}  // namespace hythe::builder
