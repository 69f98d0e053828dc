// SPDX-License-Identifier: Apache-2.0
#include "webhook/forge/timed_child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <stdexcept>

namespace hythe {
namespace {

using testing::HasSubstr;

constexpr Milliseconds kLong = std::chrono::minutes(1);
constexpr Milliseconds kShort{20};

std::string complaint_of(Milliseconds most, const std::function<std::string()>& work) {
  try {
    return "answered: " + run_in_time(most, 1000, work);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

TEST(TimedChild, Answers) {
  EXPECT_EQ(run_in_time(kLong, 1000, [] { return std::string("an answer\n\0x", 12); }),
            std::string("an answer\n\0x", 12));
  EXPECT_EQ(run_in_time(kLong, 1000, [] { return std::string(); }), "");
}

TEST(TimedChild, SaysWhatWentWrongInIt) {
  EXPECT_EQ(complaint_of(kLong, []() -> std::string { throw std::runtime_error("not today"); }),
            "not today");
  EXPECT_EQ(complaint_of(kLong, []() -> std::string { ::_exit(0); }), "answered: ");
  EXPECT_EQ(complaint_of(kLong, []() -> std::string { ::abort(); }), "it crashed");
}

TEST(TimedChild, IsEndedWhateverItIsAt) {
  const auto waits = []() -> std::string {
    for (;;) ::pause();
  };
  const auto computes = []() -> std::string {
    for (volatile bool is_on = true; is_on;) {
    }
    return {};
  };
  EXPECT_THAT(complaint_of(kShort, waits), HasSubstr("no whole answer"));
  EXPECT_THAT(complaint_of(kShort, computes), HasSubstr("no whole answer"));
  EXPECT_EQ(complaint_of(Milliseconds(0), waits), "there is no time left");
  EXPECT_EQ(complaint_of(Milliseconds(-1), waits), "there is no time left");
}

TEST(TimedChild, IsEndedWhenItSaysTooMuch) {
  EXPECT_EQ(complaint_of(kLong, [] { return std::string(1'000'000, 'x'); }),
            "the answer is too large");
}

}  // namespace
}  // namespace hythe
