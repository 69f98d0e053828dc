// SPDX-License-Identifier: Apache-2.0
#include "inside/build/request.h"

#include <gtest/gtest.h>

namespace hythe::builder {
namespace {

std::optional<Request> parse(std::vector<const char*> words, const char* id = "42-shop") {
  const std::vector<const char*> least = {"id",  id,     "commit", "0123abc",
                                          "app", "shop", "stack",  "debian-12"};
  words.insert(words.begin(), least.begin(), least.end());
  return Request::parse(words);
}

TEST(BuildRequest, IsPairsOfWords) {
  const auto request =
      parse({"stack-for", "=heroku-22", "stack-for", "github.com/x=y", "submodule-base",
             "https://example.org/shop", "memory", "4096", "source-size", "100", "source-files",
             "3", "path-length", "9", "buildpack", "bp", "submodule",
             "0123456789012345678901234567890123456789 a b/c"});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->id, "42-shop");
  EXPECT_EQ(request->commit, "0123abc");
  EXPECT_EQ(request->app, "shop");
  EXPECT_EQ(request->stack, "debian-12");
  EXPECT_EQ(request->stack_names, (Request::Pairs{{"", "heroku-22"}, {"github.com/x", "y"}}));
  EXPECT_EQ(request->submodule_base, "https://example.org/shop");
  EXPECT_EQ(request->memory, 4096U);
  EXPECT_EQ(request->source_size, 100U);
  EXPECT_EQ(request->source_files, 3U);
  EXPECT_EQ(request->path_length, 9U);
  EXPECT_EQ(request->buildpack, "bp");
  ASSERT_EQ(request->submodules.size(), 1U);
  EXPECT_EQ(request->submodules[0].oid, "0123456789012345678901234567890123456789");
  EXPECT_EQ(request->submodules[0].path, "a b/c");
}

TEST(BuildRequest, RefusesAnIdThatWouldNotNameADirectoryOfItsOwn) {
  for (const char* id :
       {"", ".", "..", "a/b", "-a", "A", "a b", "a\n", "cache", "env", "buildpacks",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    EXPECT_FALSE(parse({}, id)) << id;
}

TEST(BuildRequest, RefusesWhatIsMissingTwiceOrMalformed) {
  EXPECT_TRUE(parse({}));
  EXPECT_FALSE(Request::parse({}));
  EXPECT_FALSE(parse({"memory"}));
  EXPECT_FALSE(parse({"host", "A=b"}));
  EXPECT_FALSE(parse({"stack-for", "heroku-22"}));
  EXPECT_FALSE(parse({"app", "other"}));
  EXPECT_FALSE(parse({"no-such-key", "x"}));
  EXPECT_FALSE(parse({"source-size", "-1"}));
  EXPECT_FALSE(parse({"buildpack", "../x"}));
  EXPECT_FALSE(parse({"submodule", "0123 a"}));
  EXPECT_FALSE(parse({"submodule", "0123456789012345678901234567890123456789 ../a"}));
  EXPECT_FALSE(parse({"submodule", "0123456789012345678901234567890123456789 "}));
  const std::vector<const char*> no_app = {"id", "1", "commit", "2", "stack", "3"};
  EXPECT_FALSE(Request::parse(no_app));
}

}  // namespace
}  // namespace hythe::builder
