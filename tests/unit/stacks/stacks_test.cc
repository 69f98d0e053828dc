// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "lib/errors.h"
#include "stacks/bootstrap.h"
#include "stacks/furnish.h"
#include "stacks/inspect.h"
#include "stacks/store.h"
#include "stacks/uses.h"
#include "tests/unit/lib/git/git_fixture.h"

namespace hythe::stacks {
namespace {

TEST(NextVersion, IsAlwaysTheNewest) {
  const auto name = *StackName::parse("x");
  const auto next = [&](std::vector<const char*> existing) {
    std::vector<StackVersion> versions;
    for (const char* text : existing) versions.push_back(*StackVersion::parse(text));
    return std::string(next_version(name, 20261125, versions).view());
  };
  EXPECT_EQ(next({}), "x@20261125");
  EXPECT_EQ(next({"x@20261124.7"}), "x@20261125");
  EXPECT_EQ(next({"x@20261125"}), "x@20261125.2");
  EXPECT_EQ(next({"x@20261125.2", "x@20261125", "x@20261124.9"}), "x@20261125.3");
  EXPECT_EQ(next({"x@20261124", "x@20261125.9", "x@20261125.10"}), "x@20261125.11");
  EXPECT_EQ(next({"x@20270101", "x@20261125.5"}), "x@20270101.2") << "the clock went back";
  EXPECT_THROW((void)next({"x@20261125.999"}), PushError);
}

TEST(StackConfig, IsMadeOfPlainWords) {
  const auto config = StackConfig::parse(
      "suite: trixie\nmirror: https://mirror.example.org:8080/debian\ncomponents: [main, "
      "contrib]\n"
      "packages: [g++, libpcre3, python3.11]\nmax_size: 1 GiB\nmax_entries: 10\n",
      "test");
  const auto command = config.command();
  EXPECT_EQ(command[0], "/usr/bin/mmdebstrap");
  EXPECT_NE(std::find(command.begin(), command.end(), "--include=g++,libpcre3,python3.11"),
            command.end());
  EXPECT_EQ(command[command.size() - 3], "trixie");
  EXPECT_EQ(command[command.size() - 2], "-");
  EXPECT_EQ(config.limits.size, 1ULL << 30U);
  EXPECT_EQ(config.limits.entries, 10U);
  EXPECT_EQ(StackConfig::parse("", "test").suite, "bookworm");
}

TEST(StackConfig, LetsNoWordBeAnOption) {
  for (const char* text :
       {"suite: --hook=x", "suite: ../x", "suite: ''", "suite: a b", "mirror: file:///etc",
        "mirror: '[trusted=yes] http://x'", "mirror: http://x y", "mirror: '-'",
        "packages: ['--x']", "packages: ['a,b']", "packages: ['?essential']", "packages: [a b]",
        "components: ['-x']", "components: []", "max_size: lots", "max_entries: -1", "hook: x"})
    EXPECT_THROW((void)StackConfig::parse(text, "test"), PushError) << text;
}

TEST(Suite, IsAPlainWord) {
  EXPECT_EQ(suite_in("NAME=\"x\"\nVERSION_CODENAME=bookworm\nID=debian\n"), "bookworm");
  EXPECT_EQ(suite_in("ID=\"alpine\"\nVERSION_ID=3.19.1"), "alpine-3.19.1");
  EXPECT_EQ(suite_in(""), "unknown");
  EXPECT_EQ(suite_in("ID=\x1b[2J$(x)\n"), "2Jx");
  EXPECT_EQ(suite_in("ID=" + std::string(500, 'x')).size(), 40U);
}

TEST(RequireHarmless, LooksAtEveryFile) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root has files of root's";
  const test::ScratchDirectory scratch;
  const std::string file = scratch / "a/b/f";
  std::filesystem::create_directories(scratch / "a/b");
  test::spill(file, "x");
  std::filesystem::create_symlink("/etc/shadow", scratch / "a/link");
  const UniqueFd tree = open_file(scratch / ".", O_RDONLY | O_DIRECTORY);
  EXPECT_NO_THROW(require_harmless(tree.get()));
  for (const mode_t mode : {04755U, 02755U, 0666U, 0775U, 01644U}) {
    ASSERT_EQ(::chmod(file.c_str(), mode), 0);
    EXPECT_THROW(require_harmless(tree.get()), PushError) << mode;
  }
  ASSERT_EQ(::chmod(file.c_str(), 0644), 0);
  ASSERT_EQ(::lchown(file.c_str(), 1, 0), 0);
  EXPECT_THROW(require_harmless(tree.get()), PushError);
  ASSERT_EQ(::lchown(file.c_str(), 0, 0), 0);
  EXPECT_NO_THROW(require_harmless(tree.get()));
  ASSERT_EQ(::mkfifo((scratch / "a/fifo").c_str(), 0644), 0);
  EXPECT_THROW(require_harmless(tree.get()), PushError);
}

TEST(Uses, AreNamed) {
  const auto shop = *AppName::parse("shop");
  const auto version = *StackVersion::parse("x@20261125");
  EXPECT_EQ(describe({{shop, "release 3", version}, {shop, "build 7", version}}),
            "release 3 of 'shop', build 7 of 'shop'");
}

}  // namespace
}  // namespace hythe::stacks
