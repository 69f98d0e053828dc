// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/app_name.h"
#include "core/process_name.h"
#include "core/slot.h"
#include "core/stack_name.h"
#include "core/terminal_input.h"

/// What the unprivileged side may ask of root: a closed grammar of words, each of them a
/// validated type. There are no options, and no path, address or variable of the caller's
/// reaches root. Both sides include this header and nothing else of each other.
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
///                                            process type, whether the lane is live or not;
///                                            returns when they are gone
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
///          `oom MIB` when so much memory ran out, `victim NAME` when it is known which process
///          the kernel killed then, `pids 1` when it wanted more processes than its
///          limit, `disk 1` when the host's disk was nearly full, and `size BYTES` of the
///          built tree when it succeeded
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

/// The ports of the host at which `tcp` containers can be reached: above those of well-known
/// services, and below those that the kernel gives to clients.
inline constexpr std::uint32_t kFirstPublicPort = 10'000;
inline constexpr std::uint32_t kLastPublicPort = 32'767;

/// hythe-route VERB …
///
///   set     APP LANE WEB TCP  stdin: the app's domains, one a line. WEB containers will
///                             receive requests in LANE, at its first positions, and TCP
///                             ones connections to the app's port, at the next. Returns
///                             when nginx serves by it
///   switch  APP LANE          moves new requests and connections to LANE, or neither;
///                             returns when nginx was seen to. Nothing moves when nobody
///                             can read its stdout any more
///   domains APP DOMAIN…       these and no others are the app's; its counts stay. Reads
///                             nothing: its stdin may be the lock that its caller holds
///   claim   APP DOMAIN…       for root only: the app may have them, wildcards too
///   off     APP               no route, no domains, no live lane; the port stays its own
///   port    APP               which port of the host is its own
///   allot   APP FIRST LAST    gives it a port from FIRST to LAST, unless it has one of them
///   free    APP               takes the port away
///   balance [APP]             has its port, or all, lead to those of its live lane's
///                             containers that are not down
///   sync                      writes every app's file anew from root's tables, and all that
///                             balance does
///   check   [APP]             says what of it, or of all apps, is not as the tables say
///
/// port and allot answer on stdout `port NUMBER`, if there is one; check `port APP` or
/// `nginx APP` for each that is not in order. An answer is two NUL-terminated words.
enum class RouteVerb : std::uint8_t {
  set,
  switch_to,
  domains,
  claim,
  off,
  port,
  allot,
  free,
  balance,
  sync,
  check,
};

inline constexpr std::string_view kPortAnswer = "port";
inline constexpr std::string_view kNginxAnswer = "nginx";

struct RouteRequest {
  RouteVerb verb;
  std::optional<AppName> app{};
  Lane lane = Lane::a;
  unsigned web = 0;  // with tcp, Position::kCount at most
  unsigned tcp = 0;
  unsigned first = 0;  // both kFirstPublicPort to kLastPublicPort
  unsigned last = 0;
  std::span<const char* const> domains{};
};

[[nodiscard]] std::optional<RouteRequest> parse_route(
    std::span<const char* const> words) noexcept;

/// What a container runs and within which limits, as bytes on hythe-launch's stdin: eight
/// decimal digits and '\n', then that many bytes of NUL-terminated words:
///
///   MEMORY-MIB PIDS CPU-PERCENT SECONDS CPU-SHARES RESTARTS  ARGC ARG…  ENVC NAME=VALUE…
///   [ROWS COLUMNS]
///
/// A zero limit means none. CPU-SHARES are what a container gets of contested processors, 1024
/// being usual. RESTARTS is how often in a row one of `start` may end before it is left alone.
/// The bytes after it belong to the container's own stdin.
/// Root reads the six numbers; argv and environment are opaque to it and are read by
/// hythe-init, inside, so that no secret is ever on a command line or in config.json. With a
/// size, hythe-init gives the command a terminal, and its stdin is a TerminalInput.
struct ContainerSpec {
  static constexpr std::size_t kPrefixLength = 9;
  static constexpr std::size_t kMaxLength = 4U << 20U;
  static constexpr std::size_t kMaxWords = 4096;

  std::uint32_t memory_mib = 0;
  std::uint32_t pids = 0;
  std::uint32_t cpu_percent = 0;
  std::uint32_t seconds = 0;
  std::uint32_t cpu_shares = 0;
  std::uint32_t restarts = 0;
  std::string_view argv{};         // ARG…, each NUL-terminated
  std::string_view environment{};  // NAME=VALUE…, each NUL-terminated
  std::size_t argc = 0;
  std::size_t envc = 0;
  std::optional<TerminalSize> terminal{};

  /// The length that a prefix announces.
  [[nodiscard]] static std::optional<std::size_t> parse_prefix(std::string_view bytes) noexcept;
  /// Views into `bytes`, which must outlive the result.
  [[nodiscard]] static std::optional<ContainerSpec> parse(std::string_view bytes) noexcept;
};

}  // namespace hythe
