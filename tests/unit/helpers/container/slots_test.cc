// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/slots.h"

#include <gtest/gtest.h>

namespace hythe::container {
namespace {

TEST(Slots, AreTakenInTurn) {
  UsedSlots used;
  EXPECT_EQ(choose_slot(used, Slot{1})->value, 1U);
  EXPECT_EQ(choose_slot(used, Slot{7})->value, 7U);
  used.set(7);
  used.set(8);
  EXPECT_EQ(choose_slot(used, Slot{7})->value, 9U);
}

TEST(Slots, AreUsedAgainOnlyAfterTheLast) {
  UsedSlots used;
  used.set(Slot::kLast);
  EXPECT_EQ(choose_slot(used, Slot{Slot::kLast})->value, Slot::kFirst);
}

TEST(Slots, CanRunOut) {
  UsedSlots used;
  for (unsigned value = Slot::kFirst; value <= Slot::kLast; ++value) used.set(value);
  EXPECT_FALSE(choose_slot(used, Slot{42}));
  used.reset(41);
  EXPECT_EQ(choose_slot(used, Slot{42})->value, 41U);
}

}  // namespace
}  // namespace hythe::container
