// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/route_table.h"

#include <gtest/gtest.h>

#include <string>

namespace hythe::route_helper {
namespace {

constexpr const char* kWhole =
    "route 1\ncontainers 1 2 3 30\ntcp 20000 4 0 0 0\ndomain a.ex\ndomain *.b.ex\nend\n";

std::string written(const RouteTable& table) {
  root::FixedText<kMaxRouteTable> text;
  write_route_table(text, table);
  return std::string(text.view());
}

TEST(RouteTable, ReadsWhatItWrote) {
  const auto table = parse_route_table(kWhole);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->web[Lane::a], 1U);
  EXPECT_EQ(table->web[Lane::c], 3U);
  EXPECT_EQ(table->web[Lane::d], 30U);
  EXPECT_EQ(table->port, 20000U);
  EXPECT_EQ(table->tcp[Lane::a], 4U);
  EXPECT_TRUE(table->domains.contains("*.b.ex"));
  EXPECT_EQ(written(*table), kWhole);
  EXPECT_EQ(written(RouteTable{}), "route 1\ncontainers 0 0 0 0\nend\n");
  EXPECT_TRUE(parse_route_table(written(RouteTable{})));
}

TEST(RouteTable, HoldsTheMostThatMayBeAsked) {
  std::string text = "route 1\ncontainers 30 30 30 30\n";
  for (int i = 10; i < 74; ++i)
    text += "domain " + std::string(63, 'a') + '.' + std::string(63, 'b') + '.' +
            std::string(63, 'c') + '.' + std::string(58, 'd') + 'x' + std::to_string(i) + '\n';
  const std::string whole = text + "end\n";
  const auto table = parse_route_table(whole);
  ASSERT_TRUE(table);
  EXPECT_EQ(written(*table), whole);
  const std::string one_more = text + "domain a.ex\nend\n";
  EXPECT_FALSE(parse_route_table(one_more));
}

TEST(RouteTable, IsRefusedWhenItWasCutAnywhere) {
  const std::string whole = kWhole;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const std::string cut = whole.substr(0, length);
    EXPECT_FALSE(parse_route_table(cut)) << cut;
  }
}

TEST(RouteTable, RefusesEveryOtherSpelling) {
  for (const char* text :
       {"route 2\ncontainers 0 0 0 0\nend\n", "route 1\ncontainers 0 0 0\nend\n",
        "route 1\ncontainers 0 0 0 0 0\nend\n", "route 1\ncontainers 0 0 0 31\nend\n",
        "route 1\ncontainers 00 0 0 0\nend\n", "route 1\ncontainers 0 0 0 0 \nend\n",
        "route 1\ncontainers 0 0 0 0\nend\n\n",
        "route 1\ncontainers 0 0 0 0\ntcp 0 0 0 0 0\nend\n",
        "route 1\ncontainers 0 0 0 0\ntcp 9999 0 0 0 0\nend\n",
        "route 1\ncontainers 0 0 0 0\ntcp 32768 0 0 0 0\nend\n",
        "route 1\ncontainers 0 0 0 0\ntcp 20000 0 0 0\nend\n",
        "route 1\ncontainers 0 0 0 30\ntcp 20000 0 0 0 1\nend\n",
        "route 1\ntcp 20000 0 0 0 0\ncontainers 0 0 0 0\nend\n",
        "route 1\ncontainers 0 0 0 0\ndomain a\nend\n",
        "route 1\r\ncontainers 0 0 0 0\r\nend\r\n",
        "route 1\ncontainers 0 0 0 0\ndomain a.ex\ndomain a.ex\nend\n",
        "route 1\ncontainers 0 0 0 0\nowner me\nend\n", " route 1\ncontainers 0 0 0 0\nend\n"})
    EXPECT_FALSE(parse_route_table(text)) << text;
}

TEST(RouteTable, IsPublicWithADomainAndAContainer) {
  EXPECT_TRUE(parse_route_table(kWhole)->is_public());
  EXPECT_TRUE(
      parse_route_table("route 1\ncontainers 0 1 0 0\ndomain a.ex\nend\n")->is_public());
  EXPECT_TRUE(parse_route_table("route 1\ncontainers 0 0 0 0\ndomain a.ex\nend\n")->is_public())
      << "somebody has to say that nobody answers";
  EXPECT_FALSE(parse_route_table("route 1\ncontainers 1 1 1 1\nend\n")->is_public());
}

}  // namespace
}  // namespace hythe::route_helper
