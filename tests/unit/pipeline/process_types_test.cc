// SPDX-License-Identifier: Apache-2.0
#include "pipeline/process_types.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/descriptors.h"

namespace hythe {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

using Processes = std::vector<ProcessCommand>;

/// What is told of a build while its process types are found out.
std::string told_of(const Build& built) {
  Pipe pipe = Pipe::make();
  {
    Console console(std::move(pipe.write));
    (void)process_types(built, last_word(built, console), console);
  }
  std::string text;
  while (read_some(pipe.read.get(), text)) {
  }
  return text;
}

Build built_by(const std::vector<std::string>& release_output,
               std::optional<std::string> procfile = {}) {
  Build built{.procfile = std::move(procfile), .release_output = release_output};
  for (std::size_t i = 0; i < release_output.size(); ++i)
    built.buildpacks.push_back({.name = std::string(1, static_cast<char>('a' + i))});
  return built;
}

TEST(MergeProcessTypes, LetsTheProcfileGoFirst) {
  const ReleaseOutput release =
      ReleaseOutput::parse("default_process_types:\n  web: default\n  console: default\n");
  const struct {
    std::optional<const char*> procfile;
    Processes merged;
  } cases[] = {
      {std::nullopt, {{"web", "default"}, {"console", "default"}}},
      {"# nothing\n", {{"web", "default"}, {"console", "default"}}},
      {"web: mine\n", {{"web", "mine"}, {"console", "default"}}},
      {"worker: mine\n", {{"worker", "mine"}, {"console", "default"}}},
      {"console: mine\nweb: mine\n", {{"console", "mine"}, {"web", "mine"}}},
  };
  for (const auto& c : cases) {
    std::optional<Procfile> procfile;
    if (c.procfile) procfile = Procfile::parse(*c.procfile);
    EXPECT_EQ(merge_process_types(procfile, release), c.merged) << c.procfile.value_or("none");
  }
}

TEST(ProcessTypes, NameTheAddOnsThatNobodyHasOnce) {
  EXPECT_EQ(told_of(built_by({"addons:\n- heroku-postgresql\n- mongo:sandbox\n"
                              "default_process_types:\n  web: a\n"})),
            "warning: hythe has no add-ons: heroku-postgresql, mongo:sandbox; set their "
            "variables yourself: hythe env APP set NAME=VALUE\n"
            "       Default types for buildpack -> web\n");
  EXPECT_EQ(told_of(built_by({"addons: []\ndefault_process_types:\n  web: a\n"})),
            "       Default types for buildpack -> web\n");
}

TEST(ProcessTypes, TellWhatIsWrongWithAProcfileThatCanBeUsed) {
  EXPECT_EQ(told_of(built_by({}, "web: a\nhello\nweb: b\n")),
            "warning: Procfile line 2: 'hello' is not 'TYPE: COMMAND', ignoring it\n"
            "warning: Procfile line 3: 'web' is there twice, ignoring the earlier one\n"
            "       Procfile declares types -> web\n");
}

TEST(ProcessTypes, TellWhereTheyAreFrom) {
  EXPECT_EQ(told_of(built_by({"default_process_types:\n  web: a\n  console: b\n"},
                             "web: c\nworker: d\n")),
            "       Procfile declares types -> web, worker\n"
            "       Default types for buildpack -> console\n");
  EXPECT_THAT(told_of(built_by({"--- {}\n"})), IsEmpty());
}

TEST(ProcessTypes, AreThoseOfTheLastBuildpackThatHasSome) {
  EXPECT_THAT(told_of(built_by({"default_process_types:\n  web: a\n", "--- {}\n"})),
              HasSubstr("Default process types from a"));
}

}  // namespace
}  // namespace hythe
