// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/paths.h"

namespace hythe::builder {

/// Where everything of one build is. Only tests put it elsewhere.
struct Layout {
  std::string build_dir;   // the source, which becomes the app
  std::string cache_dir;   // what buildpacks keep from one build to the next
  std::string env_dir;     // one file for each variable of the app
  std::string buildpacks;  // private copies, which their scripts may write to
  std::string official = paths::inside::kBuildpacks;  // what the platform has, read-only
  std::string last_cache = paths::inside::kCache;     // of the last good build, read-only
  std::string home = paths::inside::kApp;

  /// What was fetched for earlier builds. In the cache, beside what buildpacks keep there.
  [[nodiscard]] std::string mirrors() const { return cache_dir + "/.hythe/mirrors"; }

  /// The name of the stack that the cache is of: what is compiled for one is of no use on
  /// another.
  [[nodiscard]] static std::string stack_of(const std::string& cache) {
    return cache + "/.hythe/stack";
  }

  /// What chooses buildpacks in the directories above PROJECT_DIR, 1 being the next one. They
  /// are no part of the app: this is there until it has a buildpack.
  [[nodiscard]] std::string above() const { return build_dir + "-above"; }
  [[nodiscard]] std::string above(int level) const {
    return above() + "/" + std::to_string(level);
  }

  [[nodiscard]] static Layout of(const std::string& request_id) {
    const std::string build = std::string(paths::inside::kBuild) + "/";
    return {.build_dir = build + request_id,
            .cache_dir = build + "cache",
            .env_dir = build + "env",
            .buildpacks = build + "buildpacks"};
  }
};

}  // namespace hythe::builder
