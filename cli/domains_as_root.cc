// SPDX-License-Identifier: Apache-2.0
#include "cli/domains_as_root.h"

#include <unistd.h>

#include "core/app_name.h"
#include "core/host_name.h"
#include "core/paths.h"
#include "lib/net/domain_name.h"
#include "model/helper.h"

namespace hythe {
namespace {

bool is_roots_to_give(const std::string& domain) {
  char host[256] = {};
  return domain.starts_with("*.") ||
         (::gethostname(host, sizeof host - 1) == 0 && is_name_of_host(domain, host));
}

}  // namespace

void claim_domains_as_root(const std::vector<std::string>& words) {
  if (::geteuid() != 0 || words.size() < 3 || words[1] != "add" || !AppName::parse(words[0]))
    return;
  std::vector<std::string> claim = {"claim", words[0]};
  for (std::size_t i = 2; i < words.size(); ++i) {
    std::string domain = to_ascii_domain(words[i]);
    if (is_roots_to_give(domain)) claim.push_back(std::move(domain));
  }
  // hythe-route takes nothing but these words, and judges each of them.
  if (claim.size() > 2) call_helper(paths::kRouteHelper, std::move(claim));
}

}  // namespace hythe
