// SPDX-License-Identifier: Apache-2.0
#include "inside/build/engine.h"

#include "inside/build/buildpack.h"
#include "inside/build/console.h"
#include "inside/build/exit_code.h"
#include "inside/build/failure.h"
#include "inside/build/supply.h"
#include "inside/build/tree.h"
#include "inside/build_report.h"

namespace hythe::builder {
namespace {

/// Fits into the report.
bool is_reportable(const Outcome& outcome) {
  return outcome.is_output_whole && outcome.output.find('\0') == std::string::npos;
}

/// One buildpack from detect to report.
class Run {
 public:
  Run(const Supplied& supplied, const Workshop& workshop, ReportPipe& report)
      : buildpack_(supplied.buildpack),
        layout_(workshop.layout),
        stack_(workshop.stack.for_buildpack(supplied.url)),
        plain_(on_stack(workshop.plain)),
        report_(report) {}

  void recognise(const Chosen& choice, const Variables& environment, bool is_only) {
    report_.enter(build_report::kPhaseDetect);
    const std::string language = choice.language ? *choice.language : detect(environment);
    report_.say(build_report::kLanguage, language);
    if (is_only)
      say_title(language + " app detected");
    else
      say_phase("Detected Framework: " + language);
    if (!choice.remark.empty()) say_detail(choice.remark);
  }

  void compile(const Variables& environment) {
    report_.enter(build_report::kPhaseCompile);
    const Outcome outcome = buildpack_.compile(layout_, on_stack(environment));
    const bool has_build_dir = is_real_directory(layout_.build_dir);
    if (outcome.code == 0 && has_build_dir) return;
    tell_report();
    if (outcome.code != 0)
      throw BuildFailure(explain("bin/compile", outcome) + full_disk_hint(layout_.build_dir),
                         outcome.code);
    throw BuildFailure("the buildpack '" + buildpack_.name() + "' removed the build directory");
  }

  [[nodiscard]] Variables exports(const Variables& environment) const {
    return buildpack_.has("export") ? buildpack_.exports(on_stack(environment)) : environment;
  }

  void release() {
    report_.enter(build_report::kPhaseRelease);
    if (buildpack_.has("bin/release")) take_release(buildpack_.release(layout_, plain_));
    tell_report();
  }

 private:
  [[nodiscard]] std::string detect(const Variables& environment) const {
    const Outcome outcome =
        buildpack_.start_detect(layout_, on_stack(environment), Stream::shown)
            .wait(kDetectOutputLimit);
    const auto language = detected_language(outcome, buildpack_.name());
    if (language) return *language;
    // What a buildpack has to say is on stderr most often, and was shown; stdout has the name.
    if (outcome.output != "no\n" && outcome.output != "no") say_last_lines(outcome.output);
    throw BuildFailure("the buildpack '" + buildpack_.name() +
                           "' does not recognise this app: its " +
                           describe("bin/detect", outcome),
                       outcome.code);
  }

  /// Its defaults are a convenience: an app that was compiled is not refused for them.
  void take_release(const Outcome& outcome) const {
    if (outcome.code != 0) {
      say_last_lines(outcome.output);
      say_warning(explain("bin/release", outcome) + ", ignoring it");
    } else if (!is_reportable(outcome)) {
      say_warning("bin/release of the buildpack '" + buildpack_.name() +
                  "' says too much, ignoring it");
    } else {
      report_.say(build_report::kRelease, outcome.output);
    }
  }

  /// For the records only: nobody is told when it fails.
  void tell_report() const {
    if (!buildpack_.has("bin/report")) return;
    const Outcome outcome = buildpack_.report(layout_, plain_);
    if (outcome.code == 0 && !outcome.output.empty() && is_reportable(outcome))
      report_.say(build_report::kReport, outcome.output);
  }

  /// "SCRIPT of the buildpack 'NAME' exited with code 6" and what that may mean.
  [[nodiscard]] std::string explain(const std::string& script, const Outcome& outcome) const {
    return describe(script + " of the buildpack '" + buildpack_.name() + "'", outcome);
  }

  [[nodiscard]] static std::string describe(const std::string& script, const Outcome& outcome) {
    const std::string reason = outcome.was_silent ? likely_reason_of_silence(outcome.code)
                                                  : likely_reason(outcome.code);
    return script + " " + describe_exit(outcome.code) +
           (outcome.was_silent ? " and printed nothing" : "") +
           (reason.empty() ? "" : ",\n" + reason);
  }

  [[nodiscard]] Variables on_stack(Variables environment) const {
    environment.insert_or_assign("STACK", stack_);
    return environment;
  }

  const Buildpack& buildpack_;
  const Layout& layout_;
  std::string stack_;
  Variables plain_;
  ReportPipe& report_;
};

/// All of them before the first one runs: what cannot be had is better known at once.
std::vector<Supplied> supply_all(const std::vector<Chosen>& chosen, const Workshop& workshop,
                                 ReportPipe& report) {
  report.enter(build_report::kPhaseFetch);
  std::vector<Supplied> supplied;
  for (const Chosen& choice : chosen)
    supplied.push_back(supply(choice.address, static_cast<int>(supplied.size()) + 1,
                              workshop.layout, workshop.plain, workshop.git));
  return supplied;
}

void tell_origin(const Supplied& supplied, const ReportPipe& report) {
  report.say(build_report::kBuildpack, supplied.buildpack.name());
  if (!supplied.url.empty()) report.say(build_report::kUrl, supplied.url);
  if (!supplied.version.empty()) report.say(build_report::kVersion, supplied.version);
}

}  // namespace

void run_buildpacks(const std::vector<Chosen>& chosen, const Workshop& workshop,
                    ReportPipe& report) {
  const auto supplied = supply_all(chosen, workshop, report);
  using Kind = BuildpackAddress::Kind;
  const bool is_only = chosen.size() == 1 && (chosen[0].address.kind == Kind::official ||
                                              chosen[0].address.kind == Kind::tried);
  Variables environment = workshop.plain;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    tell_origin(supplied[i], report);
    Run run(supplied[i], workshop, report);
    run.recognise(chosen[i], environment, is_only);
    run.compile(environment);
    // Nobody comes after the last.
    if (i + 1 < chosen.size()) environment = run.exports(environment);
    run.release();
  }
}

}  // namespace hythe::builder
