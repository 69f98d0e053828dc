// SPDX-License-Identifier: Apache-2.0
#include "lib/git/quarantine.h"

#include <signal.h>
#include <sys/wait.h>

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "tests/unit/lib/git/git_fixture.h"

namespace hythe {
namespace {

using test::ScratchDirectory;
using test::TestRepository;

std::string make(const TestRepository& repository, const std::string& name) {
  const std::string directory = repository.path() + "/objects/" + name;
  std::filesystem::create_directories(directory + "/pack");
  test::spill(directory + "/pack/pack-1.pack", "half of it");
  return directory;
}

bool exists(const std::string& path) {
  return std::filesystem::exists(path);
}

/// A process with a directory, as git has; it ends when this object goes.
class Worker {
 public:
  explicit Worker(const std::string& directory) {
    child_ = ::fork();
    if (child_ == 0) {
      if (::chdir(directory.c_str()) != 0) ::_exit(1);
      (void)!::write(ready_.write.get(), "+", 1);
      for (;;) ::pause();
    }
    std::string word;
    (void)read_some(ready_.read.get(), word);
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  [[nodiscard]] pid_t pid() const { return child_; }

 private:
  Pipe ready_ = Pipe::make();
  pid_t child_ = 0;
};

TEST(AbandonedQuarantines, AreRemovedUnderBothOfGitsNames) {
  TestRepository repository;
  const std::string now = make(repository, "tmp_objdir-incoming-AAAAAA");
  const std::string once = make(repository, "incoming-BBBBBB");
  const std::string ours = make(repository, "tmp_objdir-incoming-CCCCCC");
  remove_abandoned_quarantines(repository.path(), ours, {});
  EXPECT_FALSE(exists(now));
  EXPECT_FALSE(exists(once));
  EXPECT_TRUE(exists(ours + "/pack/pack-1.pack"));
}

TEST(AbandonedQuarantines, StayWhileAnotherPushIsUnderWay) {
  TestRepository repository;
  const std::string theirs = make(repository, "tmp_objdir-incoming-AAAAAA");
  {
    const Worker receive_pack(repository.path());
    remove_abandoned_quarantines(repository.path(), "", {});
    EXPECT_TRUE(exists(theirs));
    // The processes of the push that asks are nobody else.
    const pid_t ourselves[] = {receive_pack.pid()};
    const Worker elsewhere(repository.path() + "/objects");
    remove_abandoned_quarantines(repository.path(), theirs, ourselves);
    EXPECT_TRUE(exists(theirs));
  }
  remove_abandoned_quarantines(repository.path(), "", {});
  EXPECT_FALSE(exists(theirs));
}

TEST(AbandonedQuarantines, AreNotMistakenForGitsObjects) {
  TestRepository repository;
  const Oid commit = repository.commit_files({{"file", {"100644", "1"}}});
  remove_abandoned_quarantines(repository.path(), "", {});
  remove_quarantine(repository.path() + "/objects");
  remove_quarantine(repository.path() + "/objects/pack");
  remove_quarantine("");
  EXPECT_EQ(repository.git({"cat-file", "-t", commit.text()}), "commit");
  EXPECT_TRUE(exists(repository.path() + "/objects/pack"));
}

TEST(AbandonedQuarantines, AreNotFollowedThroughALink) {
  TestRepository repository;
  const ScratchDirectory elsewhere;
  test::spill(elsewhere / "precious", "");
  const std::string link = repository.path() + "/objects/tmp_objdir-incoming-AAAAAA";
  std::filesystem::create_directory_symlink(elsewhere / ".", link);
  remove_abandoned_quarantines(repository.path(), "", {});
  remove_quarantine(link);
  EXPECT_TRUE(exists(elsewhere / "precious"));
}

}  // namespace
}  // namespace hythe
