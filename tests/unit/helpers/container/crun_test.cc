// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/crun.h"

#include <gtest/gtest.h>

namespace hythe::container {
namespace {

std::string status(const std::string& name, const std::string& blocked) {
  return "Name:\t" + name + "\nUmask:\t0022\nState:\tS (sleeping)\nNSpid:\t3998\t1\n" +
         "SigPnd:\t0000000000000000\nShdPnd:\t0000000000004000\nSigBlk:\t" + blocked +
         "\nSigIgn:\t0000000000000000\nSigCgt:\t0000000000000000\n";
}

TEST(Init, IsReadyOnceItHoldsSignals) {
  EXPECT_TRUE(holds_signals(status("init", "fffffffe7ffbfeff"))) << "it is about to wait";
  EXPECT_TRUE(holds_signals(status("init", "fffffffe77fab4f8"))) << "it waits for SIGTERM";
  EXPECT_FALSE(holds_signals(status("init", "0000000000000000")));
  EXPECT_FALSE(holds_signals(status("crun", "fffffffe7ffbfeff"))) << "it is to come yet";
  EXPECT_FALSE(holds_signals(""));
}

}  // namespace
}  // namespace hythe::container
