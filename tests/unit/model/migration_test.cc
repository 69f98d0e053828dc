// SPDX-License-Identifier: Apache-2.0
#include "model/migration.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sysexits.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "core/state_version.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"
#include "lib/file/file_lock.h"
#include "lib/process/child.h"

namespace hythe {
namespace {

namespace fs = std::filesystem;

void write(const std::string& path, const std::string& text) {
  replace_file(path, text, Durability::survives_crash_of_hythe);
}

/// A state of version 1: one app, which root knows by its slot.
class Migrations : public testing::Test {
 protected:
  Migrations() {
    fs::create_directories(state + "/apps/shop");
    fs::create_directories(state + "/slots");
    write(state + "/apps/shop/app.yml", "name: 1\n");
    write(state + "/apps/shop/1.log", "long\n");
    write(state + "/slots/shop", "1\n");
  }
  ~Migrations() override { fs::remove_all(state); }

  [[nodiscard]] std::string file(const std::string& name) const {
    return read_file(state + '/' + name);
  }
  [[nodiscard]] std::vector<std::string> backups() const {
    std::vector<std::string> names;
    if (!fs::exists(state + "/backups")) return names;
    for (const auto& entry : fs::directory_iterator(state + "/backups"))
      names.push_back(entry.path());
    return names;
  }

  char name_[32] = "/tmp/hythe-state-XXXXXX";
  const std::string state = ::mkdtemp(name_);
};

void files_to_2(const std::string& state) {
  write(state + "/apps/shop/app.yml", "name: 2\n");
}
void tables_to_2(const std::string& state) {
  write(state + "/slots/shop", "2\n");
}
void files_to_3(const std::string& state) {
  write(state + "/apps/shop/app.yml", read_file(state + "/apps/shop/app.yml") + "also: 3\n");
}
void nothing(const std::string&) {}
void fail(const std::string&) {
  throw std::runtime_error("the disk is full");
}

constexpr Migration kTo2[] = {{2, files_to_2, tables_to_2}};
constexpr Migration kTo3[] = {{2, files_to_2, tables_to_2}, {3, files_to_3, nothing}};
constexpr Migration kFailsInFiles[] = {{2, fail, tables_to_2}};
constexpr Migration kFailsInTables[] = {{2, files_to_2, fail}};

void become_nobody() {}

TEST_F(Migrations, LeadToTheVersionThatThisHytheKnows) {
  const auto all = all_migrations();
  EXPECT_EQ(all.empty() ? 1U : all.back().to, kStateVersion);
  unsigned before = 1;
  for (const Migration& step : all) EXPECT_EQ(step.to, ++before);
}

TEST_F(Migrations, WriteTheVersionOfAStateThatHasNoneYet) {
  EXPECT_FALSE(migrate(state, {}, become_nobody));
  EXPECT_EQ(file("version"), "1\n");
  EXPECT_EQ(fs::status(state + "/version").permissions(), fs::perms(0644));
  EXPECT_TRUE(backups().empty());
}

TEST_F(Migrations, GoThroughEveryStepAndKeepWhatWasBefore) {
  const auto done = migrate(state, kTo3, become_nobody);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->from, 1U);
  EXPECT_EQ(done->to, 3U);
  EXPECT_EQ(file("version"), "3\n");
  EXPECT_EQ(file("apps/shop/app.yml"), "name: 2\nalso: 3\n");
  EXPECT_EQ(file("slots/shop"), "2\n");
  EXPECT_FALSE(fs::exists(state + "/migration"));

