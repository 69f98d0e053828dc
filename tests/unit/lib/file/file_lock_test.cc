// SPDX-License-Identifier: Apache-2.0
#include "lib/file/file_lock.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>
#include <vector>

namespace hythe {
namespace {

class RemovableLock : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove_all(directory_); }
  [[nodiscard]] bool is_there() const { return std::filesystem::exists(path_); }

  std::string directory_ = [] {
    char name[] = "/tmp/lock.XXXXXX";
    return std::string(::mkdtemp(name));
  }();
  std::string path_ = directory_ + "/lock";
};

TEST_F(RemovableLock, StaysWhileSomebodyHasIt) {
  UniqueFd lock = open_removable_lock(path_, "a test");
  remove_lock(path_);
  EXPECT_TRUE(is_there());
  lock.reset();
  remove_lock(path_);
  EXPECT_FALSE(is_there());
  remove_lock(path_);
}

TEST_F(RemovableLock, IsHadByOneAtATimeHoweverOftenItIsRemoved) {
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  const auto work = [&] {
    for (int i = 0; i < 300; ++i) {
      {
        const UniqueFd lock = open_removable_lock(path_, "a test");
        most = std::max(most.load(), ++inside);
        --inside;
      }
      remove_lock(path_);
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(work);
  }
  EXPECT_EQ(most, 1);
}

TEST_F(RemovableLock, IsNotWaitedForBeyondADeadline) {
  UniqueFd lock = open_locked(path_, "a test");
  EXPECT_FALSE(open_locked_by(path_, "a test", Deadline(Milliseconds(0))));
  EXPECT_FALSE(open_locked_by(path_, "a test", Deadline(Milliseconds(50))));
  std::jthread holder([held = std::move(lock)]() mutable { held.reset(); });
  EXPECT_TRUE(open_locked_by(path_, "a test", Deadline(std::chrono::minutes(1))));
}

}  // namespace
}  // namespace hythe
