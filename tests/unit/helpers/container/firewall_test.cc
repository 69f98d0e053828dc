// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/firewall.h"

#include <gtest/gtest.h>

namespace hythe::container {
namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Firewall, ReplacesItselfInOneTransaction) {
  const std::string text = Firewall{.resolvers = {*parse_address("9.9.9.9")}}.text();
  EXPECT_TRUE(
      text.starts_with("add table inet hythe\ndelete table inet hythe\ntable inet hythe {"));
  EXPECT_TRUE(has(text, "elements = { 9.9.9.9 }"));
}

TEST(Firewall, RefusesBeforeItAllows) {
  const std::string text = Firewall{.resolvers = {*parse_address("9.9.9.9")}}.text();
  const auto from = text.substr(text.find("chain from_container"));
  EXPECT_LT(from.find("ct state invalid drop"), from.find("established"));
  EXPECT_LT(from.find("oifname \"hy*\" drop"), from.find("@egress accept"));
  EXPECT_LT(from.find("@egress accept"), from.find("@not_the_internet reject"));
  EXPECT_LT(from.find("@not_the_internet reject"), from.find("meta nfproto ipv4 accept"));
}

TEST(Firewall, OpensWhatTheAdministratorSays) {
  const Firewall firewall{
      .resolvers = {*parse_address("9.9.9.9")},
      .egress = {*Network::parse("10.1.0.0/16"), *Network::parse("1.2.3.4/32")}};
  EXPECT_TRUE(has(firewall.text(), "elements = { 10.1.0.0/16, 1.2.3.4/32 }"));
}

TEST(Firewall, GuardsOthersOnlyWhereForwardingIsOurDoing) {
  Firewall firewall{.resolvers = {*parse_address("9.9.9.9")}};
  EXPECT_FALSE(has(firewall.text(), "ct state new"));
  firewall.guarded = {"eth0"};
  EXPECT_TRUE(has(firewall.text(), "iifname \"eth0\" ct state new ct status ! dnat drop\n"));
}

}  // namespace
}  // namespace hythe::container
