// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/domain.h"

#include <gtest/gtest.h>

#include <string>

namespace hythe::route_helper {
namespace {

std::string label(std::size_t length) {
  return std::string(length, 'a');
}

// 253 characters, labels of 63.
std::string longest() {
  return label(63) + '.' + label(63) + '.' + label(63) + '.' + label(61);
}

TEST(Domain, IsWhatAnAppCanHave) {
  for (const std::string& text :
       {std::string("example.com"), std::string("a-b.example"), std::string("a.b"),
        std::string("1.2.3.4a"), std::string("xn--bcher-kva.example"), std::string("a--b.ex"),
        std::string("*.example.com"), longest()})
    EXPECT_TRUE(Domain::parse(text)) << text << ' ' << fault_of_domain(text);
}

TEST(Domain, RefusesWhateverCouldMeanMoreThanOneName) {
  for (const std::string& text : {std::string(),
                                  std::string("*"),
                                  std::string("*.com"),
                                  std::string(".example.com"),
                                  std::string("_"),
                                  std::string("localhost"),
                                  std::string("127.0.0.1"),
                                  std::string("[::1]"),
                                  std::string("foo"),
                                  std::string("-a.ex"),
                                  std::string("a-.ex"),
                                  std::string("a..ex"),
                                  std::string("a.ex."),
                                  std::string("."),
                                  std::string("*."),
                                  std::string("*.*.example.com"),
                                  std::string("a.*.ex"),
                                  std::string("xn--.ex"),
                                  std::string("ab--c.ex"),
                                  std::string("A.ex"),
                                  std::string("a_b.ex"),
                                  std::string("a.1"),
                                  std::string("~^a.ex$"),
                                  std::string("a.ex:80"),
                                  std::string("a.ex/"),
                                  label(64) + ".ex",
                                  longest() + 'a'})
    EXPECT_FALSE(Domain::parse(text)) << text;
}

TEST(Domain, RefusesEveryByteThatNginxCouldReadAsSyntax) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool is_allowed =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    const std::string text = std::string("a") + c + "b.example";
    EXPECT_EQ(Domain::parse(text).has_value(), is_allowed) << byte;
  }
}

TEST(Domains, AreALineEachAndNamedWhenRefused) {
  struct Case {
    const char* text;
    const char* refused;
  };
  for (const Case& each : {Case{"a.ex\n\nb.ex\n", ""}, Case{"a.ex\na.ex\n", "a.ex"},
                           Case{"a.ex b.ex\n", "a.ex b.ex"}, Case{"a.ex\r\n", "a.ex\r"}}) {
    DomainList list;
    const auto fault = parse_domains(each.text, list);
    ASSERT_TRUE(fault) << each.text;
    EXPECT_EQ(fault->domain, each.refused);
    EXPECT_NE(fault->why, nullptr);
  }
}

TEST(Domains, KeepTheirOrder) {
  DomainList list;
  ASSERT_FALSE(parse_domains("b.ex\na.ex\n*.c.ex", list));
  EXPECT_EQ(std::vector<std::string_view>(list.begin(), list.end()),
            (std::vector<std::string_view>{"b.ex", "a.ex", "*.c.ex"}));
  DomainList none;
  EXPECT_FALSE(parse_domains("", none));
  EXPECT_TRUE(none.empty());
}

TEST(Domains, Are64AtMost) {
  std::string text;
  for (int i = 0; i < 64; ++i) text += "d" + std::to_string(i) + ".ex\n";
  DomainList full;
  EXPECT_FALSE(parse_domains(text, full));
  text += "one-more.ex\n";
  DomainList list;
  const auto fault = parse_domains(text, list);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->domain, "one-more.ex");
}

}  // namespace
}  // namespace hythe::route_helper
