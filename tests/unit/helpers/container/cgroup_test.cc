// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/cgroup.h"

#include <gtest/gtest.h>

#include "helpers/container/end.h"

namespace hythe::container {
namespace {

TEST(MemoryUse, OfVersion2IsInOneFile) {
  const auto limit = memory_use_v2("low 0\nhigh 0\nmax 31\noom 1\noom_kill 1\n");
  EXPECT_EQ(limit.kills, 1U);
  EXPECT_TRUE(limit.has_met_limit);
  // `max` alone is a limit that was met by giving cached files up.
  const auto host =
      memory_use_v2("low 0\nhigh 0\nmax 31\noom 0\noom_kill 2\noom_group_kill 1\n");
  EXPECT_EQ(host.kills, 2U);
  EXPECT_FALSE(host.has_met_limit);
  EXPECT_EQ(memory_use_v2("").kills, 0U);
}

TEST(MemoryUse, OfVersion1IsInSeveral) {
  constexpr const char* kKilled = "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n";
  constexpr const char* kLimit = "20971520\n";
  EXPECT_EQ(memory_use_v1(kKilled, kLimit, "20971520\n", "20971520\n").kills, 1U);
  EXPECT_TRUE(memory_use_v1(kKilled, kLimit, "20971520\n", "20971520\n").has_met_limit);
  EXPECT_TRUE(memory_use_v1(kKilled, kLimit, "20955136\n", "").has_met_limit)
      << "four pages were asked for at once, and swap is not counted";
  EXPECT_TRUE(memory_use_v1(kKilled, kLimit, "12582912\n", "20971520\n").has_met_limit);
  EXPECT_FALSE(memory_use_v1(kKilled, kLimit, "12582912\n", "12582912\n").has_met_limit);
  EXPECT_FALSE(memory_use_v1(kKilled, "9223372036854771712\n", "12582912\n", "").has_met_limit)
      << "it has none";
  EXPECT_EQ(memory_use_v1("oom_kill_disable 0\nunder_oom 0\noom_kill 0\n", "", "", "").kills,
            0U);
}

TEST(End, SaysWhoseMemoryRanOut) {
  End end{.signal = 9, .out_of_memory = true, .memory_mib = 512, .victim = "node"};
  EXPECT_EQ(end.describe(), "ran out of memory (limit 512 MiB, process node)");
  EXPECT_EQ(end.whose_memory(), "the limit is 512 MiB");
  end.memory_mib = 0;
  EXPECT_EQ(end.text(), "signal 9 oom 0 node");
  EXPECT_EQ(end.describe(), "was killed when the host ran out of memory (process node)");
  EXPECT_EQ(end.whose_memory(), "that of the host");
}

}  // namespace
}  // namespace hythe::container
