// SPDX-License-Identifier: Apache-2.0
#include "inside/build/download.h"

#include <signal.h>

#include "inside/build/address.h"
#include "inside/build/exit_code.h"
#include "inside/build/tree.h"

namespace hythe::builder {
namespace {

constexpr int kTimedOut = 124;  // timeout(1)
constexpr int kFileTooLarge = 128 + SIGXFSZ;

}  // namespace

Outcome run_limited(const std::string& program, const std::vector<std::string>& arguments,
                    const Variables& environment, const std::string& directory,
                    const DownloadLimits& limits) {
  std::vector<std::string> argv = {find_program("prlimit"),
                                   "--fsize=" + std::to_string(limits.file_size),
                                   find_program("timeout"),
                                   "--kill-after=5",
                                   std::to_string(limits.time.count()),
                                   find_program(program)};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return run({.argv = std::move(argv),
              .environment = environment,
              .directory = directory,
              .output = Stream::captured,
              .errors = Stream::captured},
             1U << 20U);
}

std::string last_line(const std::string& output) {
  const auto end = output.find_last_not_of(" \t\r\n");
  if (end == std::string::npos) return "";
  const auto begin = output.find_last_of("\r\n", end);
  return visible(output.substr(begin + 1, end - begin));
}

std::string describe_download(const std::string& program, const Outcome& outcome,
                              const DownloadLimits& limits) {
  if (outcome.code == kTimedOut)
    return program + " took longer than " + std::to_string(limits.time.count()) + " s";
  if (outcome.code == kFileTooLarge ||
      outcome.output.find("File too large") != outcome.output.npos)
    return "it is larger than " + std::to_string(limits.file_size >> 20U) + " MiB";
  // git goes on after its reason, with advice.
  const auto fatal = outcome.output.find("fatal: ");
  const std::string said =
      fatal == outcome.output.npos
          ? last_line(outcome.output)
          : last_line(outcome.output.substr(fatal, outcome.output.find('\n', fatal) - fatal));
  return program + " " + describe_exit(outcome.code) + (said.empty() ? "" : ": " + said);
}

}  // namespace hythe::builder
