// SPDX-License-Identifier: Apache-2.0
#include "inside/build/request.h"

#include <string_view>

namespace hythe::builder {
namespace {

constexpr std::size_t kMaxId = 64;

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kMaxId && text.front() != '-' &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
             std::string_view::npos;
}

/// Names beside the build directory.
bool is_taken(std::string_view id) {
  return id == "cache" || id == "env" || id == "buildpacks";
}

}  // namespace

std::optional<Request> Request::parse(std::span<const char* const> words) {
  constexpr std::size_t kFixed = 4;
  if (words.size() < kFixed || !is_id(words[0]) || is_taken(words[0])) return std::nullopt;
  Request request{.id = words[0],
                  .source_version = words[1],
                  .app = words[2],
                  .stack = words[3],
                  .host_variables = {}};
  for (const std::string_view word : words.subspan(kFixed)) {
    const auto equals = word.find('=');
    if (equals == std::string_view::npos || equals == 0) return std::nullopt;
    request.host_variables.emplace_back(word.substr(0, equals), word.substr(equals + 1));
  }
  return request;
}

}  // namespace hythe::builder
