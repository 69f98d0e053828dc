// SPDX-License-Identifier: Apache-2.0
#include "model/procfile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Processes = std::vector<ProcessCommand>;

std::string refusal_of(const std::string& text) {
  try {
    (void)Procfile::parse(text);
    return "accepted";
  } catch (const PushError& error) {
    return error.what();
  }
}

TEST(Procfile, ReadsTypesInTheOrderOfTheFile) {
  const struct {
    const char* text;
    Processes processes;
  } cases[] = {
      {"", {}},
      {"\n \n# only a comment\n", {}},
      {"web: node app.js\n", {{"web", "node app.js"}}},
      {"web: no final newline", {{"web", "no final newline"}}},
      {"web:a\n", {{"web", "a"}}},
      {"web:   a  b  \t\n", {{"web", "a  b"}}},
      {"web:\ta\n  # a comment\n", {{"web", "a"}}},
      {"web: a\r\nworker: b\r\n", {{"web", "a"}, {"worker", "b"}}},
      {"\xEF\xBB\xBFweb: a\n", {{"web", "a"}}},
      {"worker: b\n# c\nweb: a\n", {{"worker", "b"}, {"web", "a"}}},
      {"web: PORT=$PORT a && b | c; d # e: f\n", {{"web", "PORT=$PORT a && b | c; d # e: f"}}},
      {"web: 'a: b'\n", {{"web", "'a: b'"}}},
      {"clock_1-x: a\n", {{"clock_1-x", "a"}}},
      {"postdeploy: a\n", {{"postdeploy", "a"}}},
      {"web: [1]\n", {{"web", "[1]"}}},
      {"web: h\xC3\xA9\n", {{"web", "h\xC3\xA9"}}},
  };
  for (const auto& c : cases) {
    const Procfile procfile = Procfile::parse(c.text);
    EXPECT_EQ(procfile.processes, c.processes) << c.text;
    EXPECT_THAT(procfile.warnings, IsEmpty()) << c.text;
  }
}

TEST(Procfile, TakesTheLastOfTwoLinesOfOneTypeAndSaysSo) {
  const Procfile procfile = Procfile::parse("web: a\nworker: b\nweb: c\n");
  EXPECT_EQ(procfile.processes, (Processes{{"web", "c"}, {"worker", "b"}}));
  EXPECT_THAT(procfile.warnings,
              ElementsAre("Procfile line 3: 'web' is there twice, ignoring the earlier one"));
}

TEST(Procfile, RemarksATypeThatIsOnlyAlmostASpecialOne) {
  EXPECT_THAT(Procfile::parse("Web: a\n").warnings,
              ElementsAre("Procfile line 1: 'Web' is not 'web', which is special"));
}

TEST(Procfile, SkipsLinesThatAreSomethingElseAndNamesThem) {
  const struct {
    const char* text;
    const char* warning;
  } cases[] = {
      {"web: a\nnonsense\n", "Procfile line 2: 'nonsense' is not 'TYPE: COMMAND', ignoring it"},
      {"web: a\n\nworker:\n", "Procfile line 3: 'worker:' is not 'TYPE: COMMAND', ignoring it"},
      {"worker: \t\nweb: a\n",
       "Procfile line 1: 'worker:' is not 'TYPE: COMMAND', ignoring it"},
      {": b\nweb: a\n", "Procfile line 1: ': b' is not 'TYPE: COMMAND', ignoring it"},
      {"../x: b\nweb: a\n", "Procfile line 1: '../x: b' is not 'TYPE: COMMAND', ignoring it"},
      {"we b: b\nweb: a\n", "Procfile line 1: 'we b: b' is not 'TYPE: COMMAND', ignoring it"},
      // Not at the beginning of the line, or not before the colon.
      {"  web: b\nweb: a\n", "Procfile line 1: 'web: b' is not 'TYPE: COMMAND', ignoring it"},
      {"web : b\nweb: a\n", "Procfile line 1: 'web : b' is not 'TYPE: COMMAND', ignoring it"},
      {"\033[31m\nweb: a\n",
       "Procfile line 1: '\\x1b[31m' is not 'TYPE: COMMAND', ignoring it"},
      {"w\xC3\xA9: b\nweb: a\n",
       "Procfile line 1: 'w\xC3\xA9: b' is not 'TYPE: COMMAND', ignoring it"},
  };
  for (const auto& c : cases) {
    const Procfile procfile = Procfile::parse(c.text);
    EXPECT_EQ(procfile.processes, (Processes{{"web", "a"}})) << c.text;
    EXPECT_THAT(procfile.warnings, ElementsAre(c.warning));
  }
}

TEST(Procfile, RefusesWhatItCannotRunAsWrittenAndNamesTheLine) {
  const struct {
    std::string text;
    const char* refusal;
  } cases[] = {
      {"web: b\n1web: a\n", "Procfile line 2: '1web' cannot be a process type here"},
      {"_web: a\n", "'_web' cannot be a process type here"},
      {"abcdefghijklmnopqrstuvwxy: a\n", "cannot be a process type here"},
      {std::string("web: a\0b\n", 9), "Procfile line 1: a control character in 'a\\x00b'"},
      {"web: a\033[31m\n", "a control character in 'a\\x1b[31m'"},
      {"web: a\rworker: b\n", "a control character in 'a\\rworker: b'"},
      {std::string(Procfile::kMaxBytes + 1, '#'), "more than 65536"},
  };
  for (const auto& c : cases) EXPECT_THAT(refusal_of(c.text), HasSubstr(c.refusal)) << c.text;
}

TEST(Procfile, HasABoundedNumberOfTypes) {
  std::string text;
  for (std::size_t i = 0; i < Procfile::kMaxTypes; ++i) text += concat("w", i, ": a\n");
  EXPECT_EQ(Procfile::parse(text).processes.size(), Procfile::kMaxTypes);
  EXPECT_THAT(refusal_of(text + "one-more: a\n"), HasSubstr("more than 64 process types"));
}

}  // namespace
}  // namespace hythe
