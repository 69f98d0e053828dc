// SPDX-License-Identifier: Apache-2.0
#include "stacks/unpack.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "lib/errors.h"
#include "stacks/tree.h"
#include "tests/unit/lib/archive/archive_fixture.h"
#include "tests/unit/lib/git/git_fixture.h"

namespace hythe::stacks {
namespace {

namespace fs = std::filesystem;

using test::Member;

class UnpackerTest : public testing::Test {
 protected:
  UnpackerTest() {
    fs::create_directory(tree_);
    fs::create_directory(scratch_ / "outside");
    fs::create_directory(scratch_ / "outside/d");
  }

  std::string tar(const std::vector<Member>& members) {
    const std::string path = scratch_ / ("archive" + std::to_string(count_++));
    test::write_archive(path, members);
    return path;
  }

  Unpacked unpack(const std::vector<std::vector<Member>>& layers, const Limits& limits = {}) {
    const UniqueFd root = open_file(tree_, O_RDONLY | O_DIRECTORY);
    Unpacker unpacker(root.get(), limits);
    for (const auto& layer : layers) {
      const UniqueFd archive = open_file(tar(layer), O_RDONLY);
      if (&layer != &layers.front()) unpacker.take_away(archive.get());
      ::lseek(archive.get(), 0, SEEK_SET);
      unpacker.add(archive.get());
    }
    return unpacker.result();
  }
  bool is_there(const std::string& path) {
    return fs::symlink_status(tree_ + "/" + path).type() != fs::file_type::not_found;
  }
  std::string text(const std::string& path) { return test::slurp(tree_ + "/" + path); }
  unsigned mode(const std::string& path) {
    struct stat status = {};
    EXPECT_EQ(::lstat((tree_ + "/" + path).c_str(), &status), 0) << path;
    return status.st_mode & 07777U;
  }
  void expect_nothing_outside() {
    std::size_t found = 0;
    for (const auto& entry : fs::recursive_directory_iterator(scratch_ / "outside"))
      found += entry.exists() ? 1U : 0U;
    EXPECT_EQ(found, 1U);
    EXPECT_FALSE(fs::exists(scratch_ / "x"));
  }
  void expect_refused(const std::vector<Member>& members, const std::string& why,
                      const Limits& limits = {}) {
    try {
      (void)unpack({members}, limits);
      FAIL() << why;
    } catch (const PushError& error) {
      EXPECT_NE(std::string(error.what()).find(why), std::string::npos) << error.what();
    }
    expect_nothing_outside();
  }

