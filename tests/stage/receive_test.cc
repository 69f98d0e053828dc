// SPDX-License-Identifier: Apache-2.0
#include "pipeline/receive.h"

#include <gtest/gtest.h>

#include "lib/errors.h"
#include "tests/unit/lib/git/git_fixture.h"

namespace hythe {
namespace {

using test::TestRepository;

Oid commit_of(TestRepository& repository, const char* text,
              const std::vector<Oid>& parents = {}) {
  return repository.commit_files({{"file", {"100644", text}}}, parents);
}

Order push_of(const Oid& old, const Oid& commit) {
  return {.kind = Order::Kind::push,
          .app = *AppName::parse("shop"),
          .who = "alice",
          .ref = "refs/heads/main",
          .commit = commit,
          .old = old};
}

std::string refusal(const TestRepository& repository, const Order& order,
                    const std::string& quarantine = {}) {
  try {
    refuse_what_git_would(GitRepository::open(repository.path(), quarantine), order);
  } catch (const PushError& error) {
    return error.what();
  }
  return "";
}

TEST(Receive, LetsAPushPassThatGitWouldTake) {
  TestRepository repository;
  const Oid first = commit_of(repository, "1");
  EXPECT_EQ(refusal(repository, push_of({}, first)), "");
  repository.set_ref("refs/heads/main", first);
  const Oid second = commit_of(repository, "2", {first});
  EXPECT_EQ(refusal(repository, push_of(first, second)), "");
  EXPECT_EQ(refusal(repository, push_of(first, first)), "");
}

TEST(Receive, LetsABranchBeForcedBackwards) {
  TestRepository repository;
  const Oid first = commit_of(repository, "1");
  const Oid second = commit_of(repository, "2", {first});
  repository.set_ref("refs/heads/main", second);
  EXPECT_EQ(refusal(repository, push_of(second, first)), "");
}

TEST(Receive, RefusesAPushThatLostARaceAndNamesBothCommits) {
  TestRepository repository;
  const Oid first = commit_of(repository, "1");
  const Oid theirs = commit_of(repository, "2", {first});
  const Oid mine = commit_of(repository, "3", {first});
  repository.set_ref("refs/heads/main", theirs);
  const std::string message = refusal(repository, push_of(first, mine));
  EXPECT_NE(message.find("stale: main is at " + theirs.short_text()), std::string::npos)
      << message;
  EXPECT_NE(message.find("you had " + first.short_text()), std::string::npos) << message;
}

TEST(Receive, RefusesALieAboutABranchThatDoesNotExist) {
  TestRepository repository;
  const Oid first = commit_of(repository, "1");
  EXPECT_NE(refusal(repository, push_of(first, first)), "");
}

TEST(Receive, RefusesWhatCannotBecomeABranch) {
  TestRepository repository;
  const Oid commit = commit_of(repository, "1");
  const Oid tag =
      repository.object("tag", "object " + commit.text() +
                                   "\ntype commit\ntag v1\ntagger a <a@b> 1 +0000\n\nv1\n");
  EXPECT_NE(refusal(repository, push_of({}, tag)).find("annotated tag"), std::string::npos);
  EXPECT_NE(refusal(repository, push_of({}, repository.blob("x"))).find("not a commit"),
            std::string::npos);
  EXPECT_NE(refusal(repository, push_of({}, *Oid::parse(std::string(40, 'a'))))
                .find("did not arrive"),
            std::string::npos);
}

TEST(Receive, SeesACommitThatIsStillInQuarantine) {
  TestRepository repository;
  const std::string quarantine = repository.quarantine();
  const Oid commit = commit_of(repository, "1");
  EXPECT_NE(refusal(repository, push_of({}, commit)).find("did not arrive"), std::string::npos);
  EXPECT_EQ(refusal(repository, push_of({}, commit), quarantine), "");
}

}  // namespace
}  // namespace hythe
