// SPDX-License-Identifier: Apache-2.0
#include "lib/git/blob_stream.h"

#include <gtest/gtest.h>

#include <array>

#include "lib/git/git_repository.h"
#include "tests/unit/lib/git/git_fixture.h"

namespace hythe {
namespace {

using test::TestRepository;

std::string read_all(const GitRepository& repository, const Oid& oid) {
  std::string bytes;
  std::array<char, 1000> buffer;
  BlobStream stream(repository, oid);
  while (const std::size_t got = stream.read(buffer)) bytes.append(buffer.data(), got);
  EXPECT_EQ(stream.read(buffer), 0U);
  return bytes;
}

TEST(BlobStream, HasExactlyTheBytesOfTheBlob) {
  TestRepository made;
  std::string bytes("\0\r\n\xff", 4);
  for (int i = 0; i < 100'000; ++i) bytes += std::to_string(i);
  const Oid large = made.blob(bytes);
  const Oid empty = made.blob("");
  const auto repository = GitRepository::open(made.path());
  EXPECT_EQ(read_all(repository, large), bytes);
  EXPECT_EQ(read_all(repository, empty), "");
}

TEST(BlobStream, ReadsWhatOnlyTheQuarantineHas) {
  for (const char* name : {"quarantine", "with:colon", "with \"quote\\"}) {
    TestRepository made("app:name.git");
    const std::string quarantine = made.quarantine(name);
    const Oid blob = made.blob("in quarantine");
    EXPECT_EQ(read_all(GitRepository::open(made.path(), quarantine), blob), "in quarantine")
        << name;
  }
}

TEST(BlobStream, IsNotCompleteWhenGitIsNot) {
  TestRepository made;
  const auto repository = GitRepository::open(made.path());
  EXPECT_THROW((void)read_all(repository, *Oid::parse(std::string(40, 'c'))), SystemError);
}

TEST(BlobStream, CanBeLeftUnread) {
  TestRepository made;
  const Oid blob = made.blob(std::string(4U << 20U, 'x'));
  const auto repository = GitRepository::open(made.path());
  std::array<char, 10> buffer;
  BlobStream stream(repository, blob);
  EXPECT_GT(stream.read(buffer), 0U);
}

}  // namespace
}  // namespace hythe
