// SPDX-License-Identifier: Apache-2.0
#include "lib/git/git_repository.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/unit/lib/git/git_fixture.h"

/// libgit2 1.5 loses a few bytes when a repository cannot be opened, or a history is cut.
extern "C" __attribute__((weak, visibility("default"))) const char*
__lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libgit2.so\nleak:libpcre2";
}

namespace hythe {
namespace {

using test::TestRepository;
using Kind = TreeEntry::Kind;

std::vector<TreeEntry> entries(const GitRepository& repository, const Oid& commit) {
  std::vector<TreeEntry> all;
  TreeWalk walk = repository.walk(commit);
  while (auto entry = walk.next()) all.push_back(*std::move(entry));
  return all;
}

template <class Action>
std::string message_of_system_error(const Action& action) {
  try {
    action();
  } catch (const SystemError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(GitRepository, SaysWhatARefPointsToNow) {
  TestRepository made;
  const Oid first = made.commit_files({{"a", {"100644", "1"}}});
  const Oid second = made.commit_files({{"a", {"100644", "2"}}}, {first});
  const auto repository = GitRepository::open(made.path());
  EXPECT_FALSE(repository.read_ref("refs/heads/main"));
  EXPECT_FALSE(repository.read_ref("HEAD"));

  made.set_ref("refs/heads/main", first);
  EXPECT_EQ(repository.read_ref("refs/heads/main"), first);
  EXPECT_EQ(repository.read_ref("HEAD"), first);

  made.git({"pack-refs", "--all"});
  made.set_ref("refs/heads/main", second);
  EXPECT_EQ(repository.read_ref("refs/heads/main"), second);
  made.git({"pack-refs", "--all"});
  EXPECT_EQ(repository.read_ref("refs/heads/main"), second);

  made.git({"update-ref", "-d", "refs/heads/main"});
  EXPECT_FALSE(repository.read_ref("refs/heads/main"));
}

TEST(GitRepository, NeverTakesATextThatIsNoRefForOne) {
  TestRepository made;
  const auto repository = GitRepository::open(made.path());
  for (const char* name :
       {"", "refs/heads/a b", "refs/heads/../../config", "refs/heads/x.lock"})
    EXPECT_THROW((void)repository.read_ref(name), SystemError) << name;
}

TEST(GitRepository, TellsACommitFromATagAndFromWhatIsNotThere) {
  TestRepository made;
  const Oid blob = made.blob("content");
  const Oid tree = made.tree({{"100644", "file", blob}});
  const Oid commit = made.commit(tree);
  const Oid tag = made.object("tag", "object " + commit.text() +
                                         "\ntype commit\ntag v1\n"
                                         "tagger A <a@example.org> 1700000000 +0000\n\nv1\n");
  const auto repository = GitRepository::open(made.path());
  EXPECT_EQ(repository.kind_of(blob), ObjectKind::blob);
  EXPECT_EQ(repository.kind_of(tree), ObjectKind::tree);
  EXPECT_EQ(repository.kind_of(commit), ObjectKind::commit);
  EXPECT_EQ(repository.kind_of(tag), ObjectKind::tag);
  EXPECT_EQ(repository.kind_of(Oid()), ObjectKind::missing);
  EXPECT_EQ(repository.kind_of(*Oid::parse(std::string(40, 'd'))), ObjectKind::missing);
}

TEST(GitRepository, FindsObjectsThatCameAfterItWasOpened) {
  TestRepository made;
  const auto repository = GitRepository::open(made.path());
  const Oid commit = made.commit_files({{"a", {"100644", "1"}}});
  EXPECT_EQ(repository.kind_of(commit), ObjectKind::commit);
  made.set_ref("refs/heads/main", commit);
  made.git({"repack", "-adq"});
  EXPECT_EQ(repository.kind_of(commit), ObjectKind::commit);
}

TEST(GitRepository, TellsOfACommitInTheBytesOfItsCommitter) {
  TestRepository made;
  const Oid tree = made.tree({{"100644", "file", made.blob("content")}});
  const Oid commit =
      made.object("commit", "tree " + tree.text() +
                                "\nauthor Ada \x1b[2J\xfe <ada@example.org> 1600000000 +0200"
                                "\ncommitter Carl <carl@example.org> 1700000000 +0000"
                                "\n\nfirst \x1b[2J\xff line\nsecond line\n\nbody\n");
  const Commit told = GitRepository::open(made.path()).read_commit(commit);
  EXPECT_EQ(told.oid, commit);
  EXPECT_EQ(told.summary, "first \x1b[2J\xff line second line");
  EXPECT_EQ(told.author, "Ada \x1b[2J\xfe");
  EXPECT_EQ(told.time, 1'700'000'000);

  const Commit silent = GitRepository::open(made.path()).read_commit(made.commit(tree, ""));
  EXPECT_EQ(silent.summary, "");
}

TEST(GitRepository, CountsTheCommitsThatOneHasAndTheOtherHasNot) {
  TestRepository source;
  const Oid tree = source.tree({});
  const Oid base = source.commit(tree, "base");
  Oid tip = base;
  for (int n = 1; n <= 5; ++n) tip = source.commit(tree, concat("change ", n), {tip});
  const Oid other = source.commit(tree, "another way", {base});
  const auto repository = GitRepository::open(source.path());
  const auto came = repository.between(base, tip, 2);
  ASSERT_TRUE(came);
  EXPECT_EQ(came->count, 5U);
  ASSERT_EQ(came->newest.size(), 2U);
  EXPECT_EQ(came->newest[0].oid, tip);
  EXPECT_EQ(repository.between(tip, base, 2)->count, 0U);
  EXPECT_EQ(repository.between(tip, other, 2)->newest[0].summary, "another way");
  EXPECT_EQ(repository.between(other, tip, 9)->count, 5U);
}

TEST(GitRepository, CountsNoCommitsWhenSomeAreMissing) {
  TestRepository source;
  const Oid tree = source.tree({});
  const Oid missing = *Oid::parse(std::string(40, 'd'));
  // As a shallow push leaves it.
  const Oid tip = *Oid::parse(
      source.git({"hash-object", "-w", "--literally", "-t", "commit", "--stdin"},
                 concat("tree ", tree.text(), "\nparent ", missing.text(),
                        "\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nshallow\n")));
  const Oid other = source.commit(tree, "other");
  const auto repository = GitRepository::open(source.path());
  EXPECT_FALSE(repository.between(missing, other, 9));
  EXPECT_FALSE(repository.between(other, missing, 9));
  EXPECT_FALSE(repository.between(other, tip, 9));
}

TEST(GitRepository, WalksATreeDirectoriesFirst) {
  TestRepository made;
  const Oid file = made.blob("four");
  const Oid link = made.blob("../file");
  const Oid inner = made.tree({{"100755", "run", file}, {"120000", "to", link}});
  const Oid empty = made.tree({});
  const Oid other = *Oid::parse(std::string(40, 'e'));
  const Oid commit = made.commit(made.tree({{"40000", "dir", inner},
                                            {"40000", "empty", empty},
                                            {"100644", "file", file},
                                            {"160000", "module", other}}));
  const auto all = entries(GitRepository::open(made.path()), commit);
  ASSERT_EQ(all.size(), 6U);
  const auto expect = [&all](std::size_t i, const char* path, Kind kind, const Oid& oid,
                             std::uint64_t size) {
    EXPECT_EQ(all[i].path, path);
    EXPECT_EQ(all[i].kind, kind) << path;
    EXPECT_EQ(all[i].oid, oid) << path;
    EXPECT_EQ(all[i].size, size) << path;
  };
  expect(0, "dir", Kind::directory, inner, 0);
  expect(1, "dir/run", Kind::executable, file, 4);
  expect(2, "dir/to", Kind::symlink, link, 7);
  expect(3, "empty", Kind::directory, empty, 0);
  expect(4, "file", Kind::file, file, 4);
  expect(5, "module", Kind::submodule, other, 0);
}

TEST(GitRepository, SeesNoSetuidBitAndNoDevice) {
  TestRepository made;
  const Oid file = made.blob("x");
  const std::pair<const char*, Kind> modes[] = {
      {"100664", Kind::file},       {"100600", Kind::file},       {"104755", Kind::executable},
      {"102755", Kind::executable}, {"100777", Kind::executable}, {"20644", Kind::unknown},
      {"60644", Kind::unknown},     {"10644", Kind::unknown},     {"644", Kind::unknown}};
  for (const auto& [mode, kind] : modes) {
    const Oid commit = made.commit(made.tree({{mode, "file", file}}));
    EXPECT_EQ(entries(GitRepository::open(made.path()), commit).at(0).kind, kind) << mode;
  }
}

TEST(GitRepository, RefusesANameThatIsInADirectoryTwice) {
  TestRepository made;
  const Oid link = made.blob("/etc");
  const Oid directory = made.tree({{"100644", "passwd", made.blob("x")}});
  for (const std::vector<TestRepository::Entry>& twice :
       {std::vector<TestRepository::Entry>{{"120000", "d", link}, {"40000", "d", directory}},
        std::vector<TestRepository::Entry>{
            {"120000", "d", link}, {"100644", "d.txt", link}, {"40000", "d", directory}}}) {
    const Oid commit = made.commit(made.tree({{"40000", "sub", made.tree(twice)}}));
    const auto repository = GitRepository::open(made.path());
    try {
      (void)entries(repository, commit);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const PushError& error) {
      EXPECT_NE(std::string_view(error.what()).find("'sub/d' twice"), std::string_view::npos)
          << error.what();
    }
  }
}

TEST(GitRepository, ReadsWhatOnlyTheQuarantineHas) {
  for (const char* name : {"quarantine", "with:colon", "with \"quote\\"}) {
    TestRepository made("app:name.git");
    const Oid old_commit = made.commit_files({{"old", {"100644", "old"}}});
    const std::string quarantine = made.quarantine(name);
    const Oid new_commit = made.commit_files({{"new", {"100644", "new"}}}, {old_commit});
    ASSERT_EQ(GitRepository::open(made.path()).kind_of(new_commit), ObjectKind::missing);

    const auto repository = GitRepository::open(made.path(), quarantine);
    EXPECT_EQ(repository.kind_of(new_commit), ObjectKind::commit) << name;
    EXPECT_EQ(repository.kind_of(old_commit), ObjectKind::commit) << name;
    const auto all = entries(repository, new_commit);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(repository.read_blob(all[0].oid).bytes(), "new") << name;
  }
}

TEST(GitRepository, ReadsAThinPackInTheQuarantine) {
  TestRepository made;
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "line " + std::to_string(i) + '\n';
  const Oid old_commit = made.commit_files({{"file", {"100644", text}}});
  made.set_ref("refs/heads/main", old_commit);

  // The client's side: a clone that changes one line and packs the difference only.
  TestRepository client("client.git");
  client.git({"fetch", "-q", made.path(), "main"});
  text += "one more\n";
  const Oid new_commit = client.commit_files({{"file", {"100644", text}}}, {old_commit});
  const std::string pack =
      client.git({"pack-objects", "--thin", "--stdout", "--revs", "-q", "--delta-base-offset"},
                 new_commit.text() + "\n^" + old_commit.text() + '\n');
  ASSERT_LT(pack.size(), 2000U);

  const std::string quarantine = made.quarantine();
  made.git({"index-pack", "--stdin", "--fix-thin"}, pack);
  const auto repository = GitRepository::open(made.path(), quarantine);
  const auto all = entries(repository, new_commit);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].size, text.size());
  EXPECT_EQ(repository.read_blob(all[0].oid).bytes(), text);
}

TEST(GitRepository, NamesTheObjectThatIsNotThere) {
  TestRepository made;
  const Oid absent = *Oid::parse(std::string(40, 'b'));
  const Oid commit = made.commit(made.tree({{"100644", "a\nfile", absent}}));
  const auto repository = GitRepository::open(made.path());
  EXPECT_NE(
      message_of_system_error([&] { (void)entries(repository, commit); }).find("'a\\nfile'"),
      std::string::npos);
  EXPECT_NE(message_of_system_error([&] {
              (void)repository.read_commit(absent);
            }).find(absent.text()),
            std::string::npos);
  EXPECT_THROW((void)repository.read_blob(absent), SystemError);
  EXPECT_THROW((void)repository.walk(absent), SystemError);
}

TEST(GitRepository, OpensNothingButABareRepositoryOfOurOwn) {
  TestRepository made;
  EXPECT_THROW((void)GitRepository::open(made.scratch() / "absent"), SystemError);
  EXPECT_THROW((void)GitRepository::open(made.path() + "/objects"), SystemError);
  TestRepository longer("sha256.git");
  longer.git({"config", "core.repositoryformatversion", "1"});
  longer.git({"config", "extensions.objectformat", "sha1"});
  EXPECT_NE(message_of_system_error([&] {
              (void)GitRepository::open(longer.path());
            }).find("objectformat"),
            std::string::npos);

  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a repository away";
  ASSERT_EQ(::chown(made.path().c_str(), 12345, 12345), 0);
  EXPECT_NE(message_of_system_error([&] {
              (void)GitRepository::open(made.path());
            }).find("of another user"),
            std::string::npos);
}

}  // namespace
}  // namespace hythe
