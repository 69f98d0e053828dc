// SPDX-License-Identifier: Apache-2.0
#include "inside/build/engine.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "inside/build/failure.h"
#include "inside/build/finish.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

Chosen official(const std::string& name, std::optional<std::string> language = {}) {
  return {.address = BuildpackAddress::official(name), .language = std::move(language)};
}

/// Buildpacks made here, run by the real engine, in a directory of their own.
class Engine : public testing::Test {
 protected:
  Engine() : root_(::mkdtemp(template_)) {
    layout_ = {.build_dir = root_ + "/build",
               .cache_dir = root_ + "/cache",
               .env_dir = root_ + "/env",
               .buildpacks = root_ + "/buildpacks",
               .official = root_ + "/official",
               .last_cache = root_ + "/none",
               .home = root_ + "/home"};
    for (const auto& directory :
         {layout_.build_dir, layout_.cache_dir, layout_.env_dir, layout_.home})
      fs::create_directories(directory);
  }
  ~Engine() override { fs::remove_all(root_); }

  /// A buildpack whose scripts are not even executable.
  void buildpack(const std::string& name, const std::string& compile,
                 const std::string& release = "", const std::string& exported = "") const {
    const std::string bin = layout_.official + "/" + name + "/bin/";
    fs::create_directories(bin);
    std::ofstream(bin + "detect") << "#!/bin/bash\necho \"" << name << " saw $FROM_EXPORT\"\n";
    std::ofstream(bin + "compile") << "#!/bin/bash\n" << compile << "\n";
    if (!release.empty()) std::ofstream(bin + "release") << "#!/bin/bash\n" << release << "\n";
    if (!exported.empty()) std::ofstream(bin + "../export") << exported << "\n";
  }
  /// The report, with '|' for NUL.
  std::string run(const std::vector<Chosen>& chosen) {
    const std::string path = root_ + "/report";
    ReportPipe report(
        UniqueFd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)));
    const Variables plain = {{"PATH", "/usr/bin:/bin"}};
    const StackNames stack({.id = "1", .commit = "2", .app = "3", .stack = "debian-12"}, {});
    const Git git(plain, layout_.home, "");
    testing::internal::CaptureStderr();
    try {
      run_buildpacks(chosen, {.layout = layout_, .plain = plain, .stack = stack, .git = git},
                     report);
    } catch (const BuildFailure& failure) {
      failure_ = failure.what();
    }
    log_ = testing::internal::GetCapturedStderr();
    const std::string plain_again = "\033[0m";  // in front of our own lines
    for (auto at = log_.find(plain_again); at != log_.npos; at = log_.find(plain_again))
      log_.erase(at, plain_again.size());
    phase_ = report.phase();
    std::string text = contents(path);
    for (char& c : text)
      if (c == '\0') c = '|';
    return text;
  }
  static std::string contents(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  char template_[32] = "/tmp/hythe-engine.XXXXXX";
  std::string root_;
  Layout layout_;
  std::string failure_;
  std::string log_;
  const std::string how_to_see_more_ =
      "most buildpacks say what they do when the app has the variable BUILDPACK_DEBUG=1, or "
      "BUILDPACK_XTRACE=1";
  std::string_view phase_;
};

TEST_F(Engine, HandsTheExportsOfOneBuildpackToTheNextButNotToRelease) {
  buildpack("one", "echo \"$1 $2 $3\" >\"$1/args\"", "printf 'one saw %s' \"$FROM_EXPORT\"",
            "echo noise; export FROM_EXPORT=\"a \\\"b\\\"\" PATH=\"/one:$PATH\" STACK=evil\n"
            "NOT_EXPORTED=1");
  buildpack("two", "echo \"$FROM_EXPORT $PATH $STACK ${NOT_EXPORTED-no}\" >\"$1/seen\"",
            "printf 'two saw %s' \"$FROM_EXPORT\"");
  EXPECT_EQ(run({official("one"), official("two")}),
            "buildpack|one|language|one saw|release|one saw |"
            "buildpack|two|language|two saw a \"b\"|release|two saw |");
  EXPECT_EQ(failure_, "");
  EXPECT_EQ(contents(layout_.build_dir + "/args"),
            layout_.build_dir + " " + layout_.cache_dir + " " + layout_.env_dir + "\n");
  EXPECT_EQ(contents(layout_.build_dir + "/seen"), "a \"b\" /one:/usr/bin:/bin debian-12 no\n");
}

TEST_F(Engine, StopsAtTheFirstCompileThatFails) {
  buildpack("one", "kill -KILL $$");
  buildpack("two", "true");
  EXPECT_EQ(run({official("one", "One"), official("two", "Two")}),
            "buildpack|one|language|One|");
  EXPECT_EQ(failure_,
            "bin/compile of the buildpack 'one' was killed by signal 9 and printed nothing,\n"
            "most often because the memory of the build ran out\n" +
                how_to_see_more_);
  EXPECT_EQ(phase_, "compile");
  EXPECT_EQ(log_, "=====> Detected Framework: One\n");
}

TEST_F(Engine, ShowsWhatACompilePrintsAndSaysWhenThatIsNothing) {
  buildpack("loud", "echo out; echo err >&2; exit 6");
  run({official("loud", "Loud")});
  EXPECT_EQ(log_, "-----> Loud app detected\nout\nerr\n");
  EXPECT_EQ(failure_,
            "bin/compile of the buildpack 'loud' exited with code 6,\n"
            "as curl does when the name of a host cannot be resolved");
  buildpack("silent", "echo; exit 6");
  run({official("silent", "Silent")});
  EXPECT_EQ(failure_,
            "bin/compile of the buildpack 'silent' exited with code 6 and printed nothing,\n"
            "as curl does when the name of a host cannot be resolved\n" +
                how_to_see_more_);
}

