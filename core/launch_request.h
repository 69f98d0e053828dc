// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/app_name.h"
#include "core/process_name.h"
#include "core/slot.h"
#include "core/stack_name.h"

namespace hythe {

/// A deployment or release number.
using Number = std::uint32_t;
inline constexpr Number kMaxNumber = 999'999'999;

/// hythe-launch VERB APP …
///
///   create  APP                              a slot and its directories, if it has none
///   destroy APP                              everything of the app; frees the slot last
///   build   APP DEPLOYMENT STACK             stdin: ContainerSpec, then a tar stream
///   release APP DEPLOYMENT RELEASE           the build becomes an immutable release, on disk
///   discard APP DEPLOYMENT                   forgets what is not wholly released
///   forget  APP RELEASE                      no release any more; not while one runs from it
///   sweep   APP                              what was forgotten is gone when it returns
///   trees   APP                              which releases and builds there are
///   usage   APP                              how much of the disk it takes
///   clear   APP                              forgets the build cache
///   inspect APP                              says what of root's is not as it should be
///   mend    APP                              puts that right
///   start   APP RELEASE LANE POSITION NAME   stdin: ContainerSpec
///   run     APP RELEASE NAME                 stdin: ContainerSpec, then the command's input
///   attach  APP RELEASE RUN                  the same, for somebody; RUN is run.1 to run.28
///   detach  APP RELEASE RUN                  stdin: ContainerSpec; its output is logged
///   end     APP RUN                          SIGTERM, 30 s, SIGKILL; returns at once
///   retire  APP LANE DRAIN-MS                drain, SIGTERM, 30 s, SIGKILL; returns at once
///   stop    APP LANE                         SIGKILL; returns when all are gone
///   halt    APP LANE TYPE                    SIGTERM, 30 s, SIGKILL for the containers of one
///                                            process type, whether the lane is live or not,
///                                            also of one-offs, in lane `o`, or at once for
///                                            `build`; returns when they are gone
///
/// **stdout is a lease**: build, start and run hold it open, and what they started is killed
/// when nobody can read it any more. Only the containers of the lane that is live by then
/// outlive it, and what detach started. attach is patient: SIGHUP, 5 s, SIGTERM, and SIGKILL
/// 30 s after the loss. stderr carries the output of a build or one-off, and error messages.
///
/// STACK is a name. Root takes the newest version of it, remembers that with the build and then
/// with the release, and runs the release on no other: no caller ever names a version.
///
/// build and start answer on stdout in NUL-terminated words, two to an answer:
///   build: first `stack host` or `stack NAME@VERSION`, then whatever hythe-build says
///          (inside/build_report.h), then `exit CODE` or `signal NUMBER`, and before it
///          `oom MIB` when so much memory ran out (0: the host's), `victim NAME` when it is
///          known which process the kernel killed then, `pids 1` when it wanted more processes
///          than its limit, `disk 1` when the host's disk was nearly full, and `size BYTES` of
///          the built tree when it succeeded
///   start: `address A.B.C.D`, `started PID`, and once it ended the same words as build;
///          `timeout 1` is one of them, when the spec's seconds ran out
///   usage: `cache BYTES`, `releases BYTES`, `builds BYTES`
///   trees: `release N` for each, `build N` for each that is none yet, or half of one
///   inspect: `firewall missing` when containers run without it; `container ID`, `crun ID`,
///          `cgroup ID` and `link NAME` of containers that no process holds
/// run passes the command's stdout through and exits as it did (128 + n for a signal, 125
/// when it could not be started). attach does so behind the answer `started PID`; when that
/// does not come, the exit code is a sysexit, EX_TEMPFAIL when the name is taken. It exits 124
/// when the spec's seconds ran out. `started PID` is all that detach answers.
enum class LaunchVerb : std::uint8_t {
  create,
  destroy,
  build,
  release,
  discard,
  forget,
  sweep,
  trees,
  usage,
  clear,
  inspect,
  mend,
  start,
  run,
  attach,
  detach,
  end,
  retire,
  stop,
  halt,
};

/// The process type that one-offs are named by, and the place of one among those of the app's
/// lane for one-offs: from the end, since builds take theirs from the front. No two that run at
/// the same time have the same name, for no two can have the same place. Some places are left
/// to builds and postdeploy: no one-off keeps a deployment from them.
inline constexpr std::string_view kOneOff = "run";
inline constexpr unsigned kMostOneOffs = Position::kCount - 2;
[[nodiscard]] std::optional<Position> one_off_position(const ProcessName& name) noexcept;

/// No tree on a disk is larger, in bytes: root says so of what it cannot measure.
inline constexpr std::uint64_t kImmeasurable = UINT64_MAX / 16;

/// Keys of answers that root gives by itself.
inline constexpr std::string_view kStackAnswer = "stack";
inline constexpr std::string_view kSizeAnswer = "size";
inline constexpr std::string_view kCacheAnswer = "cache";
inline constexpr std::string_view kReleasesAnswer = "releases";
inline constexpr std::string_view kBuildsAnswer = "builds";
inline constexpr std::string_view kReleaseAnswer = "release";
inline constexpr std::string_view kBuildAnswer = "build";

struct LaunchRequest {
  LaunchVerb verb;
  AppName app;
  Number deployment = 0;
  Number release = 0;
  Lane lane = Lane::one_off;
  Position position{};
  std::optional<StackName> stack{};
  std::optional<ProcessName> name{};
  std::optional<ProcessType> type{};
  std::uint32_t drain_ms = 0;  // an hour at most
};

/// Exactly the grammar above, or nothing. `words` is argv without argv[0].
[[nodiscard]] std::optional<LaunchRequest> parse_launch(
    std::span<const char* const> words) noexcept;

}  // namespace hythe
