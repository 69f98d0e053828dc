// SPDX-License-Identifier: Apache-2.0
#include "model/container/container_end.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

ContainerEnd end_of(std::initializer_list<std::pair<const char*, const char*>> words) {
  ContainerEnd end;
  for (const auto& [key, value] : words) end.take(key, value);
  return end;
}

TEST(ContainerEnd, SaysWhyInWordsOfTheField) {
  EXPECT_EQ(end_of({{"exit", "3"}}).describe(), "exited with code 3");
  EXPECT_EQ(end_of({{"exit", "139"}}).describe(), "was killed by SIGSEGV");
  EXPECT_EQ(end_of({{"signal", "9"}}).describe(), "was killed by SIGKILL");
  EXPECT_EQ(end_of({{"oom", "512"}, {"exit", "137"}}).describe(),
            "ran out of memory (limit 512 MiB)");
  EXPECT_EQ(end_of({{"oom", "512"}, {"victim", "node"}, {"exit", "137"}}).describe(),
            "ran out of memory (limit 512 MiB, process node)");
  EXPECT_EQ(end_of({{"oom", "0"}, {"exit", "137"}}).describe(),
            "was killed when the host ran out of memory");
  EXPECT_EQ(end_of({{"oom", "0"}, {"victim", "node"}, {"exit", "137"}}).describe(),
            "was killed when the host ran out of memory (process node)");
  EXPECT_EQ(end_of({{"timeout", "1"}, {"signal", "9"}}).describe(), "took too long");
  EXPECT_EQ(end_of({}).describe(), "could not be run");
}

TEST(ContainerEnd, IsASuccessOnlyWhenItIsKnownToBe) {
  EXPECT_TRUE(end_of({{"exit", "0"}}).is_success());
  EXPECT_FALSE(end_of({}).is_success());
  EXPECT_FALSE(end_of({{"oom", "1"}, {"exit", "0"}}).is_success());
}

TEST(ContainerEnd, IsReadFromAStateFile) {
  EXPECT_EQ(ContainerEnd::parse("exit 7").describe(), "exited with code 7");
  EXPECT_EQ(ContainerEnd::parse("signal 9 oom 64").describe(),
            "ran out of memory (limit 64 MiB)");
  EXPECT_EQ(ContainerEnd::parse("exit 137 oom 64 my node").describe(),
            "ran out of memory (limit 64 MiB, process my node)");
  EXPECT_EQ(ContainerEnd::parse("signal 9 oom 0 node").describe(),
            "was killed when the host ran out of memory (process node)");
  EXPECT_FALSE(ContainerEnd::parse("").is_known);
}

TEST(ContainerEnd, IgnoresAnswersThatAreNotAboutIt) {
  EXPECT_FALSE(end_of({{"buildpack", "nodejs"}, {"code", "0"}}).is_known);
}

}  // namespace
}  // namespace hythe
