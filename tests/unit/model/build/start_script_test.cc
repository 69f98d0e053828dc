// SPDX-License-Identifier: Apache-2.0
#include "model/build/start_script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/process/child.h"

namespace hythe {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

/// A directory that stands for /app, and real bash.
class StartScript : public testing::Test {
 protected:
  StartScript() : app_(::mkdtemp(template_)) {}
  ~StartScript() override { fs::remove_all(app_); }

  void file(const std::string& name, const std::string& text) const {
    const fs::path path = app_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  /// The output of a command; the script's /app is this directory.
  std::string run(const std::string& command, std::vector<std::string> environment = {}) {
    std::string script = kStartScript;
    for (auto at = script.find("/app"); at != std::string::npos; at = script.find("/app", at))
      script.replace(at, 4, app_.string());
    environment.push_back("PATH=/usr/bin:/bin");
    Pipe pipe = Pipe::make();
    Child bash = Child::start({.argv = {"/bin/bash", "-c", script, command},
                               .environment = std::move(environment),
                               .stdout_fd = pipe.write.get(),
                               .stderr_fd = pipe.write.get()});
    pipe.write.reset();
    std::string output;
    while (read_some(pipe.read.get(), output)) {
    }
    status_ = bash.wait();
    return output;
  }

  char template_[32] = "/tmp/hythe-start.XXXXXX";
  fs::path app_;
  ExitStatus status_;
};

TEST_F(StartScript, RunsTheCommandInTheAppAsBashDoes) {
  EXPECT_EQ(run("pwd"), app_.string() + "\n");
  EXPECT_EQ(run("A='a  b'; [[ $A == a* ]] && echo \"$A\" | tr a-z A-Z", {"X=1"}), "A  B\n");
  run("exit 7");
  EXPECT_EQ(status_.code, 7);
  run("no-such-command");
  EXPECT_EQ(status_.code, 127);
}

TEST_F(StartScript, SourcesProfilesInTheOrderOfTheCLocale) {
  for (const char* name :
       {"a.sh", "B.sh", "000_apt.sh", "zzgopath.sh", "_x.sh", "with blank.sh"})
    file(concat(".profile.d/", name),
         "ORDER=\"$ORDER $(basename \"$BASH_SOURCE\" .sh)\"; export ORDER\n");
  file(".profile.d/ignored.txt", "ORDER=ignored\n");
  file(".profile", "ORDER=\"$ORDER profile\"\n");
  // Where that locale is not installed, bash warns first.
  EXPECT_THAT(run("echo $ORDER $LC_ALL", {"LC_ALL=en_US.UTF-8"}),
              EndsWith("000_apt B _x a with blank zzgopath profile en_US.UTF-8\n"));
  EXPECT_EQ(run("echo $ORDER ${LC_ALL-unset}"),
            "000_apt B _x a with blank zzgopath profile unset\n");
}

TEST_F(StartScript, ToleratesWhatProfilesDo) {
  file(".profile.d/1.sh", "return 3\n");
  file(".profile.d/2.sh", "false; : $UNSET; cd /; shopt -s nullglob\n");
  file(".profile.d/3.sh", "declare -x DECLARED=yes\nNOT_EXPORTED=yes\n");
  file(".profile.d/4.sh", "for hythe_script in x; do :; done; unset hythe_scripts\n");
  file(".profile.d/5.sh", "export LAST=yes\n");
  EXPECT_EQ(run("echo $DECLARED ${NOT_EXPORTED-no} $LAST *.nothing"), "yes no yes *.nothing\n");
}

TEST_F(StartScript, LeavesNoShellBehindTheLastCommand) {
  // Whoever reads its own status is our child, and not that of a bash in between.
  const std::string ours = concat("PPid:\t", ::getpid(), "\n");
  file(".profile.d/1.sh", "export A=1\n");
  for (const char* command :
       {"cat /proc/self/status", "exec cat /proc/self/status", "A=2 cat /proc/self/status",
        "cd / && cat /proc/self/status", "true; cat /proc/self/status"})
    EXPECT_THAT(run(command), HasSubstr(ours)) << command;
}

TEST_F(StartScript, NeedsNoProfileAndLeavesNothingOfItsOwn) {
  EXPECT_EQ(run("echo $A", {"A=a"}), "a\n");
  EXPECT_THAT(run("env"), Not(HasSubstr("hythe_")));
}

}  // namespace
}  // namespace hythe
