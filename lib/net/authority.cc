// SPDX-License-Identifier: Apache-2.0
#include "lib/net/authority.h"

#include "core/decimal.h"
#include "core/lower_case.h"
#include "lib/net/domain_name.h"
#include "lib/net/network.h"

namespace hythe {
namespace {

using Fault = Authority::Fault;

constexpr Fault kNoHost{"has no proper host in it"};

/// "0x7f.1", "2130706433" and "010.0.0.1" are addresses to some, in different ways; no domain
/// of the internet ends in a number.
bool is_numeric(std::string_view name) {
  const std::string_view last = name.substr(name.rfind('.') + 1);
  return last.find_first_not_of("0123456789") == std::string_view::npos ||
         last.starts_with("0x");
}

std::variant<std::string, Fault> parse_host(std::string_view text) {
  if (text.starts_with('[')) {
    const bool is_closed = text.size() > 1 && text.ends_with(']');
    const bool is_address = is_closed && text.find('.') == std::string_view::npos &&
                            IpAddress::parse(text.substr(1, text.size() - 2)).has_value();
    if (!is_address) return Fault{"has no proper address in its brackets"};
    return lower_case(text);
  }
  std::string host = lower_case(text);
  if (!is_dns_name(host)) return kNoHost;
  if (is_numeric(host) && !IpAddress::parse(host))
    return Fault{"has a number for a host that is no address"};
  return host;
}

}  // namespace

std::variant<Authority, Fault> Authority::parse(std::string_view text) {
  Authority out;
  if (const auto at = text.find('@'); at != std::string_view::npos) {
    if (text.find('@', at + 1) != std::string_view::npos) return Fault{"has two '@' in it"};
    out.user = text.substr(0, at);
    text.remove_prefix(at + 1);
  }
  const auto colon = text.rfind(':');
  const auto bracket = text.rfind(']');
  if (colon != std::string_view::npos &&
      (bracket == std::string_view::npos || colon > bracket)) {
    const auto port = parse_decimal(text.substr(colon + 1), 65535);
    if (!port || *port == 0) return Fault{"has no proper port in it"};
    out.port = static_cast<unsigned>(*port);
    text = text.substr(0, colon);
  }
  auto host = parse_host(text);
  if (const auto* fault = std::get_if<Fault>(&host)) return *fault;
  out.host = std::get<std::string>(std::move(host));
  return out;
}

}  // namespace hythe
