// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <iostream>
#include <sstream>

#include "cli/doctor/examine.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "lib/process/child.h"

namespace hythe {
namespace {

/// What the program says, a line each.
std::vector<std::string> run_modes_program(std::vector<std::string> options) {
  options.insert(options.begin(), paths::kModesProgram);
  auto [status, text] = run_to_end_with_complaints({.argv = std::move(options)});
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

void mend_installation_as_root() {
  if (::geteuid() != 0) return;
  for (const std::string& line : run_modes_program({"--fix"})) std::cout << line << '\n';
}

}  // namespace hythe
