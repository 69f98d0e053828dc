// SPDX-License-Identifier: Apache-2.0
#include "lib/archive/tar_writer.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <optional>
#include <thread>

#include "lib/process/cancelled.h"
#include "tests/unit/lib/git/git_fixture.h"

namespace hythe {
namespace {

using test::ScratchDirectory;
using Kind = TarMember::Kind;

class TarWriterTest : public testing::Test {
 protected:
  TarWriterTest() { ::signal(SIGPIPE, SIG_IGN); }

  UniqueFd output() { return open_file(tar_, O_WRONLY | O_CREAT | O_TRUNC); }
  std::string written() { return test::slurp(tar_); }
  ExitStatus extract() {
    const std::string into = scratch_ / "out";
    std::filesystem::create_directory(into);
    return Child::start({.argv = {"/usr/bin/tar", "-x", "-f", tar_, "-C", into}}).wait();
  }
  std::string extracted(const std::string& path) {
    return test::slurp(scratch_ / "out/" + path);
  }

  ScratchDirectory scratch_;
  std::string tar_ = scratch_ / "x.tar";
};

TEST_F(TarWriterTest, WritesWhatGnuTarReads) {
  {
    const UniqueFd fd = output();
    TarWriter tar(fd.get());
    tar.begin({.kind = Kind::directory, .path = "d", .modified = 1'700'000'000});
    tar.begin(
        {.kind = Kind::executable, .path = "d/run", .size = 6, .modified = 1'700'000'000});
    tar.write("#!");
    tar.write("");
    tar.write("/bin");
    tar.begin({.kind = Kind::symlink, .path = "link", .target = "d/run"});
    tar.begin({.path = "empty"});
    tar.begin({.path = "file", .size = 1, .modified = -5});
    tar.write("x");
    tar.finish();
  }
  ASSERT_TRUE(extract().is_success());
  EXPECT_EQ(extracted("d/run"), "#!/bin");
  EXPECT_EQ(extracted("empty"), "");
  EXPECT_EQ(extracted("file"), "x");
  EXPECT_EQ(std::filesystem::read_symlink(scratch_ / "out/link"), "d/run");
  struct stat status;
  ASSERT_EQ(::stat((scratch_ / "out/d/run").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0755U);
  EXPECT_EQ(status.st_mtime, 1'700'000'000);
  ASSERT_EQ(::stat((scratch_ / "out/file").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0644U);
}

TEST_F(TarWriterTest, KeepsNamesAndTargetsOfEveryLength) {
  std::vector<std::string> names;
  for (const std::size_t length : {1U, 98U, 99U, 100U, 101U, 102U, 155U, 156U, 255U}) {
    names.emplace_back(length, 'n');
    names.push_back("d/" + std::string(length, '\xfe'));
    names.push_back(std::string(length, 'd') + "x/" + "\n\x1b[2J\\\"* é" +
                    std::to_string(length));
  }
  for (std::string& name : names)
    if (name.find('/') > 255 && name.find('/') != std::string::npos) name.erase(0, 1);
  {
    const UniqueFd fd = output();
    TarWriter tar(fd.get());
    for (const std::string& name : names) {
      tar.begin({.path = name, .size = name.size()});
      tar.write(name);
      tar.begin({.kind = Kind::symlink, .path = "links/" + name, .target = name});
    }
    tar.begin({.kind = Kind::symlink, .path = "far", .target = std::string(4095, 't')});
    tar.finish();
  }
  ASSERT_TRUE(extract().is_success());
  for (const std::string& name : names) {
    EXPECT_EQ(extracted(name), name);
    EXPECT_EQ(std::filesystem::read_symlink(scratch_ / "out/links/" + name), name);
  }
  EXPECT_EQ(std::filesystem::read_symlink(scratch_ / "out/far"), std::string(4095, 't'));
}

TEST_F(TarWriterTest, NeverSendsAMemberOfAnotherSizeThanAnnounced) {
  const UniqueFd fd = output();
  TarWriter tar(fd.get());
  tar.begin({.path = "file", .size = 3});
  EXPECT_THROW(tar.write("four"), SystemError);
  tar.write("ab");
  EXPECT_THROW(tar.begin({.path = "next"}), SystemError);
  EXPECT_THROW(tar.finish(), SystemError);
}

TEST_F(TarWriterTest, LeavesNoCompleteArchiveWhenItWasNotFinished) {
  {
    const UniqueFd fd = output();
    TarWriter tar(fd.get());
    tar.begin({.path = "file", .size = 1U << 20U});
    tar.write(std::string(1U << 20U, 'x'));
    tar.begin({.path = "half", .size = 1U << 20U});
    tar.write(std::string(1U << 19U, 'x'));
  }
  EXPECT_FALSE(written().ends_with(std::string(1024, '\0')));
  EXPECT_FALSE(extract().is_success());
}

TEST_F(TarWriterTest, GivesTheSameBytesForTheSameCalls) {
  std::string first;
  for (int round = 0; round < 2; ++round) {
    const UniqueFd fd = output();
    TarWriter tar(fd.get());
    tar.begin(
        {.kind = Kind::executable, .path = std::string(300, 'p'), .size = 1, .modified = 7});
    tar.write("x");
    tar.finish();
    if (round == 0) first = written();
  }
  EXPECT_EQ(written(), first);
  EXPECT_EQ(first.size() % 512, 0U);
}

TEST_F(TarWriterTest, WritesToAPipeWhoseReaderIsSlow) {
  Pipe pipe = Pipe::make();
  std::string received;
  std::jthread reader([&] {
    char byte;
    // One byte first, so that the pipe is full and the writer in the middle of a block.
    if (::read(pipe.read.get(), &byte, 1) == 1) received.push_back(byte);
    while (read_some(pipe.read.get(), received)) {
    }
  });
  const std::string content(3'000'001, 'c');
  {
    TarWriter tar(pipe.write.get());
    tar.begin({.path = "file", .size = content.size()});
    tar.write(content);
    tar.finish();
  }
  pipe.write.reset();
  reader.join();
  test::spill(tar_, received);
  ASSERT_TRUE(extract().is_success());
  EXPECT_EQ(extracted("file"), content);
}

TEST_F(TarWriterTest, FailsWhenTheReaderIsGone) {
  Pipe pipe = Pipe::make();
  pipe.read.reset();
  TarWriter tar(pipe.write.get());
  const std::string content(1U << 20U, 'c');
  tar.begin({.path = "file", .size = content.size()});
  try {
    tar.write(content);
    FAIL() << "nothing was thrown";
  } catch (const SystemError& error) {
    EXPECT_EQ(error.code(), EPIPE) << error.what();
  }
}

TEST_F(TarWriterTest, EndsWhenItIsCancelledWhileNobodyReads) {
  for (const bool hangs_up : {false, true}) {
    const Pipe pipe = Pipe::make();
    Pipe cancel = Pipe::make();
    std::jthread canceller([&] {
      if (hangs_up)
        cancel.write.reset();
      else
        write_all(cancel.write.get(), "x");
    });
    const std::string content(1U << 20U, 'c');
    TarWriter tar(pipe.write.get(), cancel.read.get());
    EXPECT_THROW(
        {
          tar.begin({.path = "file", .size = content.size()});
          tar.write(content);
        },
        Cancelled);
  }
}

}  // namespace
}  // namespace hythe
