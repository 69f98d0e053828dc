// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <sstream>

#include "cli/doctor/examine.h"
#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/process/child.h"

namespace hythe {
namespace {

/// What the program says, a line each.
std::vector<std::string> run_modes_program(std::vector<std::string> options) {
  Pipe said = Pipe::make();
  options.insert(options.begin(), paths::kModesProgram);
  Child program = Child::start(
      {.argv = options, .stdout_fd = said.write.get(), .stderr_fd = said.write.get()});
  said.write.reset();
  std::string text;
  while (read_some(said.read.get(), text)) {
  }
  const ExitStatus status = program.wait();
  if (!status.is_success())
    text += concat("'", paths::kModesProgram, "' ", status.describe(), '\n');
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

Findings examine_installation(const Config& config) {
  Findings findings;
  for (const std::string& line : config.outdated)
    findings.push_back({.what = line, .way_out = concat("take it out of ", paths::kConfig)});
  for (const std::string& line : run_modes_program({}))
    findings.push_back(
        {.what = line, .way_out = "as root: hythe doctor --fix, or install the package again"});
  return findings;
}

void mend_installation_as_root(const std::vector<std::string>& words) {
  const bool is_to_fix = std::find(words.begin(), words.end(), "--fix") != words.end();
  if (::geteuid() != 0 || !is_to_fix) return;
  for (const std::string& line : run_modes_program({"--fix"})) std::cout << line << '\n';
}

}  // namespace hythe
