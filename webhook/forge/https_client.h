// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace hythe {

struct HttpAnswer {
  int status = 0;
  std::string body{};
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// One request over https to a forge's API. The certificate must be one that this host trusts,
/// for that name; redirects are not followed, and answers and waits are bounded.
struct HttpsClient {
  /// "https://host[:port]/path". Throws std::exception when there is no answer; PushError when
  /// the host may not be connected to (lib/reachable_host.h).
  [[nodiscard]] static HttpAnswer send(const std::string& method, const std::string& url,
                                       const HttpHeaders& headers, const std::string& body);
};

}  // namespace hythe
