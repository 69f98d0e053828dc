// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/container_id.h"

#include <gtest/gtest.h>

namespace hythe::container {
namespace {

TEST(ContainerId, IsReadAsItIsWritten) {
  for (const char* text : {"shop.a.0", "shop.b.29", "a-b-c.c.7", "shop.d.0", "x.o.10"}) {
    const auto id = ContainerId::parse(text);
    ASSERT_TRUE(id) << text;
    EXPECT_EQ(id->text(), text);
  }
  EXPECT_EQ(directory_of(*ContainerId::parse("shop.b.0")), "/run/hythe/containers/shop.b.0");
}

TEST(ContainerId, RefusesEveryOtherName) {
  for (const char* text : {"", ".", "..", "shop", "shop.a", "shop.a.", "shop.e.0", "shop.a.30",
                           "shop.a.00", "shop.a.-1", "Shop.a.0", "../x.a.0", "shop.ab.0",
                           "shop.a.0.0", ".a.0", "shop..0", "lock", "shop.a.0\n"})
    EXPECT_FALSE(ContainerId::parse(text)) << text;
}

}  // namespace
}  // namespace hythe::container