TEST_F(Engine, ShowsTheEndOfWhatWasMeantForUsWhenAScriptFails) {
  std::string last;
  for (int line = 6; line <= 25; ++line) last += std::to_string(line) + "\n";
  buildpack("one", "true", "seq 25; exit 6");
  EXPECT_EQ(run({official("one", "One")}), "buildpack|one|language|One|");
  EXPECT_EQ(failure_, "");
  EXPECT_EQ(log_, "-----> One app detected\n" + last +
                      " !     bin/release of the buildpack 'one' exited with code 6,\n"
                      " !     as curl does when the name of a host cannot be resolved, "
                      "ignoring it\n");
  buildpack("two", "true");
  const std::string detect = layout_.official + "/two/bin/detect";
  std::ofstream(detect) << "#!/bin/bash\necho 'no Twofile here'; echo why >&2; exit 1\n";
  run({official("two")});
  EXPECT_EQ(log_, "why\nno Twofile here\n");
  EXPECT_EQ(
      failure_,
      "the buildpack 'two' does not recognise this app: its bin/detect exited with code 1");
  std::ofstream(detect) << "#!/bin/bash\necho no; exit 1\n";
  fs::remove_all(layout_.buildpacks);
  run({official("two")});
  EXPECT_EQ(log_, "");
}

TEST_F(Engine, SaysWhyAnExportCannotBeSourced) {
  buildpack("one", "true", "", "no-such-command || exit");
  buildpack("two", "true");
  run({official("one", "One"), official("two", "Two")});
  EXPECT_EQ(
      failure_,
      "the export file of the buildpack 'one' cannot be sourced: bash exited with code 127,\n"
      "a command was not found: the stack does not have it");
  EXPECT_EQ(phase_, "compile");
}

TEST_F(Engine, StillReadsWhatIsLeftInTheBackground) {
  // An echo into a pipe that nobody reads fails.
  buildpack("one", "mkfifo \"$1/go\"; (read -r <\"$1/go\"; echo late && echo ok >\"$1/go\") &");
  buildpack("two", "echo >\"$1/go\"; read -r -t 20 word <\"$1/go\"; echo \"said: $word\"");
  run({official("one", "One"), official("two", "Two")});
  EXPECT_EQ(failure_, "");
  EXPECT_NE(log_.find("said: ok\n"), std::string::npos) << log_;
}

TEST_F(Engine, KeepsWhatBinReportSaysOfASuccessAndOfAFailure) {
  buildpack("one", "true");
  buildpack("two", "exit 3");
  for (const char* name : {"one", "two"})
    std::ofstream(layout_.official + "/" + name + "/bin/report")
        << "#!/bin/bash\necho \"$1 $2 $3\"\n";
  const std::string report =
      "report|" + layout_.build_dir + " " + layout_.cache_dir + " " + layout_.env_dir + "\n|";
  EXPECT_EQ(run({official("one", "One"), official("two", "Two")}),
            "buildpack|one|language|One|" + report + "buildpack|two|language|Two|" + report);
  EXPECT_EQ(failure_,
            "bin/compile of the buildpack 'two' exited with code 3 and printed nothing,\n"
            "as a script with 'set -e' does at the first command that fails\n" +
                how_to_see_more_);
}

TEST_F(Engine, RefusesWhatIsNoBuildpackBeforeAnythingRuns) {
  buildpack("one", "touch \"$1/ran\"");
  fs::create_directories(layout_.official + "/two/bin");
  run({official("one", "One"), official("two", "Two")});
  EXPECT_EQ(failure_, "'two' is no buildpack: it has no bin/detect");
  EXPECT_EQ(phase_, "fetch");
  EXPECT_FALSE(fs::exists(layout_.build_dir + "/ran"));
}

TEST_F(Engine, NoticesABuildDirectoryThatWasReplaced) {
  buildpack("one", "rm -r \"$1\" && ln -s /etc \"$1\"");
  run({official("one", "One")});
  EXPECT_EQ(failure_, "the buildpack 'one' removed the build directory");
}

TEST_F(Engine, IgnoresAReleaseThatSaysTooMuch) {
  buildpack("one", "true", "head -c 70000 /dev/zero | tr '\\0' x");
  buildpack("two", "true", "printf 'a\\0b'");
  EXPECT_EQ(run({official("one", "One"), official("two", "Two")}),
            "buildpack|one|language|One|buildpack|two|language|Two|");
  EXPECT_EQ(failure_, "");
}

TEST_F(Engine, ReadsAProcfileOnlyWhenItIsAFileOfReasonableSize) {
  const std::string path = layout_.build_dir + "/Procfile";
  EXPECT_EQ(read_text(layout_, "Procfile"), std::nullopt);
  std::ofstream(path) << "web: a";
  EXPECT_EQ(read_text(layout_, "Procfile"), "web: a");
  std::ofstream(path) << std::string(65536, '#');
  EXPECT_EQ(read_text(layout_, "Procfile")->size(), 65536U);
  std::ofstream(path) << std::string(65537, '#');
  EXPECT_THROW((void)read_text(layout_, "Procfile"), BuildFailure);
  fs::remove(path);
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_THROW((void)read_text(layout_, "Procfile"), BuildFailure);
  fs::remove(path);
  fs::create_directory(path);
  EXPECT_THROW((void)read_text(layout_, "Procfile"), BuildFailure);
}

}  // namespace
}  // namespace hythe::builder
