// SPDX-License-Identifier: Apache-2.0
#include "webhook/listen/event.h"

#include <gtest/gtest.h>

#include "lib/descriptors.h"

namespace hythe {
namespace {

const std::string kCommit = "0123456789abcdef0123456789abcdef01234567";

/// A recorded payload with its blanks filled in.
std::string payload(const std::string& name,
                    std::initializer_list<std::pair<const char*, std::string>> more = {}) {
  std::string text = read_file("tests/forge/payloads/" + name + ".json");
  const auto fill = [&text](std::string_view key, const std::string& value) {
    for (std::size_t at = 0; (at = text.find(key, at)) != std::string::npos; at += value.size())
      text.replace(at, key.size(), value);
  };
  for (const auto& [key, value] : more) fill(key, value);
  fill("REPOSITORY", "acme/shop");
  fill("COMMIT", kCommit);
  fill("BRANCH", "main");
  fill("PUSHED", "1");
  fill("HEAD", "acme/shop");
  return text;
}

TEST(Event, IsAPushAtEitherForge) {
  for (const auto& [forge, name, file] :
       {std::tuple(Forge::github, "push", "github_push"),
        std::tuple(Forge::gitlab, "Push Hook", "gitlab_push")}) {
    const auto event = Event::parse(forge, name, payload(file));
    ASSERT_TRUE(event) << file;
    EXPECT_EQ(event->kind, Event::Kind::push);
    EXPECT_EQ(event->repository, "acme/shop");
    EXPECT_EQ(event->branch, "main");
    EXPECT_EQ(event->commit, kCommit);
  }
}

TEST(Event, IsOfNoBranchWhenThatIsRemovedOrATag) {
  const auto removed = Event::parse(Forge::github, "push",
                                    payload("github_push", {{"COMMIT", std::string(40, '0')}}));
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->branch, "");
  const auto tag = Event::parse(Forge::github, "push",
                                payload("github_push", {{"refs/heads/", "refs/tags/"}}));
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->branch, "");
}

TEST(Event, IsARequestAtEitherForge) {
  const auto pull = Event::parse(Forge::github, "pull_request", payload("github_pull_request"));
  ASSERT_TRUE(pull);
  EXPECT_EQ(pull->kind, Event::Kind::request);
  EXPECT_EQ(pull->request.number, 42U);
  EXPECT_EQ(pull->request.branch, "shelves");
  EXPECT_EQ(pull->request.base, "main");
  EXPECT_EQ(pull->request.commit, kCommit);
  EXPECT_TRUE(pull->request.is_open);
  EXPECT_FALSE(pull->request.is_from_fork);
  const auto merge =
      Event::parse(Forge::gitlab, "Merge Request Hook", payload("gitlab_merge_request"));
  ASSERT_TRUE(merge);
  EXPECT_EQ(merge->request.number, 7U);
  EXPECT_EQ(merge->request.branch, "shelves");
  EXPECT_TRUE(merge->request.is_open);
  EXPECT_FALSE(merge->request.is_from_fork);
}

TEST(Event, SaysWhenARequestIsFromAFork) {
  for (const char* head : {"mallory/shop", ""}) {
    const auto pull = Event::parse(Forge::github, "pull_request",
                                   payload("github_pull_request", {{"HEAD", head}}));
    ASSERT_TRUE(pull);
    EXPECT_TRUE(pull->request.is_from_fork) << head;
  }
  const auto merge =
      Event::parse(Forge::gitlab, "Merge Request Hook",
                   payload("gitlab_merge_request",
                           {{"\"source_project_id\": 15", "\"source_project_id\": 16"}}));
  ASSERT_TRUE(merge);
  EXPECT_TRUE(merge->request.is_from_fork);
}

TEST(Event, IsNoneWhenItIsNotWhatTheForgeDocuments) {
  const auto is_none = [](const char* name, const std::string& body) {
    return !Event::parse(Forge::github, name, body);
  };
  for (const std::string& body :
       {std::string(), std::string("{"), std::string("1"), std::string("null"),
        std::string("[]"), std::string("{}"), std::string("{\"ref\": {}, \"after\": []}"),
        std::string("{\"ref\": \"refs/heads/main\", \"after\": \"main\"}"),
        std::string(100'000, '['), std::string("\xff\xfe{}")})
    EXPECT_TRUE(is_none("push", body)) << body.substr(0, 40);
  for (const char* number : {"0", "-1", "1e99", "99999999999", "\"x\"", "{}"})
    EXPECT_TRUE(is_none("pull_request",
                        payload("github_pull_request",
                                {{"\"number\": 42,\n  \"pull",
                                  std::string("\"number\": ") + number + ",\n  \"pull"}})))
        << number;
}

}  // namespace
}  // namespace hythe
