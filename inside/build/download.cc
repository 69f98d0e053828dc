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

std::string reason_in(const std::string& output) {
  const auto begin = output.find_first_not_of(" \t\r\n");
  if (begin == output.npos) return "";
  return visible(output.substr(begin, output.find_first_of("\r\n", begin) - begin));
}

std::string describe_download(const std::string& program, const Outcome& outcome,
                              const DownloadLimits& limits) {
  if (outcome.code == kTimedOut)
    return program + " took longer than " + std::to_string(limits.time.count()) + " s";
  if (outcome.code == kFileTooLarge ||
      outcome.output.find("File too large") != outcome.output.npos)
    return "it is larger than " + std::to_string(limits.file_size >> 20U) + " MiB";
  const std::string said = reason_in(outcome.output);
  return program + " " + describe_exit(outcome.code) + (said.empty() ? "" : ": " + said);
}

}  // namespace hythe::builder
