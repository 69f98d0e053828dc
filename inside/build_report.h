// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

/// What hythe-build says on its report pipe (its fd 1 at the start): NUL-terminated words,
/// two to an answer. It runs beside the app's own code and as the same user, so whoever
/// reads this believes none of it: lengths, numbers and texts are parsed like any input.
///
///   buildpack NAME    a buildpack has begun; the five after it are about this one, and with
///                     several the last is the app's main one
///   url TEXT          where it is from, unless it is official; without credentials
///   version TEXT      the commit that was fetched, or an archive's SHA-256 sum
///   language TEXT     what its bin/detect called the app: "Node.js", "PHP (composer.json)"
///   release BYTES     the raw output of its bin/release, if there was any
///   report BYTES      the raw output of its bin/report, also after a failure
///   procfile BYTES    the Procfile as it is after the build, if there is one
///   cron.json BYTES   likewise
///   app.json BYTES    likewise, where there is no cron.json and it is not too large
///   cache NUMBER      bytes of the build cache that it leaves
///
///   failed PHASE      one of the phases below; the reason is in the log
///   code NUMBER       how the program that failed has ended, as a shell counts: 127 for not
///                     found, 126 for not to be run, 128 + n for signal n
///
/// hythe-build exits 0 after a success, kExitFailed when the source or its buildpack is at
/// fault, kExitSystem when the host is.
namespace hythe::build_report {

inline constexpr std::string_view kBuildpack = "buildpack";
inline constexpr std::string_view kUrl = "url";
inline constexpr std::string_view kVersion = "version";
inline constexpr std::string_view kLanguage = "language";
inline constexpr std::string_view kRelease = "release";
inline constexpr std::string_view kProcfile = "procfile";
inline constexpr std::string_view kCronJson = "cron.json";
inline constexpr std::string_view kAppJson = "app.json";
inline constexpr std::string_view kCache = "cache";
inline constexpr std::string_view kReport = "report";
inline constexpr std::string_view kFailed = "failed";
inline constexpr std::string_view kCode = "code";

inline constexpr std::string_view kPhaseUnpack = "unpack";
inline constexpr std::string_view kPhaseSubmodules = "submodules";
inline constexpr std::string_view kPhaseFetch = "fetch";
inline constexpr std::string_view kPhaseDetect = "detect";
inline constexpr std::string_view kPhaseCompile = "compile";
inline constexpr std::string_view kPhaseRelease = "release";

inline constexpr std::size_t kMaxName = 64;
inline constexpr std::size_t kMaxUrl = 1024;
inline constexpr std::size_t kMaxLanguage = 64;
inline constexpr std::size_t kMaxBytes = 64U
                                         << 10U;  // of a Procfile, or what a script has to say
inline constexpr std::size_t kMaxBuildpacks = 32;
/// Of the whole report; a reader stops here.
inline constexpr std::size_t kMaxReport = 8U << 20U;

inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 64;   // EX_USAGE
inline constexpr int kExitSystem = 71;  // EX_OSERR

}  // namespace hythe::build_report
