// SPDX-License-Identifier: Apache-2.0
#include "model/log_follower.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "lib/descriptors.h"

namespace hythe {
namespace {

class LogFollowerTest : public ::testing::Test {
 protected:
  LogFollowerTest() {
    char name[] = "/tmp/log-XXXXXX";
    directory_ = ::mkdtemp(name);
    set_nonblocking(out_.read.get());
  }
  ~LogFollowerTest() override { std::filesystem::remove_all(directory_); }

  [[nodiscard]] std::string path() const { return directory_ + "/1.log"; }
  void write(const std::string& text) const {
    write_all(open_file(path(), O_WRONLY | O_CREAT | O_APPEND).get(), text);
  }
  [[nodiscard]] std::string taken() const {
    std::string text;
    (void)read_some(out_.read.get(), text);
    return text;
  }
  Pipe out_ = Pipe::make();

 private:
  std::string directory_;
};

TEST_F(LogFollowerTest, CopiesWhatIsThereAndWhatComes) {
  write("one\n");
  LogFollower log(path(), out_.write.get(), Colours::kept);
  ASSERT_TRUE(log.copy());
  EXPECT_FALSE(log.has_more());
  EXPECT_EQ(taken(), "one\n");
  write("two\n");
  ASSERT_TRUE(log.copy());
  EXPECT_EQ(taken(), "two\n");
  EXPECT_FALSE(log.is_cut());
}

TEST_F(LogFollowerTest, NeverBlocksOnAReaderWhoTakesNothing) {
  write(std::string(1U << 20U, 'x'));
  LogFollower log(path(), out_.write.get(), Colours::kept);
  ASSERT_TRUE(log.copy());
  EXPECT_TRUE(log.has_more());
}

TEST_F(LogFollowerTest, CopiesAShareOnlyAndSaysThatThereIsMore) {
  write("12345");
  LogFollower log(path(), out_.write.get(), Colours::kept);
  log.stop_after(5);
  ASSERT_TRUE(log.copy());
  EXPECT_FALSE(log.is_cut());
  write("6789");
  ASSERT_TRUE(log.copy());
  EXPECT_TRUE(log.is_cut());
  EXPECT_FALSE(log.has_more());
  EXPECT_EQ(taken(), "12345");
}

TEST_F(LogFollowerTest, SeesThatItsReaderIsGone) {
  write("one\n");
  LogFollower log(path(), out_.write.get(), Colours::kept);
  out_.read.reset();
  EXPECT_FALSE(log.copy());
}

}  // namespace
}  // namespace hythe
