// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/port_text.h"

#include <gtest/gtest.h>

#include <string>

namespace hythe::route_helper {
namespace {

AppName app(const char* name) {
  return *AppName::parse(name);
}

PortTarget target(Lane lane, unsigned count, unsigned first = 0) {
  PortTarget out{.lane = lane};
  for (unsigned i = 0; i < count; ++i) out.add({1}, first + i);
  return out;
}

std::string port(const char* name, unsigned number, const PortTarget& to) {
  root::FixedText<kMaxPortText> text;
  write_port(text, app(name), number, to);
  return std::string(text.view());
}

std::string mark(const std::string& text) {
  const auto at = text.find("comment");
  return text.substr(at, text.find('\n', at) - at);
}

TEST(PortText, SharesConnectionsAmongTheContainersOfALane) {
  const std::string text = port("shop", 20000, target(Lane::b, 2, 3));
  EXPECT_EQ(text,
            "add chain ip hythe_tcp app-shop\n"
            "flush chain ip hythe_tcp app-shop\n"
            "add rule ip hythe_tcp app-shop meta l4proto tcp dnat to numgen inc mod 2 map "
            "{ 0 : 10.214.1.36, 1 : 10.214.1.37 } : 8080 " +
                mark(text) +
                "\n"
                "add element ip hythe_tcp live { 20000 : goto app-shop }\n");
}

TEST(PortText, NeedsNoChoiceOfOne) {
  EXPECT_NE(port("shop", 20000, target(Lane::a, 1)).find("dnat to 10.214.1.1:8080 comment"),
            std::string::npos);
}

TEST(PortText, TakesAPortAwayWhetherItIsThereOrNot) {
  root::FixedText<kMaxPortText> text;
  write_no_port(text, app("shop"), 20000);
  EXPECT_EQ(text.view(),
            "add chain ip hythe_tcp app-shop\n"
            "add element ip hythe_tcp live { 20000 : goto app-shop }\n"
            "delete element ip hythe_tcp live { 20000 : goto app-shop }\n"
            "flush chain ip hythe_tcp app-shop\n"
            "delete chain ip hythe_tcp app-shop\n");
}

TEST(PortText, LeavesLoopbackToTheHost) {
  root::FixedText<kMaxPortFrame> text;
  write_port_frame(text);
  std::string rest(text.view());
  unsigned rules = 0;
  for (auto at = rest.find("add rule"); at != std::string::npos; at = rest.find("add rule")) {
    rest.erase(0, at + 1);
    EXPECT_NE(
        rest.substr(0, rest.find('\n')).find("ip daddr != 127.0.0.0/8 fib daddr type local"),
        std::string::npos);
    ++rules;
  }
  EXPECT_EQ(rules, 2U);
}

TEST(PortText, HasRoomForTheMost) {
  const std::string name(AppName::kMaxLength, 'x');
  PortTarget most{.lane = Lane::d};
  for (unsigned i = 0; i < Position::kCount; ++i) most.add({Slot::kLast}, i);
  EXPECT_LT(port(name.c_str(), 32767, most).size(), kMaxPortText);
}

TEST(PortText, IsFoundInAListing) {
  const PortTarget two = target(Lane::b, 2);
  const std::string listing =
      "table ip hythe_tcp {\n\tmap live {\n\t\telements = { 20000 : goto app-shop, 20001 : "
      "goto "
      "app-shopping }\n\t}\n\tchain app-shop {\n\t\tmeta l4proto 6 dnat to … " +
      mark(port("shop", 20000, two)) + "\n";
  EXPECT_TRUE(lists_port(listing, app("shop"), 20000, two));
  EXPECT_FALSE(lists_port(listing, app("shop"), 20002, two)) << "the port";
  EXPECT_FALSE(lists_port(listing, app("shop"), 20001, two)) << "another app's";
  EXPECT_FALSE(lists_port(listing, app("shop"), 20000, target(Lane::b, 1))) << "containers";
  EXPECT_FALSE(lists_port(listing, app("shop"), 20000, target(Lane::c, 2))) << "lane";
  EXPECT_FALSE(lists_port("Error: No such file or directory\n", app("shop"), 20000, two));
  EXPECT_FALSE(lists_port_frame(listing));
  root::FixedText<kMaxPortFrame> frame;
  write_port_frame(frame);
  EXPECT_TRUE(lists_port_frame(frame.view()));
}

TEST(PortTarget, ReadsTheStateOfAContainer) {
  constexpr std::string_view kState =
      "app shop\nstatus running\npid 4711\nrestarts 0\nstatus\n";
  EXPECT_EQ(value_in_state(kState, "status"), "running");
  EXPECT_EQ(value_in_state(kState, "pid"), "4711");
  EXPECT_EQ(value_in_state(kState, "stat"), "");
  EXPECT_EQ(value_in_state("status running", "status"), "");
}

}  // namespace
}  // namespace hythe::route_helper
