// SPDX-License-Identifier: Apache-2.0
#include "inside/build/request.h"

#include <gtest/gtest.h>

namespace hythe::builder {
namespace {

std::optional<Request> parse(const std::vector<const char*>& words) {
  return Request::parse(words);
}

TEST(BuildRequest, HasFourWordsAndThenVariables) {
  const auto request = parse({"42-shop", "0123abc", "shop", "debian-12", "A=b=c", "B="});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->id, "42-shop");
  EXPECT_EQ(request->source_version, "0123abc");
  EXPECT_EQ(request->app, "shop");
  EXPECT_EQ(request->stack, "debian-12");
  using Variables = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(request->host_variables, (Variables{{"A", "b=c"}, {"B", ""}}));
}

TEST(BuildRequest, RefusesAnIdThatWouldNotNameADirectoryOfItsOwn) {
  for (const char* id :
       {"", ".", "..", "a/b", "-a", "A", "a b", "a\n", "cache", "env", "buildpacks",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    EXPECT_FALSE(parse({id, "0123abc", "shop", "debian-12"})) << id;
}

TEST(BuildRequest, RefusesTooFewWordsAndWhatIsNoVariable) {
  EXPECT_FALSE(parse({}));
  EXPECT_FALSE(parse({"42", "0123abc", "shop"}));
  EXPECT_FALSE(parse({"42", "0123abc", "shop", "debian-12", "A"}));
  EXPECT_FALSE(parse({"42", "0123abc", "shop", "debian-12", "=b"}));
}

}  // namespace
}  // namespace hythe::builder
