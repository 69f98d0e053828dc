// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/app_name.h"
#include "core/helper_contract.h"
#include "core/stack_name.h"
#include "model/config.h"
#include "model/container/container_command.h"

namespace hythe {

/// For which app, as which of its deployments, and on what a build runs.
struct BuildPlace {
  AppName app;
  Number deployment;
  StackName stack;
};

/// What hythe-build is told, two words to a fact (inside/build/request.h); and in its
/// environment, which is nobody else's to read, the administrator's variables, and those facts
/// that may have a password in them.
class BuilderWords {
 public:
  /// What every build is told; `version`, a commit or what an archive is called, is what
  /// scripts see as SOURCE_VERSION.
  BuilderWords(const BuildPlace& place, const std::string& version, const Config& config);
  void add(const char* key, std::string value);
  void add_secret(const char* key, const std::string& value);
  [[nodiscard]] const std::vector<std::string>& argv() const { return words_; }
  [[nodiscard]] const std::vector<std::string>& environment() const { return environment_; }

 private:
  std::vector<std::string> words_;
  std::vector<std::string> environment_;
};

/// hythe-build with the app's variables, within the limits of builds.
[[nodiscard]] ContainerCommand build_command(
    const BuilderWords& words, const std::map<std::string, std::string>& environment,
    const Limits& limits);

}  // namespace hythe
