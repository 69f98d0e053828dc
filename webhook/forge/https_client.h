// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lib/clock.h"

namespace hythe {

struct HttpAnswer {
  int status = 0;
  bool has_next = false;  // a list goes on: Link (RFC 8288) has a rel="next"
  std::string body{};
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// One request over https to a forge's API. The certificate must be one that this host trusts,
/// for that name; redirects are not followed, and the size of the answer is bounded.
struct HttpsClient {
  /// "https://host[:port]/path". Throws std::runtime_error when there is no whole answer within
  /// `most`, or when the host may not be connected to (lib/net/reachable_host.h).
  [[nodiscard]] static HttpAnswer send(const std::string& method, const std::string& url,
                                       const HttpHeaders& headers, const std::string& body,
                                       Milliseconds most);
};

}  // namespace hythe
