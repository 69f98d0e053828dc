// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

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
  EXPECT_STREQ(address_of({1}, Lane::b, {0}).text().c_str, "10.214.1.33");
  EXPECT_STREQ(address_of({1}, Lane::d, {29}).text().c_str, "10.214.1.126");
  EXPECT_STREQ(address_of({1}, Lane::one_off, {29}).text().c_str, "10.214.1.158");
  EXPECT_STREQ(address_of({2}, Lane::a, {0}).text().c_str, "10.214.2.1");
  EXPECT_STREQ(address_of({Slot::kLast}, Lane::one_off, {29}).text().c_str, "10.215.254.158");
  EXPECT_FALSE(Slot::parse("0"));
  EXPECT_TRUE(Slot::parse("510"));
  EXPECT_FALSE(Slot::parse("511"));
}

TEST(Slot, GivesNoContainerAnAddressOfTheNetworksOwn) {
  std::set<std::uint32_t> taken{kNetwork, kNetwork + kNetworkSize - 2,
                                kNetwork + kNetworkSize - 1};
  std::vector<Lane> lanes(kLiveLanes.begin(), kLiveLanes.end());
  lanes.push_back(Lane::one_off);
  for (unsigned slot = Slot::kFirst; slot <= Slot::kLast; ++slot)
    for (const Lane lane : lanes)
      for (unsigned position = 0; position < Position::kCount; ++position) {
        const auto address = address_of({slot}, lane, {position});
        EXPECT_TRUE(taken.insert(address.value).second) << address.text().c_str;
        EXPECT_EQ(address.value & ~(kNetworkSize - 1), kNetwork) << address.text().c_str;
      }
}

TEST(Lane, ThatCanBeLiveIsNamedByItsLetter) {
  std::string letters;
  for (const Lane lane : kLiveLanes) {
    letters += letter(lane);
    EXPECT_EQ(parse_lane(word(lane)), lane);
    EXPECT_EQ(word(lane), std::string(1, letter(lane)));
  }
  EXPECT_EQ(letters, "abcd");
  EXPECT_STREQ(word(Lane::one_off), "o");
  for (const char* text : {"", "o", "e", "A", "ab", "a "})
    EXPECT_FALSE(parse_lane(text)) << text;
}

TEST(Lane, IsFollowedByTheNextOfAll) {
  EXPECT_EQ(next(Lane::a), Lane::b);
  EXPECT_EQ(next(Lane::b), Lane::c);
  EXPECT_EQ(next(Lane::c), Lane::d);
  EXPECT_EQ(next(Lane::d), Lane::a);
}

}  // namespace
}  // namespace hythe
