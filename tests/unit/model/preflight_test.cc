// SPDX-License-Identifier: Apache-2.0
#include "model/preflight.h"

#include <gtest/gtest.h>

#include "core/disk_reserve.h"
#include "lib/errors.h"

namespace hythe {
namespace {

constexpr std::uint64_t kMiB = 1ULL << 20U;

struct statvfs disk(std::uint64_t all, std::uint64_t free, std::uint64_t files = 0,
                    std::uint64_t free_files = 0) {
  struct statvfs result = {};
  result.f_frsize = 4096;
  result.f_blocks = all / 4096;
  result.f_bavail = free / 4096;
  result.f_files = files;
  result.f_favail = free_files;
  return result;
}

template <class Check>
std::string refusal(const Check& check) {
  try {
    check();
  } catch (const PushError& error) {
    EXPECT_EQ(error.exit_code(), EX_TEMPFAIL);
    return error.what();
  }
  return "";
}

TEST(Preflight, KeepsThePartOfADiskThatNoBuildMayTake) {
  const auto ask = [](const struct statvfs& asked) {
    return refusal([&] { require_disk("/here", asked); });
  };
  EXPECT_EQ(ask(disk(320 * kMiB, 10 * kMiB)), "");
  const std::string message = ask(disk(320 * kMiB, 9 * kMiB));
  EXPECT_EQ(message.substr(0, message.find('\n')),
            "the disk of '/here' is nearly full: 9.0 MiB are free, and 10.0 MiB are needed");
  EXPECT_NE(message.find("hythe gc"), std::string::npos);
  EXPECT_EQ(ask(disk(1'000'000 * kMiB, 1024 * kMiB)), "") << "1 GiB is enough on any disk";
}

TEST(Preflight, KeepsFilesAsWellWhereTheyAreCounted) {
  const auto ask = [](std::uint64_t files, std::uint64_t free) {
    return refusal([&] { require_disk("/here", disk(320 * kMiB, 100 * kMiB, files, free)); });
  };
  EXPECT_EQ(ask(0, 0), "");
  EXPECT_EQ(ask(3200, 100), "");
  EXPECT_NE(ask(3200, 99).find("can hold 99 more files, and 100 are needed"),
            std::string::npos);
}

TEST(Preflight, NeedsMemoryForTheSmallestBuild) {
  const auto ask = [](std::string_view meminfo) {
    return refusal([&] { require_memory(meminfo); });
  };
  EXPECT_EQ(ask("MemTotal:  8000000 kB\nMemAvailable:     131072 kB\nBuffers: 1 kB\n"), "");
  EXPECT_NE(ask("MemTotal:  8000000 kB\nMemAvailable:      65536 kB\nBuffers: 1 kB\n")
                .find("has 64.0 MiB of memory left"),
            std::string::npos);
  for (const char* odd : {"", "MemAvailable:", "MemAvailable: x kB", "MemAvailable: 1"})
    EXPECT_EQ(ask(odd), "") << "what cannot be told is no reason: " << odd;
}

}  // namespace
}  // namespace hythe