  fs::create_directories(state + "/before");
  const auto [status, said] =
      run_to_end({.argv = {"/usr/bin/tar", "--extract", "--file", done->backup, "--directory",
                           state + "/before"}});
  ASSERT_TRUE(status.is_success());
  EXPECT_EQ(file("before/apps/shop/app.yml"), "name: 1\n");
  EXPECT_EQ(file("before/slots/shop"), "1\n");
  EXPECT_FALSE(fs::exists(state + "/before/apps/shop/1.log"));
}

TEST_F(Migrations, TakeOnlyTheStepsThatAreDue) {
  write(state + "/version", "2\n");
  ASSERT_TRUE(migrate(state, kTo3, become_nobody));
  EXPECT_EQ(file("apps/shop/app.yml"), "name: 1\nalso: 3\n");
  EXPECT_FALSE(migrate(state, kTo3, become_nobody));
  EXPECT_EQ(backups().size(), 1U);
}

TEST_F(Migrations, ThatFailAreBegunAgainWithTheBackupOfBefore) {
  EXPECT_THROW((void)migrate(state, kFailsInFiles, become_nobody), PushError);
  EXPECT_THROW((void)migrate(state, kFailsInTables, become_nobody), std::runtime_error);
  EXPECT_EQ(file("apps/shop/app.yml"), "name: 2\n");  // half-way
  EXPECT_FALSE(fs::exists(state + "/version"));
  const auto first = backups();
  ASSERT_EQ(first.size(), 1U);

  const auto done = migrate(state, kTo2, become_nobody);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->backup, first[0]);
  EXPECT_EQ(backups(), first);
  EXPECT_EQ(file("version"), "2\n");
}

TEST_F(Migrations, BelieveNoMarkOfAnEarlierOneThatWasKilledAtItsEnd) {
  write(state + "/version", "1\n");
  fs::create_directories(state + "/backups");
  for (const char* old : {"/backups/state-0-17.tar", "/backups/state-1-17.tar"}) {
    // The first is there, and of another version; the second is of this one, and is gone.
    if (std::string_view(old).find("-0-") != std::string_view::npos)
      write(state + old, "of before\n");
    write(state + "/migration", state + old);
    const auto done = migrate(state, kTo2, become_nobody);
    ASSERT_TRUE(done);
    EXPECT_NE(done->backup, state + old);
    EXPECT_FALSE(fs::exists(state + "/migration"));
    write(state + "/version", "1\n");
  }
}

TEST_F(Migrations, RefuseTheStateOfANewerHytheAndTouchNothing) {
  write(state + "/version", "3\n");
  EXPECT_THROW((void)migrate(state, kTo2, become_nobody), PushError);
  EXPECT_EQ(file("version"), "3\n");
  EXPECT_EQ(file("apps/shop/app.yml"), "name: 1\n");
  EXPECT_TRUE(backups().empty());
}

TEST_F(Migrations, RefuseAVersionThatNobodyWrote) {
  for (const char* text : {"", "1", "0\n", "01\n", "-1\n", "1 \n", "1\n\n", "x\n"}) {
    write(state + "/version", text);
    EXPECT_THROW((void)migrate(state, kTo2, become_nobody), PushError) << text;
    EXPECT_EQ(file("apps/shop/app.yml"), "name: 1\n");
  }
}

TEST_F(Migrations, LeaveEverythingAsItIsWhenHytheCannotBeBecome) {
  const auto refuse = [] { throw PushError("'shop' is being built\nwait", EX_TEMPFAIL); };
  try {
    (void)migrate(state, kTo2, refuse);
    FAIL() << "it was migrated";
  } catch (const PushError& error) {
    EXPECT_STREQ(error.what(), "'shop' is being built\nwait");
    EXPECT_EQ(error.exit_code(), EX_TEMPFAIL);
  }
  EXPECT_EQ(file("slots/shop"), "1\n");
  EXPECT_EQ(file("apps/shop/app.yml"), "name: 1\n");
  EXPECT_TRUE(backups().empty());
  EXPECT_FALSE(fs::exists(state + "/migration"));
}

TEST_F(Migrations, BackUpWhatIsThereWhenNobodyElseIsAtWorkAnyMore) {
  const auto done = migrate(
      state, kTo2, [this] { write(state + "/apps/shop/app.yml", "name: the last one's\n"); });
  ASSERT_TRUE(done);
  const auto [status, said] =
      run_to_end({.argv = {"/usr/bin/tar", "--extract", "--to-stdout", "--file", done->backup,
                           "apps/shop/app.yml"}});
  ASSERT_TRUE(status.is_success());
  EXPECT_EQ(said, "name: the last one's\n");
  EXPECT_EQ(file("apps/shop/app.yml"), "name: 2\n");
}

TEST_F(Migrations, OfACurrentStateWaitForNobody) {
  write(state + "/version", "2\n");
  const UniqueFd somebodys = open_locked(state + "/version.lock", "the version of the state");
  EXPECT_FALSE(migrate(state, kTo2, [] { FAIL() << "nothing was to be locked"; }));
}

}  // namespace
}  // namespace hythe
