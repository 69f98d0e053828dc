// SPDX-License-Identifier: Apache-2.0
#include "inside/build/request.h"

#include <string_view>

#include "core/build_name.h"
#include "core/decimal.h"
#include "inside/build/address.h"

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

bool add_pair(Request::Pairs& pairs, std::string_view word) {
  const auto equals = word.find('=');
  if (equals == std::string_view::npos) return false;
  pairs.emplace_back(word.substr(0, equals), word.substr(equals + 1));
  return true;
}

bool add_submodule(std::vector<Request::Submodule>& submodules, std::string_view word) {
  constexpr std::size_t kOid = 40;
  if (word.size() < kOid + 2 || word[kOid] != ' ') return false;
  Request::Submodule submodule{std::string(word.substr(0, kOid)),
                               std::string(word.substr(kOid + 1))};
  if (!is_commit_id(submodule.oid) || !is_path_below(submodule.path)) return false;
  submodules.push_back(std::move(submodule));
  return true;
}

bool set_number(std::uint64_t& number, std::string_view word) {
  const auto parsed = parse_decimal(word, UINT64_MAX / 16);
  if (parsed) number = *parsed;
  return parsed.has_value();
}

/// The only thing that can be said of a cache is that there is none.
bool refrain(bool& from, std::string_view value) {
  from = false;
  return value == "none";
}

bool take(Request& request, std::string_view key, std::string_view value) {
  if (key == "stack-for") return add_pair(request.stack_names, value);
  if (key == "submodule") return add_submodule(request.submodules, value);
  if (key == "memory") return set_number(request.memory, value);
  if (key == "source-size") return set_number(request.source_size, value);
  if (key == "source-files") return set_number(request.source_files, value);
  if (key == "path-length") return set_number(request.path_length, value);
  if (key == "cache-from") return refrain(request.uses_last_cache, value);
  if (key == "cache-to") return refrain(request.keeps_cache, value);
  std::string* const text = key == "id"               ? &request.id
                            : key == "commit"         ? &request.commit
                            : key == "app"            ? &request.app
                            : key == "stack"          ? &request.stack
                            : key == "submodule-base" ? &request.submodule_base
                            : key == "buildpack"      ? &request.buildpack
                            : key == "buildpack-url"  ? &request.buildpack_url
                                                      : nullptr;
  if (text == nullptr || !text->empty()) return false;
  *text = value;
  return true;
}

/// One that came as a variable; true for any other variable.
bool take_variable(Request& request, std::string_view variable) {
  if (!variable.starts_with(kWordPrefix)) return true;
  variable.remove_prefix(kWordPrefix.size());
  const auto equals = variable.find('=');
  return equals != std::string_view::npos &&
         take(request, variable.substr(0, equals), variable.substr(equals + 1));
}

}  // namespace

std::optional<Request> Request::parse(std::span<const char* const> words,
                                      const char* const* environment) {
  Request request;
  if (words.size() % 2 != 0) return std::nullopt;
  for (; !words.empty(); words = words.subspan(2))
    if (!take(request, words[0], words[1])) return std::nullopt;
  for (; *environment != nullptr; ++environment)
    if (!take_variable(request, *environment)) return std::nullopt;
  if (!is_id(request.id) || is_taken(request.id) || request.commit.empty() ||
      request.app.empty() || request.stack.empty())
    return std::nullopt;
  if (!request.buildpack.empty() && !is_path_below(request.buildpack)) return std::nullopt;
  return request;
}

}  // namespace hythe::builder
