// SPDX-License-Identifier: Apache-2.0
#include "model/limits.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

TEST(Limits, OfAnAppComeBeforeTheHosts) {
  Limits host;
  host.set("build_time", "10m", "hythe.yml");
  const Limits own = host.with({{"image_size", "3 GiB"}, {"build_cpu", "150"}});
  EXPECT_EQ(own.image_size, 3ULL << 30U);
  EXPECT_EQ(own.build_cpu, 150U);
  EXPECT_EQ(own.build_time, std::chrono::minutes(10));
  EXPECT_EQ(host.image_size, 2ULL << 30U);
}

TEST(Limits, CanAllBeReadAndSetByName) {
  const auto all = Limits().all();
  EXPECT_EQ(all.size(), 22U);
  for (const auto& [key, value] : all) {
    Limits limits;
    EXPECT_NO_THROW(
        limits.set(key, key.ends_with("time") || key.ends_with("timeout") ? "7s" : "7", ""));
    EXPECT_NE(limits.all(), all) << key;
  }
}

TEST(Limits, RefuseWhatTheyDoNotKnowByName) {
  Limits limits;
  try {
    limits.set("speed", "1", "hythe.yml");
    FAIL();
  } catch (const PushError& error) {
    EXPECT_NE(std::string(error.what()).find("'hythe.yml': there is no key 'limits.speed'"),
              std::string::npos)
        << error.what();
  }
  for (const char* value : {"", "-1", "x", "1e9", "99999999999999999999"})
    EXPECT_THROW(limits.set("build_pids", value, ""), PushError) << value;
}

}  // namespace
}  // namespace hythe
