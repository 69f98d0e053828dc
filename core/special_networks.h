// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hythe {

/// The IPv4 networks in which nothing of the internet is (RFC 6890, and IANA's registry of
/// them): private, shared, link-local (and with it the metadata services of clouds; Azure's has
/// a public address), loopback, documentation, benchmarks, multicast, reserved, broadcast; 10/8
/// holds the containers. None lies in another, and each is as nft lists it again.
inline constexpr const char* kSpecialNetworks[] = {
    "0.0.0.0/8",      "10.0.0.0/8",    "100.64.0.0/10",   "127.0.0.0/8",    "168.63.129.16",
    "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24",
    "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"};

}  // namespace hythe
