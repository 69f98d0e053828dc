// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/observation.h"

#include <gtest/gtest.h>

namespace hythe::route_helper {
namespace {

using Answer = Observation::Answer;

const AppName kShop = *AppName::parse("shop");

TEST(Observation, ReadsLaneAndGeneration) {
  const auto seen = parse_observation(
      "HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\nb\n18446744073709551615\nshop\n", kShop);
  EXPECT_EQ(seen.answer, Answer::serves);
  EXPECT_TRUE(seen.sees(Lane::b));
  EXPECT_FALSE(seen.sees(Lane::a));
  EXPECT_TRUE(seen.has_loaded(18446744073709551615U));
  EXPECT_FALSE(seen.has_loaded(0));
}

TEST(Observation, IsNotTakenFromAnotherServer) {
  for (const char* response :
       {"HTTP/1.1 404 Not Found\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nb\n1\nshopping\n",
        "HTTP/1.1 200 OK\r\n\r\nb\n1\n", "HTTP/1.1 200 OK\r\n\r\no\n1\nshop\n",
        "HTTP/1.1 200 OK\r\n\r\nb\n18446744073709551616\nshop\n",
        "HTTP/1.1 200 OK\r\n\r\nb\n1\nshop\nmore\n"}) {
    const auto seen = parse_observation(response, kShop);
    EXPECT_EQ(seen.answer, Answer::other) << response;
    EXPECT_FALSE(seen.sees(Lane::b));
    EXPECT_TRUE(seen.has_loaded(0));
  }
}

TEST(Observation, OfSilenceSaysNothing) {
  const auto seen = parse_observation("", kShop);
  EXPECT_EQ(seen.answer, Answer::no_answer);
  EXPECT_FALSE(seen.has_loaded(0));
  EXPECT_FALSE(seen.has_loaded(1));
}

}  // namespace
}  // namespace hythe::route_helper
