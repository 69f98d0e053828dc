// SPDX-License-Identifier: Apache-2.0
#include "model/container/response_log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

namespace hythe {
namespace {

class ResponseLogTest : public testing::Test {
 protected:
  ResponseLogTest() { std::remove(path.c_str()); }
  ~ResponseLogTest() override { std::remove(path.c_str()); }

  void write(const std::string& text) const { std::ofstream(path, std::ios::app) << text; }
  [[nodiscard]] Responses since(int seconds) const {
    return responses_since(path, shop, Lane::b, std::chrono::seconds(seconds));
  }

  const AppName shop = *AppName::parse("shop");
  const std::string path = testing::TempDir() + "responses." + std::to_string(::getpid());
};

TEST_F(ResponseLogTest, CountsThoseOfOneLaneSinceAMoment) {
  write(
      "999.100 shop-b 500\n1000.200 shop-a 500\n1000.300 shop-b 200\n"
      "1001.000 workshop-b 500\n1002.000 shop-b 502\n");
  EXPECT_EQ(since(1000).all, 2U);
  EXPECT_EQ(since(1000).failed, 1U);
  EXPECT_EQ(since(1000).describe(), "1 of 2 responses were 5xx");
  EXPECT_EQ(since(1003).all, 0U);
}

TEST_F(ResponseLogTest, IsReadBackwardsAcrossItsBlocks) {
  for (int i = 0; i < 150'000; ++i)
    write(std::to_string(i) + ".5 shop-b 20" + (i % 2 ? "0\n" : "4\n"));
  EXPECT_EQ(since(0).all, 150'000U);
  EXPECT_EQ(since(149'000).all, 1000U);
}

TEST_F(ResponseLogTest, OfNoLogHasNone) {
  EXPECT_EQ(since(0).all, 0U);
  EXPECT_EQ(ResponseCounter(path, shop, Lane::b).read().all, 0U);
}

TEST_F(ResponseLogTest, IsCountedAsItGrows) {
  write("1000.000 shop-b 200\n");
  ResponseCounter counter(path, shop, Lane::b);
  EXPECT_EQ(counter.read().all, 0U);
  write("1001.000 shop-b 503\n1001.000 sho");
  EXPECT_EQ(counter.read().failed, 1U);
  write("p-b 200\nnonsense\n\n");
  EXPECT_EQ(counter.read().all, 2U);
}

TEST_F(ResponseLogTest, MayBeCutMeanwhile) {
  write("1000.000 shop-b 200\n1000.000 shop-b 200\n");
  ResponseCounter counter(path, shop, Lane::b);
  ASSERT_EQ(::truncate(path.c_str(), 0), 0);
  write("1001.000 shop-b 200\n");
  EXPECT_EQ(counter.read().all, 1U);
}

TEST(Responses, SayNothingWhenThereAreFew) {
  EXPECT_FALSE((Responses{.all = 19, .failed = 19}).exceed(5));
  EXPECT_TRUE((Responses{.all = 20, .failed = 2}).exceed(5));
  EXPECT_FALSE((Responses{.all = 20, .failed = 1}).exceed(5));
  EXPECT_FALSE((Responses{.all = 20, .failed = 20}).exceed(100));
}

TEST(Responses, AreTooBadWhenTheShareOfFailuresIs) {
  const Responses sick{.all = 40, .failed = 4};
  EXPECT_TRUE(sick.are_too_bad_after({}, 5));
  EXPECT_TRUE(sick.are_too_bad_after({.all = 40, .failed = 2}, 5));
  EXPECT_FALSE(sick.are_too_bad_after({.all = 40, .failed = 3}, 5)) << "it was as bad before";
  EXPECT_FALSE(sick.are_too_bad_after({}, 10));
}

TEST(Responses, AreTooBadWhenTheyAreFewAndAllAreFailures) {
  const Responses dead{.all = 5, .failed = 5};
  EXPECT_TRUE(dead.are_too_bad_after({}, 5));
  EXPECT_TRUE(dead.are_too_bad_after({.all = 6, .failed = 5}, 5));
  EXPECT_TRUE(dead.are_too_bad_after({.all = 4, .failed = 4}, 5)) << "too few to say so";
  EXPECT_FALSE(dead.are_too_bad_after({.all = 5, .failed = 5}, 5)) << "it was as bad before";
  EXPECT_FALSE(
      (Responses{.all = 24, .failed = 24}).are_too_bad_after({.all = 9, .failed = 9}, 5));
  EXPECT_FALSE(dead.are_too_bad_after({}, 100)) << "errors are not watched";
  EXPECT_FALSE((Responses{.all = 4, .failed = 4}).are_too_bad_after({}, 5));
  EXPECT_FALSE((Responses{.all = 19, .failed = 18}).are_too_bad_after({}, 5));
}

}  // namespace
}  // namespace hythe
