// SPDX-License-Identifier: Apache-2.0
#include "lib/console.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

class ConsoleTest : public testing::Test {
 protected:
  ConsoleTest() : directory_(::mkdtemp(template_)), log_(directory_ + "/1.log") {}
  ~ConsoleTest() override { std::filesystem::remove_all(directory_); }

  [[nodiscard]] std::string logged() const { return read_file(log_); }

 private:
  char template_[32] = "/tmp/hythe-console.XXXXXX";
  std::string directory_;

 protected:
  std::string log_;
};

TEST_F(ConsoleTest, SaysItsOwnOnLinesOfTheirOwnAndPlain) {
  Console console(log_);
  console.output("\033[31mred\n...");
  EXPECT_EQ(logged(), "\033[31mred\033[0m\n");
  EXPECT_TRUE(console.has_unfinished());
  console.show_unfinished();
  EXPECT_FALSE(console.has_unfinished());
  EXPECT_EQ(logged(), "\033[31mred\033[0m\n\033[31m...\033[0m");
  console.step("Next");
  console.output("plain\n");
  EXPECT_EQ(logged(), "\033[31mred\033[0m\n\033[31m...\033[0m\n-----> Next\nplain\n");
}

TEST_F(ConsoleTest, BeginsALineWhereAnotherWasKilledInTheMiddleOfOne) {
  {
    Console killed(log_);
    killed.output("Downloading ");
    killed.show_unfinished();
  }
  Console(log_).problem("cancelled");
  Console(log_).detail("again");
  EXPECT_EQ(logged(), "Downloading \n !     cancelled\n       again\n");
}

}  // namespace
}  // namespace hythe
