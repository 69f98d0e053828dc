// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/state_file.h"

#include <gtest/gtest.h>

#include "helpers/container/backoff.h"

namespace hythe::container {
namespace {

TEST(StateFile, SaysEverythingOnItsOwnLine) {
  State state{.release = 12,
              .name = "web.1",
              .status = Status::running,
              .pid = 4711,
              .started_ms = 1764};
  EXPECT_EQ(state.text(*ContainerId::parse("shop.b.0")),
            "app shop\nrelease 12\nlane b\nposition 0\nname web.1\nstatus running\npid 4711\n"
            "started 1764\nrestarts 0\n");
  state.last = End{.signal = 9, .out_of_memory = true};
  EXPECT_TRUE(state.text(*ContainerId::parse("shop.b.0")).ends_with("\nlast signal 9 oom\n"));
}

TEST(StateFile, TellsThePidAgain) {
  EXPECT_EQ(pid_in_state("status running\npid 4711\nstarted 1\n"), 4711);
  for (const char* text : {"", "pid 1\n", "\npid \n", "\npid x\n", "\npid -1\n", "\npid 01\n",
                           "\npid 99999999999\n"})
    EXPECT_EQ(pid_in_state(text), 0) << text;
}

TEST(StateFile, TellsTheNameAgain) {
  const State state{.release = 1, .name = "run.2"};
  EXPECT_EQ(name_in_state(state.text(*ContainerId::parse("shop.o.28"))), "run.2");
  EXPECT_EQ(name_in_state("name run.2\n"), "");
  EXPECT_EQ(name_in_state(""), "");
}

TEST(Backoff, DoublesUpToFiveMinutes) {
  Backoff backoff;
  for (const int seconds : {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300})
    EXPECT_EQ(backoff.next_ms(0), seconds * 1000);
}

TEST(Backoff, ForgetsAfterTenGoodMinutes) {
  Backoff backoff;
  for (int i = 0; i < 5; ++i) (void)backoff.next_ms(599'999);
  EXPECT_EQ(backoff.next_ms(599'999), 32'000);
  EXPECT_EQ(backoff.next_ms(600'000), 1'000);
}

}  // namespace
}  // namespace hythe::container
