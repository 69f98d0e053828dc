// SPDX-License-Identifier: Apache-2.0
#include "lib/net/domain_name.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

TEST(DomainName, IsWrittenAsDnsKnowsIt) {
  EXPECT_EQ(to_ascii_domain("Shop.Example.ORG"), "shop.example.org");
  EXPECT_EQ(to_ascii_domain("Bücher.example"), "xn--bcher-kva.example");
  EXPECT_EQ(to_ascii_domain("straße.example"), "xn--strae-oqa.example");
  EXPECT_EQ(to_ascii_domain("*.例え.jp"), "*.xn--r8jz45g.jp");
  EXPECT_EQ(to_ascii_domain("xn--bcher-kva.example"), "xn--bcher-kva.example");
}

TEST(DomainName, IsReadableAgain) {
  EXPECT_EQ(to_unicode_domain("xn--bcher-kva.example"), "bücher.example");
  EXPECT_EQ(to_unicode_domain("*.xn--r8jz45g.jp"), "*.例え.jp");
  EXPECT_EQ(to_unicode_domain("shop.example.org"), "shop.example.org");
  EXPECT_EQ(to_unicode_domain("xn--nonsense-.example"), "xn--nonsense-.example");
}

TEST(DomainName, RefusesWhatIdnaDoesNotKnow) {
  for (const char* typed : {"\xff.example", "\u202e.example", "-ü.example"})
    EXPECT_THROW((void)to_ascii_domain(typed), PushError) << typed;
  EXPECT_THROW((void)to_ascii_domain(std::string("ü.example\0.org", 15)), PushError);
}

}  // namespace
}  // namespace hythe
