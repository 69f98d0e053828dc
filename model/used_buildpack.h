// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace hythe {

class Yaml;

/// A buildpack that took part in a build, as the records keep it.
struct UsedBuildpack {
  std::string name;
  std::string url{};       // where it was fetched from; empty for an official one
  std::string version{};   // the commit, or the SHA-256 sum of an archive
  std::string language{};  // what it called the app
  std::string report{};    // what its bin/report printed; in deployments only

  /// "nodejs", "https://example.org/x.git (abc1234)"
  [[nodiscard]] std::string describe() const;
};

using UsedBuildpacks = std::vector<UsedBuildpack>;

/// All of them in one line.
[[nodiscard]] std::string describe(const UsedBuildpacks& buildpacks);

[[nodiscard]] Yaml to_yaml(const UsedBuildpacks& buildpacks);
[[nodiscard]] UsedBuildpacks used_buildpacks(const Yaml& list);

}  // namespace hythe
