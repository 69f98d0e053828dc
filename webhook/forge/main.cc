// SPDX-License-Identifier: Apache-2.0
// hythe-forge: speaks to a forge's API, so that nobody else has to wait for it.
//
//   hythe-forge status APP N PROCESS       tells of deployment N, which PROCESS is, and its end
//   hythe-forge refuse APP REVIEW COMMIT   tells that APP got no review app for a request
//   hythe-forge ci APP COMMIT              exits with 0 when CI was successful, with 1 if not
#include <poll.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "core/decimal.h"
#include "lib/complaint.h"
#include "lib/process/process_identity.h"
#include "lib/process/resource_limit.h"
#include "model/app.h"
#include "model/config.h"
#include "model/deployment.h"
#include "model/forge/service.h"
#include "model/release.h"
#include "pipeline/route.h"
#include "webhook/forge/ci_patience.h"
#include "webhook/forge/forge_api.h"

namespace hythe {
namespace {

constexpr unsigned kLongestReport = 25 * 3600;  // seconds; a deployment with everything in it
constexpr Milliseconds kLongestCi = std::chrono::hours(1);

void pause(Milliseconds length) {
  ::poll(nullptr, 0, static_cast<int>(length.count()));
}

/// A few times, each after twice as long: what is not told then is not told.
void insist_on(const ForgeApi& api, const std::string& commit, const CommitStatus& status,
               int attempts) {
  Milliseconds wait = std::chrono::seconds(2);
  for (;; wait *= 2) {
    try {
      return api.report(commit, status);
    } catch (const std::exception& error) {
      std::clog << concat("cannot report a status: ", error.what(), '\n');
    }
    if (--attempts <= 0) return;
    pause(wait);
  }
}

/// When its process was killed, the settler says what became of it, soon.
std::optional<Deployment> outcome_of(const AppName& app, Number number) {
  constexpr Milliseconds kLookAgain{500};
  for (const Deadline deadline(std::chrono::minutes(2)); !deadline.has_passed();
       pause(kLookAgain)) {
    auto record = Deployment::load(app, number);
    if (!record || is_final(record->status)) return record;
  }
  return std::nullopt;
}

/// "" for an app that receives no requests: forges take nothing but http.
std::string web_address_of(const App& app) {
  const auto all = addresses(app, Release::load(app.name, app.release), Config::load());
  const auto web = std::find_if(all.begin(), all.end(),
                                [](const std::string& one) { return one.starts_with("http"); });
  return web == all.end() ? "" : *web;
}

std::string own_status_of_review(const AppName& app) {
  return concat("hythe/", app.view());
}

CommitStatus status_of(const Deployment& record) {
  if (record.status == Status::success)
    return {.state = CommitStatus::State::success,
            .description = concat("release ", record.release, " serves"),
            .url = web_address_of(App::load(record.app))};
  const std::string phase = record.phases.empty() ? "wait" : record.phases.back().name;
  // The reason stays here: a status may be public.
  return {.state = record.status == Status::aborted ? CommitStatus::State::cancelled
                                                    : CommitStatus::State::failure,
          .description = concat("deployment ", record.number, " failed in '", phase, "' (",
                                word(record.status), ')')};
}

int report(const AppName& app, Number number, const ProcessIdentity& process) {
  ::alarm(kLongestReport);
  const auto begun = Deployment::load(app, number);
  if (!begun) return EX_NOINPUT;
  const ForgeApi api(Link::require(linked_app(app)),
                     App::load(app).review ? own_status_of_review(app) : "hythe");
  insist_on(api, begun->commit, {.description = concat("deployment ", number, " is under way")},
            1);
  (void)process.wait_until_gone(Deadline(std::chrono::hours(24)));
  if (const auto record = outcome_of(app, number))
    insist_on(api, record->commit, status_of(*record), 6);
  return EX_OK;
}

/// Why is not for everybody who may see the request.
int report_refusal(const AppName& parent, const AppName& review, const std::string& commit) {
  const ForgeApi api(Link::require(parent), own_status_of_review(review));
  insist_on(api, commit,
            {.state = CommitStatus::State::failure,
             .description = "no review app could be made: the log of hythe-deliver says why"},
            6);
  return EX_OK;
}

int wait_for_ci(const AppName& app, const std::string& commit) {
  const ForgeApi api(Link::require(linked_app(app)));
  Milliseconds wait = std::chrono::seconds(2);
  constexpr Milliseconds kLongestPause = std::chrono::seconds(30);
  CiPatience patience(CiPatience::Clock::now());
  for (const Deadline deadline(kLongestCi); !deadline.has_passed();) {
    try {
      const CiTally tally = api.ci(commit, deadline);
      const CiVerdict verdict = patience.judge(tally, CiPatience::Clock::now());
      if (verdict != CiVerdict::undecided) return verdict == CiVerdict::success ? EX_OK : 1;
    } catch (const std::exception& error) {
      std::clog << concat("cannot ask for CI: ", error.what(), '\n');
    }
    const Milliseconds left(deadline.left_ms());
    pause(std::min(left, patience.is_settling() ? CiPatience::kSettled : wait));
    wait = std::min(wait * 3 / 2, kLongestPause);
  }
  return 1;
}

int dispatch(const std::vector<std::string>& words) {
  if (words.size() == 4 && words[0] == "status") {
    const auto number = parse_decimal(words[2], kMaxNumber);
    const auto process = ProcessIdentity::parse(words[3]);
    if (number && process)
      return report(parse_app_name(words[1]), static_cast<Number>(*number), *process);
  }
  if (words.size() == 4 && words[0] == "refuse")
    return report_refusal(parse_app_name(words[1]), parse_app_name(words[2]), words[3]);
  if (words.size() == 3 && words[0] == "ci")
    return wait_for_ci(parse_app_name(words[1]), words[2]);
  throw PushError("this is not for people: hythe link does it", EX_USAGE);
}

}  // namespace
}  // namespace hythe

int main(int argc, char** argv) {
  try {
    hythe::become_service("it is started by hythe-deliver and by deployments");
    constexpr rlim_t kMemory = 1U << 30U;  // whatever a forge answers
    hythe::limit_resource(RLIMIT_AS, kMemory);
    return hythe::dispatch({argv + 1, argv + argc});
  } catch (const hythe::PushError& error) {
    std::cerr << hythe::as_complaint(error.what()) << '\n';
    return error.exit_code();
  } catch (const std::exception& error) {
    std::cerr << hythe::as_complaint(error.what()) << '\n';
    return EX_SOFTWARE;
  }
}
