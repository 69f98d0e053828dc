// SPDX-License-Identifier: Apache-2.0
#include "model/state.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "core/state_version.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"

namespace hythe {
namespace {

class FileOfTheState : public testing::Test {
 protected:
  ~FileOfTheState() override { std::filesystem::remove_all(directory_); }
  void write(const std::string& text) {
    replace_file(path, text, Durability::survives_crash_of_hythe);
  }
  char name_[32] = "/tmp/hythe-state-XXXXXX";
  const std::string directory_ = ::mkdtemp(name_);
  const std::string path = directory_ + "/app.yml";
};

TEST_F(FileOfTheState, SaysOfWhichVersionItIs) {
  write(begin_state_file().add("branch", "main").dump());
  EXPECT_EQ(load_state_file(path)["branch"].text(), "main");
  EXPECT_EQ(load_state_file(path)["version"].text(), std::to_string(kStateVersion));
}

TEST_F(FileOfTheState, IsOfTheFirstVersionWhenItSaysNothing) {
  write("branch: main\n");
  EXPECT_EQ(load_state_file(path)["branch"].text(), "main");
  std::filesystem::remove(path);
  EXPECT_TRUE(load_state_file(path).fields().empty());
}

TEST_F(FileOfTheState, OfANewerHytheIsRefusedByName) {
  for (const std::string& version : {std::to_string(kStateVersion + 1), std::string("one")}) {
    write("version: " + version + "\nbranch: main\n");
    try {
      (void)load_state_file(path);
      FAIL() << version;
    } catch (const PushError& error) {
      EXPECT_NE(std::string(error.what()).find(path), std::string::npos);
      EXPECT_EQ(error.exit_code(), EX_CONFIG);
    }
  }
}

}  // namespace
}  // namespace hythe
