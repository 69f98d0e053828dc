// SPDX-License-Identifier: Apache-2.0
#include "inside/build/stack_names.h"

#include <algorithm>

#include "core/lower_case.h"

namespace hythe::builder {

StackNames::StackNames(const Request& request, const Variables& app)
    : own_(request.stack),
      chosen_(value_of(app, "BUILDPACK_STACK")),
      by_owner_(request.stack_names) {}

std::string StackNames::for_buildpack(std::string_view url) const {
  if (url.empty()) return own_;
  if (!chosen_.empty()) return chosen_;
  if (url.starts_with("./")) return own_;
  const std::string owner = owner_of(url);
  std::string name = own_;
  for (const auto& [whose, told] : by_owner_) {
    if (whose == owner) return told;
    if (whose.empty()) name = told;
  }
  return name;
}

std::string owner_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
    url.remove_prefix(scheme + 3);
  const auto host_end = std::min(url.find('/'), url.size());
  if (const auto at = url.substr(0, host_end).rfind('@'); at != std::string_view::npos)
    url.remove_prefix(at + 1);
  const auto end = std::min(url.find_first_of(":/"), url.size());
  const std::string_view host = url.substr(0, end);
  std::string_view path = url.substr(end);
  // ":2222/owner/x" has a port, ":owner/x" (scp's form) has none.
  if (path.starts_with(':')) {
    path.remove_prefix(1);
    const auto digits = std::min(path.find_first_not_of("0123456789"), path.size());
    if (digits == path.size() || path[digits] == '/') path.remove_prefix(digits);
  }
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  std::string owner(host);
  owner.append("/").append(path.substr(0, path.find('/')));
  return lower_case(owner);
}

}  // namespace hythe::builder
