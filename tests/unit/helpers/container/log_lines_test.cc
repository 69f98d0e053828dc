// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/log_lines.h"

#include <gtest/gtest.h>

namespace hythe::container {
namespace {

constexpr std::int64_t kNow = 1'795'622'597'123;
const std::string kTime = "2026-11-25T16:03:17.123Z ";

TEST(LogLines, HaveTheirTime) {
  EXPECT_EQ(log_time(kNow) + " ", kTime);
  EXPECT_EQ(log_time(0), "1970-01-01T00:00:00.000Z");
}

TEST(LogLines, AreCompletedByWhatComesLater) {
  LogLines lines;
  std::string out;
  lines.add("one\ntw", kNow, out);
  EXPECT_EQ(out, kTime + "one\n");
  lines.add("o\n\n", kNow, out);
  EXPECT_EQ(out, kTime + "one\n" + kTime + "two\n" + kTime + "\n");
}

TEST(LogLines, AreBounded) {
  LogLines lines;
  std::string out;
  const std::string half(LogLines::kMaxLine / 2, 'x');
  for (int i = 0; i < 5; ++i) lines.add(half, kNow, out);
  EXPECT_EQ(out, kTime + half + half + "\n" + kTime + half + half + "\n");
  lines.finish(kNow, out);
  EXPECT_TRUE(out.ends_with(kTime + half + "\n"));
}

TEST(LogLines, PassBytesThroughAsTheyAre) {
  LogLines lines;
  std::string out;
  lines.add(std::string_view("\0\xff\x1b[2J\r\n", 8), kNow, out);
  EXPECT_EQ(out, kTime + std::string("\0\xff\x1b[2J\r\n", 8));
}

TEST(LogLines, EndOnlyOnce) {
  LogLines lines;
  std::string out;
  lines.add("end", kNow, out);
  lines.finish(kNow, out);
  lines.finish(kNow, out);
  EXPECT_EQ(out, kTime + "end\n");
}

}  // namespace
}  // namespace hythe::container
