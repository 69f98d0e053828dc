// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace hythe::builder {

/// What to build:
///
///   hythe-build REQUEST_ID SOURCE_VERSION APP STACK [NAME=VALUE …]
///
/// The id, [a-z0-9-]+, names the build directory. NAME=VALUE is the administrator's build
/// environment: a proxy, a mirror, a certificate bundle.
struct Request {
  std::string id;
  std::string source_version;
  std::string app;
  std::string stack;
  std::vector<std::pair<std::string, std::string>> host_variables;

  /// `words` is argv without argv[0].
  [[nodiscard]] static std::optional<Request> parse(std::span<const char* const> words);
};

}  // namespace hythe::builder
