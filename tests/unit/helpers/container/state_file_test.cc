// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/state_file.h"

#include <gtest/gtest.h>

#include "helpers/container/backoff.h"
#include "helpers/container/oom_victim.h"

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
  state.last = End{.signal = 9, .out_of_memory = true, .memory_mib = 64, .victim = "node"};
  EXPECT_TRUE(
      state.text(*ContainerId::parse("shop.b.0")).ends_with("\nlast signal 9 oom 64 node\n"));
  EXPECT_EQ(type_in_state(state.text(*ContainerId::parse("shop.b.0"))), "web");
  EXPECT_EQ(type_in_state(""), "");
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

TEST(OomVictim, IsWhomTheKernelNamesOfThatContainer) {
  const auto record = [](const char* cgroup, const char* task) {
    return std::string(
               "6,339,25730987221,-;oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),"
               "cpuset=/,mems_allowed=0,oom_memcg=/x/hythe/shop.a.0,task_memcg=") +
           cgroup + ",task=" + task + ",pid=23119,uid=1900000017\n SUBSYSTEM=x\n";
  };
  constexpr const char* kOurs = "/hythe/shop.a.0";
  EXPECT_EQ(victim_in(record("/x/hythe/shop.a.0", "node"), kOurs), "node");
  EXPECT_EQ(victim_in(record("/x/hythe/shop.a.0", "a,pid=1,task=b"), kOurs), "a,pid=1,task=b");
  EXPECT_EQ(victim_in(record("/x/hythe/shop.a.0", "\x1b[31m\t"), kOurs), "?[31m?");
  EXPECT_EQ(victim_in(record("/x/hythe/shop.a.01", "node"), kOurs), std::nullopt);
  EXPECT_EQ(victim_in(record("/hythe/shop.b.0", "node"), kOurs), std::nullopt);
  EXPECT_EQ(victim_in("", kOurs), std::nullopt);
  EXPECT_EQ(victim_in("6,1,1,-;usb 1-1: ,task_memcg=/hythe/shop.a.0,task=x,pid=1", kOurs),
            std::nullopt);
  EXPECT_EQ(victim_in("6,1,1,-;oom-kill:,task_memcg=/hythe/shop.a.0,pid=1,task=x", kOurs),
            std::nullopt);
}

TEST(Backoff, LeavesOneAloneThatHasHadItsRestarts) {
  Backoff backoff(3);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(backoff.next_ms(0)) << i;
  EXPECT_FALSE(backoff.next_ms(599'999));
  EXPECT_FALSE(backoff.next_ms(0));
  EXPECT_EQ(backoff.next_ms(600'000), 1'000) << "and begins anew once it has run well";
  EXPECT_FALSE(Backoff(0).next_ms(0));
}

TEST(Backoff, DoublesUpToFiveMinutes) {
  Backoff backoff(20);
  for (const int seconds : {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300})
    EXPECT_EQ(backoff.next_ms(0), seconds * 1000);
}

TEST(Backoff, ForgetsAfterTenGoodMinutes) {
  Backoff backoff(20);
  for (int i = 0; i < 5; ++i) (void)backoff.next_ms(599'999);
  EXPECT_EQ(backoff.next_ms(599'999), 32'000);
  EXPECT_EQ(backoff.next_ms(600'000), 1'000);
}

}  // namespace
}  // namespace hythe::container
