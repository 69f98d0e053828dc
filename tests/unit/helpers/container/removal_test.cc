// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/removal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "core/unique_fd.h"

namespace hythe::container {
namespace {

class Removal : public testing::Test {
 protected:
  Removal() {
    char name[] = "/tmp/removal-test-XXXXXX";
    path_ = ::mkdtemp(name);
    directory_.reset(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  ~Removal() override { ::rmdir(path_.c_str()); }

  void make(const std::string& name) {
    const UniqueFd file(
        ::openat(directory_.get(), name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    EXPECT_TRUE(file) << name;
  }
  void make_directory(const std::string& name) {
    EXPECT_EQ(::mkdirat(directory_.get(), name.c_str(), 0700), 0) << name;
  }
  bool exists(const std::string& name) {
    return ::faccessat(directory_.get(), name.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0;
  }

  std::string path_;
  UniqueFd directory_;
};

TEST_F(Removal, TakesTreesAndFilesAndNothing) {
  make_directory("tree");
  make_directory("tree/a");
  make("tree/a/file");
  make("tree/file");
  make("file");
  EXPECT_TRUE(remove_own(directory_.get(), "tree"));
  EXPECT_TRUE(remove_own(directory_.get(), "file"));
  EXPECT_TRUE(remove_own(directory_.get(), "nothing"));
  EXPECT_FALSE(exists("tree"));
}

TEST_F(Removal, FollowsNoLink) {
  make_directory("kept");
  make("kept/file");
  make_directory("tree");
  EXPECT_EQ(::symlinkat((path_ + "/kept").c_str(), directory_.get(), "tree/link"), 0);
  EXPECT_EQ(::symlinkat("tree", directory_.get(), "link"), 0);
  EXPECT_TRUE(remove_own(directory_.get(), "link"));
  EXPECT_TRUE(exists("tree"));
  EXPECT_TRUE(remove_own(directory_.get(), "tree"));
  EXPECT_TRUE(exists("kept/file"));
  EXPECT_TRUE(remove_own(directory_.get(), "kept"));
}

TEST_F(Removal, ReachesAnyDepth) {
  make_directory("deep");
  UniqueFd here(::openat(directory_.get(), "deep", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(::mkdirat(here.get(), "d", 0700), 0);
    here.reset(::openat(here.get(), "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  EXPECT_TRUE(remove_own(directory_.get(), "deep"));
}

TEST_F(Removal, OfAnAppsTreeIsDoneAsTheApp) {
  if (::getuid() != 0) GTEST_SKIP() << "needs root";
  const Slot slot{499};
  make_directory("tree");
  make_directory("tree/a");
  make("tree/a/file");
  make_directory("tree/roots");
  make("tree/roots/file");
  for (const char* name : {"tree", "tree/a", "tree/a/file"})
    EXPECT_EQ(::fchownat(directory_.get(), name, slot.uid(), slot.uid(), 0), 0);
  EXPECT_EQ(::fchmodat(directory_.get(), "tree/a", 0, 0), 0);  // it has locked itself out
  EXPECT_FALSE(remove_as(slot, directory_.get(), "tree"));
  EXPECT_FALSE(exists("tree/a"));
  EXPECT_TRUE(exists("tree/roots/file")) << "was removed with root's rights";
  EXPECT_TRUE(remove_own(directory_.get(), "tree"));
}

}  // namespace
}  // namespace hythe::container
