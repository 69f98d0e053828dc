// SPDX-License-Identifier: Apache-2.0
#include "webhook/deliver/pauses.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
const Pauses::Clock::time_point kStart{};
const AppName kShop = *AppName::parse("shop");

TEST(Pauses, GrowUntilSomethingSucceeds) {
  Pauses pauses;
  EXPECT_EQ(pauses.left(kShop, kStart), seconds(0));
  pauses.failed(kShop, kStart);
  EXPECT_EQ(pauses.left(kShop, kStart), seconds(5));
  EXPECT_EQ(pauses.left(kShop, kStart + seconds(3)), seconds(2));
  EXPECT_EQ(pauses.left(kShop, kStart + seconds(5)), seconds(0));
  pauses.failed(kShop, kStart + seconds(5));
  EXPECT_EQ(pauses.left(kShop, kStart + seconds(5)), seconds(10));
  for (int i = 0; i < 100; ++i) pauses.failed(kShop, kStart);
  EXPECT_EQ(pauses.left(kShop, kStart), minutes(10));
  pauses.succeeded(kShop);
  EXPECT_EQ(pauses.left(kShop, kStart), seconds(0));
  pauses.failed(kShop, kStart);
  EXPECT_EQ(pauses.left(kShop, kStart), seconds(5));
}

TEST(Pauses, AreOfOneApp) {
  Pauses pauses;
  pauses.failed(kShop, kStart);
  EXPECT_EQ(pauses.left(*AppName::parse("other"), kStart), seconds(0));
}

}  // namespace
}  // namespace hythe