  test::ScratchDirectory scratch_;
  std::string tree_ = scratch_ / "tree";
  int count_ = 0;
};

TEST_F(UnpackerTest, MakesWhatIsInTheArchive) {
  const auto result = unpack({{{"./", AE_IFDIR},
                               {"./usr/", AE_IFDIR, "", "", "", 0755},
                               {"./usr/bin/tool", AE_IFREG, "#!", "", "", 0755},
                               {"bin", AE_IFLNK, "", "usr/bin"},
                               {"usr/bin/same", AE_IFREG, "", "", "./usr/bin/tool"},
                               {"a//b/./c", AE_IFREG, "deep"},
                               {"\xc3\xa9/\xff", AE_IFREG, "bytes"}}});
  EXPECT_EQ(text("bin/same"), "#!");
  EXPECT_EQ(mode("usr/bin/tool"), 0755U);
  EXPECT_EQ(text("a/b/c"), "deep");
  EXPECT_EQ(text("\xc3\xa9/\xff"), "bytes");
  EXPECT_EQ(result.size, 2U + 4U + 5U);
  EXPECT_EQ(result.entries, 7U);
}

TEST_F(UnpackerTest, RefusesNamesThatLeadElsewhere) {
  for (const char* path : {"../x", "a/../../x", "..", "a/..", "./../x"})
    expect_refused({{path, AE_IFREG, "x"}}, "leads out");
  expect_refused({{"/x", AE_IFREG, "x"}}, "absolute");
  expect_refused({{(scratch_ / "outside/x").c_str(), AE_IFREG, "x"}}, "absolute");
  expect_refused({{"x", AE_IFREG, "", "", "../outside/d"}}, "leads out");
  expect_refused({{"x", AE_IFREG, "", "", "/etc/passwd"}}, "absolute");
  expect_refused({{"x", AE_IFREG, "", "", "not/there"}}, "not in it");
}

TEST_F(UnpackerTest, FollowsLinksInsideOnly) {
  const std::string outside = scratch_ / "outside";
  unpack({{{"up", AE_IFLNK, "", "../outside/d"},
           {"up/x", AE_IFREG, "one"},
           {"far", AE_IFLNK, "", "../../../../../../../../../../../../tmp"},
           {"far/x", AE_IFREG, "two"},
           {"abs", AE_IFLNK, "", outside},
           {"abs/x", AE_IFREG, "three"},
           {"abs/y", AE_IFREG, "", "", "abs/x"}}});
  EXPECT_EQ(text("outside/d/x"), "one");
  EXPECT_EQ(text("tmp/x"), "two");
  EXPECT_EQ(test::slurp(tree_ + outside + "/y"), "three");
  expect_nothing_outside();
}

TEST_F(UnpackerTest, ReplacesALinkRatherThanWritingThroughIt) {
  unpack({{{"x", AE_IFLNK, "", (scratch_ / "outside/new").c_str()}, {"x", AE_IFREG, "mine"}}});
  EXPECT_EQ(text("x"), "mine");
  EXPECT_FALSE(fs::is_symlink(tree_ + "/x"));
  unpack({{{"l", AE_IFLNK, "", (scratch_ / "outside/d").c_str()},
           {"l", AE_IFDIR, "", "", "", 0777}}});
  EXPECT_TRUE(fs::is_directory(fs::symlink_status(tree_ + "/l")));
  // A hard link to a link is that link, not what it leads to.
  unpack({{{"s", AE_IFLNK, "", "/etc/passwd"}, {"h", AE_IFREG, "", "", "s"}}});
  EXPECT_TRUE(fs::is_symlink(tree_ + "/h"));
  expect_nothing_outside();
}

TEST_F(UnpackerTest, RefusesLinksThatGoNowhere) {
  expect_refused({{"a", AE_IFLNK, "", "b"}, {"b", AE_IFLNK, "", "a"}, {"a/x", AE_IFREG}},
                 "too many links");
  expect_refused({{"f", AE_IFREG, "x"}, {"f/x", AE_IFREG}}, "through a file");
  expect_refused({{"d", AE_IFDIR}, {"h", AE_IFREG, "", "", "d"}}, "a directory");
}

TEST_F(UnpackerTest, MakesNothingThatGivesPower) {
  const auto result = unpack({{{"su", AE_IFREG, "x", "", "", 06777},
                               {"d", AE_IFDIR, "", "", "", 07777},
                               {"shut", AE_IFDIR, "", "", "", 0},
                               {"shut/f", AE_IFREG, "x", "", "", 0},
                               {"dev/sda", AE_IFBLK},
                               {"dev/mem", AE_IFCHR},
                               {"dev/pipe", AE_IFIFO}}});
  EXPECT_EQ(mode("su"), 0755U);
  EXPECT_EQ(mode("d"), 0755U);
  EXPECT_EQ(mode("shut"), 0700U);
  EXPECT_EQ(mode("shut/f"), 0400U);
  EXPECT_FALSE(is_there("dev/sda"));
  EXPECT_FALSE(is_there("dev/mem"));
  EXPECT_FALSE(is_there("dev/pipe"));
  EXPECT_EQ(result.left_out, 3U);
}

TEST_F(UnpackerTest, HasLimits) {
  expect_refused(
      {{"a", AE_IFREG, std::string(600, 'x')}, {"b", AE_IFREG, std::string(600, 'x')}},
      "more than", {.size = 1000});
  expect_refused({{"a"}, {"b"}, {"c"}}, "entries", {.entries = 2});
  std::string deep;
  for (std::size_t i = 0; i <= Limits::kDepth; ++i) deep += "d/";
  expect_refused({{deep + "x"}}, "too deep");
  // Nor by way of links that lead deeper each time.
  std::vector<Member> ladder = {{deep.substr(0, 120) + "l", AE_IFLNK, "", deep.substr(0, 120)}};
  ladder.push_back({deep.substr(0, 120) + "l/" + deep.substr(0, 120) + "x"});
  expect_refused(ladder, "too deep");
  expect_refused({{std::string(300, 'n')}}, "too long a name");
  std::string path;
  for (int i = 0; i < 60; ++i) path += std::string(100, 'p') + "/";
  expect_refused({{path}}, "too long a name");
}

TEST_F(UnpackerTest, LetsTheLastOfANameWin) {
  unpack({{{"x", AE_IFREG, "one"},
           {"x", AE_IFDIR},
           {"x/y", AE_IFREG, "two"},
           {"x", AE_IFREG, "three"}}});
  EXPECT_EQ(text("x"), "three");
  unpack({{{"k", AE_IFREG, "kept"}, {"k", AE_IFREG, "", "", "k"}}});
  EXPECT_EQ(text("k"), "kept");
}

TEST_F(UnpackerTest, HidesWhatIsBelowALayerOnly) {
  unpack({{{"d/old", AE_IFREG, "1"},
           {"d/other", AE_IFREG, "1"},
           {"gone/x", AE_IFREG, "1"},
           {"o/a/b", AE_IFREG, "1"}},
          {{"o/new", AE_IFREG, "2"},
           {"o/.wh..wh..opq"},
           {"d/.wh.old"},
           {"d/.wh.never"},
           {".wh.gone"},
           {"d/old2", AE_IFREG, "2"},
           {"no/.wh.x"}}});
  EXPECT_FALSE(is_there("d/old"));
  EXPECT_TRUE(is_there("d/other"));
  EXPECT_FALSE(is_there("gone"));
  EXPECT_FALSE(is_there("o/a"));
  EXPECT_EQ(text("o/new"), "2");
  EXPECT_FALSE(is_there("o/.wh..wh..opq"));
  EXPECT_FALSE(is_there("no"));
}

TEST_F(UnpackerTest, HidesNothingOutside) {
  std::vector<Member> below = {{"d", AE_IFLNK, "", scratch_ / "outside"},
                               {"keep", AE_IFREG, "x"}};
  unpack({below, {{"d/.wh.d"}, {"d/.wh..wh..opq"}}});
  expect_nothing_outside();
  for (const char* path : {".wh.", ".wh..", ".wh...", "../.wh.outside", "/.wh.keep"})
    EXPECT_THROW(unpack({below, {{path}}}), PushError) << path;
  EXPECT_TRUE(is_there("keep"));
  expect_nothing_outside();
}

TEST_F(UnpackerTest, ReadsNothingButTars) {
  for (const std::string& bytes :
       {std::string(), std::string("no archive"), std::string(1024, 'x'),
        std::string("\x1f\x8b\x08garbage")}) {
    const std::string path = scratch_ / "odd";
    test::spill(path, bytes);
    const UniqueFd root = open_file(tree_, O_RDONLY | O_DIRECTORY);
    const UniqueFd archive = open_file(path, O_RDONLY);
    Unpacker unpacker(root.get(), {});
    EXPECT_THROW(unpacker.add(archive.get()), PushError) << bytes.size();
  }
  const std::string whole = tar({{"x", AE_IFREG, std::string(100'000, 'x')}});
  ASSERT_EQ(::truncate(whole.c_str(), 50'000), 0);
  const UniqueFd root = open_file(tree_, O_RDONLY | O_DIRECTORY);
  const UniqueFd archive = open_file(whole, O_RDONLY);
  Unpacker unpacker(root.get(), {});
  EXPECT_THROW(unpacker.add(archive.get()), PushError) << "cut off";
}

}  // namespace
}  // namespace hythe::stacks
