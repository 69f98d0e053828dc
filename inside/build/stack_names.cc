// SPDX-License-Identifier: Apache-2.0
#include "inside/build/stack_names.h"

namespace hythe::builder {

StackNames::StackNames(const Request& request, const Variables& app)
    : own_(request.stack), by_prefix_(request.stack_names) {
  if (const auto chosen = app.find("STACK"); chosen != app.end()) chosen_ = chosen->second;
}

std::string StackNames::for_buildpack(std::string_view url) const {
  if (url.empty() || url.starts_with("./")) return own_;
  if (!chosen_.empty()) return chosen_;
  constexpr std::string_view kScheme = "https://";
  if (url.starts_with(kScheme)) url.remove_prefix(kScheme.size());
  const std::string* best = &own_;
  std::size_t length = 0;
  for (const auto& [prefix, name] : by_prefix_)
    if (url.starts_with(prefix) && prefix.size() >= length) {
      best = &name;
      length = prefix.size();
    }
  return *best;
}

}  // namespace hythe::builder
