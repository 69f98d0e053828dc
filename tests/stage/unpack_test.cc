// SPDX-License-Identifier: Apache-2.0
#include "pipeline/unpack.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <random>
#include <thread>

#include "lib/process/cancelled.h"
#include "tests/unit/lib/git/git_fixture.h"

namespace hythe {
namespace {

using test::TestRepository;
using Files = TestRepository::Files;

constexpr SourceLimits kRoomy = {.bytes = 1U << 30U, .files = 10'000, .path_length = 4096};

std::string refusal(const TestRepository& made, const Oid& commit,
                    SourceLimits limits = kRoomy) {
  try {
    (void)unpack(GitRepository::open(made.path()), commit, limits);
  } catch (const PushError& error) {
    return error.what();
  }
  return "nothing was refused";
}

void expect_refusal(const TestRepository& made, const Oid& commit, std::string_view words,
                    SourceLimits limits = kRoomy) {
  const std::string message = refusal(made, commit, limits);
  EXPECT_NE(message.find(words), std::string::npos) << message << "\nlacks: " << words;
}

std::string tar_of(const SourceTree& source, const TestRepository& made) {
  const std::string path = made.scratch() / "source.tar";
  const UniqueFd fd = open_file(path, O_WRONLY | O_CREAT | O_TRUNC);
  source.write_tar(fd.get());
  return path;
}

/// What GNU tar makes of it, in the form in which it was committed.
Files deployed(const TestRepository& made, const Oid& commit,
               const std::string& quarantine = {}) {
  const auto source = unpack(GitRepository::open(made.path(), quarantine), commit, kRoomy);
  const std::string tar = tar_of(source, made);
  const std::string root = made.scratch() / "root";
  std::filesystem::remove_all(root);
  std::filesystem::create_directory(root);
  if (!Child::start({.argv = {"/usr/bin/tar", "-x", "--no-same-owner", "-f", tar, "-C", root}})
           .wait()
           .is_success())
    throw std::runtime_error("tar cannot extract the source");
  Files files;
  for (const auto& found : std::filesystem::recursive_directory_iterator(root)) {
    const std::string path = found.path().string().substr(root.size() + 1);
    if (found.is_symlink())
      files[path] = {"120000", std::filesystem::read_symlink(found.path()).string()};
    else if (found.is_regular_file()) {
      struct stat status;
      EXPECT_EQ(::stat(found.path().c_str(), &status), 0);
      EXPECT_EQ(status.st_mtime, 1'700'000'000) << path;
      const unsigned mode = status.st_mode & 07777U;
      EXPECT_TRUE(mode == 0644 || mode == 0755) << path << ": " << mode;
      files[path] = {mode == 0755 ? "100755" : "100644", test::slurp(found.path())};
    }
  }
  return files;
}

TEST(Unpack, DeploysExactlyTheBytesThatWereCommitted) {
  TestRepository made;
  const std::string deep = [] {
    std::string path;
    for (int i = 0; i < 100; ++i) path += "directory-" + std::to_string(i) + '/';
    return path + "file";
  }();
  const Files files = {
      {"Procfile", {"100644", "web: bin/web\n"}},
      {"bin/web", {"100755", "#!/bin/sh\n"}},
      {"bin/current", {"120000", "web"}},
      {"bin/away", {"120000", "../../../etc/passwd"}},
      {"bin/dangling", {"120000", "/no\nwhere/\xff"}},
      {"empty", {"100644", ""}},
      {"nul", {"100644", std::string("a\0b\r\n", 5)}},
      {"-rf", {"100644", "an option?"}},
      {"a\nnewline", {"100644", "1"}},
      {"\xff\xfe latin \xe9", {"100644", "2"}},
      {"\x1b[2Jescape", {"100644", "3"}},
      {"ünïcödé/日本", {"100644", "4"}},
      {"A", {"100644", "upper"}},
      {"a", {"100644", "lower"}},
      {"back\\slash", {"100644", "5"}},
      {"C:stream", {"100644", "6"}},
      {" ", {"100644", "7"}},
      {deep, {"100644", "deep"}},
      {std::string(255, 'l'), {"100644", "long"}},
      {"exactly-100-bytes/" + std::string(82, 'x'), {"100755", "100"}},
  };
  const Oid commit = made.commit_files(files);
  EXPECT_EQ(deployed(made, commit), files);
}

TEST(Unpack, NeverConsultsAttributes) {
  TestRepository made;
  const Files files = {
      {".gitattributes",
       {"100644",
        "secret export-ignore\nstamp export-subst ident\n*.txt text eol=lf\n*.bat eol=crlf\n"
        "*.utf working-tree-encoding=UTF-16\n*.bin filter=evil\n"}},
      {"secret", {"100644", "still here"}},
      {"stamp", {"100644", "$Format:%H %an$ $Id$\n"}},
      {"dos.txt", {"100644", "one\r\ntwo\r\n"}},
      {"unix.bat", {"100644", "one\ntwo\n"}},
      {"text.utf", {"100644", "plain\n"}},
      {"x.bin", {"100644", "plain\n"}},
      {"sub/.gitattributes", {"100644", "* export-ignore\n"}},
      {"sub/kept", {"100644", "kept"}},
      {".gitignore", {"100644", "*\n"}},
  };
  const Oid commit = made.commit_files(files);
  made.git({"config", "filter.evil.smudge", "sh -c 'echo changed'"});
  EXPECT_EQ(deployed(made, commit), files);
}

TEST(Unpack, ReadsAPushThatIsStillInQuarantine) {
  TestRepository made;
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "line " + std::to_string(i) + '\n';
  const Oid old_commit =
      made.commit_files({{"file", {"100644", text}}, {"kept", {"100644", "k"}}});
  made.set_ref("refs/heads/main", old_commit);
  TestRepository client("client.git");
  client.git({"fetch", "-q", made.path(), "main"});
  const Files files = {{"file", {"100644", text + "more\n"}},
                       {"kept", {"100644", "k"}},
                       {"new", {"100755", "n"}}};
  const Oid new_commit = client.commit_files(files, {old_commit});
  const std::string pack = client.git({"pack-objects", "--thin", "--stdout", "--revs", "-q"},
                                      new_commit.text() + "\n^" + old_commit.text() + '\n');
  expect_refusal(made, new_commit, "is not in the repository");
  const std::string quarantine = made.quarantine();
  made.git({"index-pack", "--stdin", "--fix-thin"}, pack);
  EXPECT_EQ(deployed(made, new_commit, quarantine), files);
}

TEST(Unpack, GivesTheSameTarEveryTime) {
  TestRepository made;
  const Oid commit = made.commit_files(
      {{"b", {"100644", "1"}}, {"a/" + std::string(200, 'x'), {"100755", "2"}}});
  const auto once =
      test::slurp(tar_of(unpack(GitRepository::open(made.path()), commit, kRoomy), made));
  made.set_ref("refs/heads/main", commit);
  made.git({"repack", "-adq"});
  EXPECT_EQ(test::slurp(tar_of(unpack(GitRepository::open(made.path()), commit, kRoomy), made)),
            once);
}

TEST(Unpack, SaysHowMuchItHas) {
  TestRepository made;
  const Oid commit =
      made.commit_files({{"a", {"100644", "12345"}}, {"d/b", {"120000", "123"}}});
  const auto source = unpack(GitRepository::open(made.path()), commit, kRoomy);
  EXPECT_EQ(source.bytes(), 8U);
  EXPECT_EQ(source.files(), 2U);
}

TEST(Unpack, LetsTheLimitItselfPassAndRefusesOneMore) {
  TestRepository made;
  const Oid commit = made.commit_files(
      {{"d/aa", {"100644", "12345"}}, {"d/bb", {"100644", "123"}}, {"e/cc", {"120000", "aa"}}});
  const SourceLimits exact = {.bytes = 10, .files = 3, .path_length = 4};
  EXPECT_EQ(unpack(GitRepository::open(made.path()), commit, exact).files(), 3U);

  SourceLimits less = exact;
  less.bytes = 9;
  expect_refusal(made, commit, "the source is 10 bytes, the limit is 9 bytes\n", less);
  expect_refusal(made, commit, "raise it on the host: hythe limits APP source_size=…", less);
  less = exact;
  less.files = 2;
  expect_refusal(made, commit, "more than 2 files\n", less);
  expect_refusal(made, commit, "raise it on the host: hythe limits APP source_files=…", less);
  less = exact;
  less.path_length = 3;
  expect_refusal(made, commit, "a path is 4 bytes long, the limit is 3: 'd/aa'\n", less);
  expect_refusal(made, commit, "raise it on the host: hythe limits APP path_length=…", less);
}

TEST(Unpack, SaysSizesAsPeopleDo) {
  TestRepository made;
  const Oid commit = made.commit_files({{"large", {"100644", std::string(3U << 20U, 'x')}}});
  expect_refusal(made, commit, "the source is 3.0 MiB, the limit is 2.0 MiB\n",
                 {.bytes = 2U << 20U, .files = 10, .path_length = 100});
}

TEST(Unpack, StopsEarlyAtATreeOfBillionsOfFiles) {
  TestRepository made;
  for (const bool has_files : {true, false}) {
    Oid tree = has_files ? made.tree({{"100644", "f", made.blob("x")}}) : made.tree({});
    for (int level = 0; level < 10; ++level) {
      std::vector<TestRepository::Entry> ten;
      for (char name = '0'; name <= '9'; ++name) ten.push_back({"40000", {name}, tree});
      tree = made.tree(ten);
    }
    expect_refusal(made, made.commit(tree), "more than 10000 ");
  }
}

TEST(Unpack, StopsEarlyAtATreeOfGreatDepth) {
  TestRepository made;
  Oid tree = made.tree({{"100644", "f", made.blob("x")}});
  for (int level = 0; level < 60; ++level) tree = made.tree({{"40000", "d", tree}});
  const Oid commit = made.commit(tree);
  expect_refusal(made, commit, "a path is 101 bytes long, the limit is 100: 'd/d/d",
                 {.bytes = 100, .files = 100, .path_length = 100});
  EXPECT_EQ(deployed(made, commit).size(), 1U);
}

TEST(Unpack, NamesSubmodulesAndLeavesThemToTheBuild) {
  TestRepository made;
  const Oid elsewhere = *Oid::parse(std::string(40, 'e'));
  const Oid file = made.blob("x");
  const Oid two = made.commit(made.tree({{"100644", "file", file},
                                         {"160000", "lib\na", elsewhere},
                                         {"160000", "lib-b", elsewhere}}));
  const SourceTree source = unpack(GitRepository::open(made.path()), two, kRoomy);
  EXPECT_EQ(source.files(), 1U);
  ASSERT_EQ(source.submodules().size(), 2U);
  EXPECT_EQ(source.submodules()[0].path, "lib\na");
  EXPECT_EQ(source.submodules()[1].path, "lib-b");
  EXPECT_EQ(source.submodules()[1].commit.text(), elsewhere.text());

  std::vector<TestRepository::Entry> many;
  for (int i = 0; i < 257; ++i)
    many.push_back({"160000", "m" + std::to_string(1000 + i), elsewhere});
  expect_refusal(made, made.commit(made.tree(many)), "more than 256 submodules\n");
}

TEST(Unpack, RefusesLfsPointersByName) {
  TestRepository made;
  const std::string pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'a') +
      "\nsize 12345\n";
  const std::string padding(1023 - pointer.size(), ' ');
  expect_refusal(made, made.commit_files({{"img/a.png", {"100644", pointer}}}),
                 "Git LFS files are not fetched: 'img/a.png'\n");
  expect_refusal(made, made.commit_files({{"img/a.png", {"100755", pointer + padding}}}),
                 "'img/a.png'");

  const Files harmless = {{"no-pointer", {"100644", pointer + padding + ' '}},
                          {"mentions-it", {"100644", "see " + pointer}},
                          {"begins-it", {"100644", pointer.substr(0, 41)}}};
  EXPECT_EQ(deployed(made, made.commit_files(harmless)), harmless);
}

TEST(Unpack, RefusesACommitWithoutFiles) {
  TestRepository made;
  expect_refusal(made, made.commit(made.tree({})), "the commit is empty\n");
  expect_refusal(made, made.commit(made.tree({{"40000", "d", made.tree({})}})),
                 "the commit is empty\n");
}

TEST(Unpack, RefusesWhatIsNoCommit) {
  TestRepository made;
  const Oid blob = made.blob("x");
  const Oid tree = made.tree({{"100644", "f", blob}});
  const Oid commit = made.commit(tree);
  const Oid tag = made.object(
      "tag", "object " + commit.text() + "\ntype commit\ntag v1\ntagger A <a> 1 +0000\n\nv1\n");
  expect_refusal(made, tag, tag.short_text() + " is an annotated tag, not a commit\n");
  expect_refusal(made, tree, "is not a commit");
  expect_refusal(made, blob, "is not a commit");
  expect_refusal(made, Oid(), "commit 0000000 is not in the repository");
}

TEST(Unpack, RefusesNamesThatGitNeverMakes) {
  TestRepository made;
  const Oid file = made.blob("x");
  for (const char* name : {".", "..", ".git", ".GIT", ".gIt", "a/b", "../x", "/etc/passwd"}) {
    const Oid as_file = made.commit(made.tree({{"100644", name, file}}));
    const Oid as_directory = made.commit(made.tree(
        {{"40000", "d", made.tree({{"40000", name, made.tree({{"100644", "f", file}})}})}}));
    for (const Oid& commit : {as_file, as_directory})
      expect_refusal(made, commit, concat("with the name '", name, "': '"));
  }
  expect_refusal(made, made.commit(made.tree({{"60644", "device", file}})),
                 "neither file, directory nor symbolic link: 'device'\n");
  expect_refusal(made, made.commit(made.tree({{"100644", std::string(256, 'n'), file}})),
                 "a file name is 256 bytes long, the limit is 255: 'nnn");
  const Oid nameless = made.commit(made.tree({{"100644", "", file}}));
  EXPECT_THROW((void)unpack(GitRepository::open(made.path()), nameless, kRoomy), SystemError);

  const Files harmless = {{".gitignore", {"100644", "1"}},
                          {"...", {"100644", "2"}},
                          {".gi", {"100644", "3"}},
                          {"git", {"100644", "4"}},
                          {"a.git", {"100644", "5"}}};
  EXPECT_EQ(deployed(made, made.commit_files(harmless)), harmless);
}

TEST(Unpack, RefusesLinksThatNoKernelMakes) {
  TestRepository made;
  const auto link_to = [&made](std::string_view target) {
    return made.commit(made.tree({{"120000", "link", made.blob(target)}}));
  };
  expect_refusal(made, link_to(""), "the target of the symbolic link 'link' is empty\n");
  expect_refusal(made, link_to(std::string(4096, 't')), "'link' is too long\n");
  expect_refusal(made, link_to(std::string("a\0b", 3)), "'link' has a NUL in it\n");
  EXPECT_EQ(deployed(made, link_to(std::string(4095, 't'))).size(), 1U);
}

TEST(Unpack, ShowsNoRawByteOfAPath) {
  TestRepository made;
  const std::string message = refusal(
      made, made.commit(
                made.tree({{"40000", "x\x1b[2J\n\xff\r",
                            made.tree({{"100644", std::string(300, 'n'), made.blob("x")}})}})));
  EXPECT_EQ(message.find_first_of("\x1b\r\xff"), std::string::npos) << message;
  EXPECT_EQ(std::count(message.begin(), message.end(), '\n'), 1) << message;
}

std::size_t peak_kib() {
  const std::string status = test::slurp("/proc/self/status");
  return std::stoul(status.substr(status.find("VmHWM:") + 6));
}

TEST(Unpack, StreamsALargeFileInLittleMemory) {
  ::signal(SIGPIPE, SIG_IGN);
  TestRepository made;
  constexpr std::size_t kSize = 48U << 20U;
  std::string noise(kSize, '\0');
  std::minstd_rand random(1);
  for (char& c : noise) c = static_cast<char>(random());
  const Oid commit = made.commit_files({{"noise", {"100644", noise}}, {"z", {"100644", "z"}}});
  made.set_ref("refs/heads/main", commit);
  made.git({"repack", "-adq"});
  const auto source = unpack(GitRepository::open(made.path()), commit, kRoomy);

  test::spill("/proc/self/clear_refs", "5");
  const std::size_t before = peak_kib();
  Pipe pipe = Pipe::make();
  std::size_t differing = 0;
  std::size_t at = 0;
  std::jthread reader([&] {
    std::string bytes;
    while (read_some(pipe.read.get(), bytes)) {
      for (const char c : bytes) {
        // The first member's header is one block long.
        if (at >= 512 && at < 512 + kSize && c != noise[at - 512]) ++differing;
        ++at;
      }
      bytes.clear();
    }
  });
  source.write_tar(pipe.write.get());
  pipe.write.reset();
  reader.join();
  EXPECT_EQ(differing, 0U);
  EXPECT_GT(at, kSize);
  EXPECT_LT(peak_kib() - before, 8U << 10U) << "KiB";
}

TEST(Unpack, EndsWhenItIsCancelledOrItsReaderIsGone) {
  ::signal(SIGPIPE, SIG_IGN);
  TestRepository made;
  const Oid commit = made.commit_files({{"large", {"100644", std::string(10U << 20U, 'x')}}});
  const auto source = unpack(GitRepository::open(made.path()), commit, kRoomy);
  Pipe pipe = Pipe::make();
  Pipe cancel = Pipe::make();
  cancel.write.reset();
  EXPECT_THROW(source.write_tar(pipe.write.get(), cancel.read.get()), Cancelled);
  pipe.read.reset();
  EXPECT_THROW(source.write_tar(pipe.write.get()), SystemError);
}

TEST(Unpack, NeverEndsATarWhoseFileCouldNotBeRead) {
  TestRepository made;
  const Oid commit = made.commit_files({{"a", {"100644", "1"}}, {"b", {"100644", "2"}}});
  const auto source = unpack(GitRepository::open(made.path()), commit, kRoomy);
  const std::string name = made.blob("2").text();
  std::filesystem::remove(made.path() + "/objects/" + name.substr(0, 2) + '/' + name.substr(2));
  EXPECT_THROW((void)tar_of(source, made), SystemError);
  EXPECT_FALSE(test::slurp(made.scratch() / "source.tar").ends_with(std::string(1024, '\0')));
}

}  // namespace
}  // namespace hythe
