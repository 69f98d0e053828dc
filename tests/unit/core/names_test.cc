// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "core/app_name.h"
#include "core/decimal.h"
#include "core/process_name.h"
#include "core/slot.h"

namespace hythe {
namespace {

TEST(AppName, AcceptsLettersDigitsAndSingleHyphens) {
  for (const char* text :
       {"a", "shop", "my-app", "a1", "x-1-y", "abcdefghijklmnopqrstuvwxyz1234"})
    EXPECT_TRUE(AppName::parse(text)) << text;
}

TEST(AppName, RefusesWhateverCouldLeaveItsDirectoryOrItsLabel) {
  for (const char* text :
       {"",       ".",  "..",   "a/b",   "../a",  "/",
        "-a",     "a-", "a--b", "xn--a", "A",     "a b",
        "a\n",    "é",  "1a",   "`id`",  "$(id)", "-rf",
        "--help", "_",  "a_b",  "a.b",   "\xff",  "abcdefghijklmnopqrstuvwxyz12345"})
    EXPECT_FALSE(AppName::parse(text)) << text;
  EXPECT_FALSE(AppName::parse(std::string_view("a\0b", 3)));
  EXPECT_FALSE(AppName::parse(std::string(10'000, 'a')));
}

TEST(ProcessName, IsATypeAndAnIndex) {
  const auto name = ProcessName::parse("web.12");
  ASSERT_TRUE(name);
  EXPECT_EQ(name->type(), "web");
  EXPECT_EQ(name->view(), "web.12");
}

TEST(ProcessName, RefusesWhatCouldNotNameAFile) {
  for (const char* text :
       {"", "web", "web.", ".1", "web.0", "web.01", "web.1000", "web.-1", "../x.1", "we b.1",
        "1web.1", "web.1\n", "web/x.1", "abcdefghijklmnopqrstuvwxy.1"})
    EXPECT_FALSE(ProcessName::parse(text)) << text;
}

TEST(Decimal, TakesOnlyTheOneSpellingOfANumber) {
  EXPECT_EQ(parse_decimal("0", 9), 0U);
  EXPECT_EQ(parse_decimal("255", 255), 255U);
  for (const char* text : {"", "-1", "+1", "01", "1e1", "0x1", " 1", "1 ", "256", "4294967297",
                           "99999999999999999999999"})
    EXPECT_FALSE(parse_decimal(text, 255)) << text;
  EXPECT_FALSE(parse_decimal("9", 5));
}

TEST(Slot, GivesEveryContainerAnAddressOfItsOwn) {
  EXPECT_STREQ(address_of({1}, Lane::b, {0}).text().c_str, "10.214.0.161");
  EXPECT_STREQ(address_of({1}, Lane::one_off, {29}).text().c_str, "10.214.0.254");
  EXPECT_STREQ(address_of({2}, Lane::a, {0}).text().c_str, "10.214.1.1");
  EXPECT_STREQ(address_of({Slot::kLast}, Lane::one_off, {29}).text().c_str, "10.214.255.126");
  EXPECT_FALSE(Slot::parse("0"));
  EXPECT_FALSE(Slot::parse("511"));
}

TEST(Lane, IsTakenInTheOrderInWhichASwitchIsOneOperation) {
  EXPECT_EQ(next(Lane::a), Lane::b);
  EXPECT_EQ(next(Lane::b), Lane::c);
  EXPECT_EQ(next(Lane::c), Lane::a);
  EXPECT_FALSE(parse_lane("o"));
  EXPECT_FALSE(parse_lane("ab"));
}

}  // namespace
}  // namespace hythe
