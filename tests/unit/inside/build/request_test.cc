// SPDX-License-Identifier: Apache-2.0
#include "inside/build/request.h"

#include <gtest/gtest.h>

namespace hythe::builder {
namespace {

std::optional<Request> parse(std::vector<const char*> words, const char* id = "42-shop") {
  const std::vector<const char*> least = {"id",  id,     "commit", "0123abc",
                                          "app", "shop", "stack",  "debian-12"};
  words.insert(words.begin(), least.begin(), least.end());
  static constexpr const char* kNoVariables[] = {nullptr};
  return Request::parse(words, kNoVariables);
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

TEST(BuildRequest, UsesAndKeepsTheCacheUnlessToldNotTo) {
  const auto usual = parse({});
  EXPECT_TRUE(usual->uses_last_cache && usual->keeps_cache);
  const auto request = parse({"cache-from", "none", "buildpack-url", "nodejs"});
  ASSERT_TRUE(request);
  EXPECT_FALSE(request->uses_last_cache);
  EXPECT_TRUE(request->keeps_cache);
  EXPECT_EQ(request->buildpack_url, "nodejs");
  EXPECT_FALSE(parse({"cache-to", "none"})->keeps_cache);
  EXPECT_FALSE(parse({"cache-to", "/etc"}));
}

TEST(BuildRequest, RefusesAnIdThatWouldNotNameADirectoryOfItsOwn) {
  for (const char* id :
       {"", ".", "..", "a/b", "-a", "A", "a b", "a\n", "cache", "env", "buildpacks",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    EXPECT_FALSE(parse({}, id)) << id;
}

TEST(BuildRequest, RefusesWhatIsMissingTwiceOrMalformed) {
  EXPECT_TRUE(parse({}));
  static constexpr const char* kNoVariables[] = {nullptr};
  EXPECT_FALSE(Request::parse({}, kNoVariables));
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
  EXPECT_FALSE(Request::parse(no_app, kNoVariables));
}

TEST(BuildRequest, TakesWordsThatMayHoldSecretsFromTheEnvironment) {
  const std::vector<const char*> words = {"id", "1", "commit", "2", "app", "3", "stack", "4"};
  const char* const variables[] = {
      "WORD=x", "HYTHE_WORD_buildpack-url=https://user:a=b@example.org/x.tgz", "HYTHE_HOST_X=y",
      "HYTHE_WORD_submodule-base=https://example.org", nullptr};
  const auto request = Request::parse(words, variables);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->buildpack_url, "https://user:a=b@example.org/x.tgz");
  EXPECT_EQ(request->submodule_base, "https://example.org");
  for (const char* bad : {"HYTHE_WORD_none=x", "HYTHE_WORD_memory", "HYTHE_WORD_app=other"}) {
    const char* const one[] = {bad, nullptr};
    EXPECT_FALSE(Request::parse(words, one)) << bad;
  }
}

}  // namespace
}  // namespace hythe::builder
