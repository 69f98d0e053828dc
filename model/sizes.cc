// SPDX-License-Identifier: Apache-2.0
#include "model/sizes.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr std::uint64_t kMiB = 1U << 20U;

bool is_name(const std::string& text) {
  constexpr std::size_t kMaxLength = 16;
  const auto is_allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           c == '-';
  };
  return !text.empty() && text.size() <= kMaxLength &&
         std::all_of(text.begin(), text.end(), is_allowed);
}

}  // namespace

// Memory, processes and priority are those of doc.scalingo.com: "high" is twice the share of a
// contested processor that "standard" has, "low" is half of it.
Sizes::Sizes()
    : sizes_{{"S", {256 * kMiB, 128, 512}},      {"M", {512 * kMiB, 256, 1024}},
             {"L", {1024 * kMiB, 512, 1024}},    {"XL", {2048 * kMiB, 1024, 2048}},
             {"2XL", {4096 * kMiB, 2048, 2048}}, {"3XL", {8192 * kMiB, 4096, 2048}}} {}

const ContainerSize* Sizes::find(const std::string& name) const {
  const auto found = sizes_.find(name);
  return found == sizes_.end() ? nullptr : &found->second;
}

ContainerSize& Sizes::at(const std::string& name) {
  if (!is_name(name))
    throw PushError(concat("'sizes': '", printable(name, 64),
                           "' is not the name of a size\na name is 1 to 16 characters of a-z, ",
                           "A-Z, 0-9 and '-'"),
                    EX_CONFIG);
  return sizes_[name];
}

std::string Sizes::names() const {
  std::vector<std::pair<std::uint64_t, std::string>> by_memory;
  for (const auto& [name, size] : sizes_) by_memory.emplace_back(size.memory, name);
  std::sort(by_memory.begin(), by_memory.end());
  std::string text;
  for (const auto& [memory, name] : by_memory) text += (text.empty() ? "" : " ") + name;
  return text;
}

}  // namespace hythe
