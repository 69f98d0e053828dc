// SPDX-License-Identifier: Apache-2.0
#include "lib/release_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hythe {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

using Processes = std::vector<ProcessCommand>;
using Variables = std::vector<std::pair<std::string, std::string>>;

Processes types_in(const std::string& text) {
  return ReleaseOutput::parse(text).default_process_types;
}

TEST(ReleaseOutput, ReadsWhatRubysYamlDumpWrites) {
  const ReleaseOutput out = ReleaseOutput::parse(
      "---\n"
      "addons:\n"
      "- heroku-postgresql\n"
      "config_vars: {}\n"
      "default_process_types:\n"
      "  web: bundle exec puma -C config/puma.rb --some-very-long-flag=aaaaaaaaaaaaaaaaa\n"
      "    --another bbbbbbbbbbbbbbbbbbbb $PORT\n"
      "  console: 'x: y # z'\n");
  EXPECT_THAT(out.addons, ElementsAre("heroku-postgresql"));
  EXPECT_THAT(out.config_vars, IsEmpty());
  EXPECT_EQ(out.default_process_types, (Processes{{"web",
                                                   "bundle exec puma -C config/puma.rb "
                                                   "--some-very-long-flag=aaaaaaaaaaaaaaaaa "
                                                   "--another bbbbbbbbbbbbbbbbbbbb $PORT"},
                                                  {"console", "x: y # z"}}));
}

TEST(ReleaseOutput, ReadsWhatBuildpacksEcho) {
  const struct {
    const char* text;
    Processes types;
  } cases[] = {
      {"", {}},
      {"--- {}\n", {}},
      {"{}", {}},
      {"---\nconfig_vars:\naddons: []\ndefault_process_types:\n", {}},
      {"default_process_types: {}\n", {}},
      {"default_process_types: null\n", {}},
      {"default_process_types:\n  web: npm start\n", {{"web", "npm start"}}},
      {"default_process_types:\r\n  web: npm start\r\n", {{"web", "npm start"}}},
      {"default_process_types:\n    web:    npm start", {{"web", "npm start"}}},
      {"default_process_types:\n\tweb: a\n", {{"web", "a"}}},
      {"default_process_types:\n  web: a --x=b: c # d\n", {{"web", "a --x=b: c # d"}}},
      {"default_process_types:\n  web: 'it''s'\n", {{"web", "it's"}}},
      {"default_process_types:\n  web: \"a \\\"b\\\" \\\\ c\"\n", {{"web", "a \"b\" \\ c"}}},
      {"default_process_types:\n  web: \"a\" b \"c\n", {{"web", "\"a\" b \"c"}}},
      {"default_process_types:\n  \"web\": a\n", {{"web", "a"}}},
      {"default_process_types:\n  web: curl\n    http://x:80/y\n",
       {{"web", "curl http://x:80/y"}}},
      {"default_process_types:\n  web: >-\n    a\n    b\n", {{"web", "a b"}}},
      {"default_process_types:\n  web: |\n    a\n", {{"web", "a"}}},
      {"default_process_types:\n  web: \"a \\\n    \\  b\"\n", {{"web", "a   b"}}},
      {"default_process_types:\n  web: 'a\n    b: c'\n", {{"web", "a b: c"}}},
      {"default_process_types:\n  web: a\n\n# b\n  worker: c\n",
       {{"web", "a"}, {"worker", "c"}}},
      {"default_process_types:\n  web: a\n  web: b\n", {{"web", "b"}}},
      {"other:\n  web: a\n", {}},
      {"  web: a\n", {}},
      {"just some words\n", {}},
      {"- a\n- b\n", {}},
  };
  for (const auto& c : cases) EXPECT_EQ(types_in(c.text), c.types) << c.text;
}

TEST(ReleaseOutput, ReadsVariablesAndAddOns) {
  const ReleaseOutput out = ReleaseOutput::parse(
      "config_vars:\n"
      "  PATH: bin:/usr/bin:/bin\n"
      "  JAVA_OPTS: -Xmx384m -Xss512k\n"
      "addons:\n"
      "  - shared-database:5mb\n"
      "  - 'b'\n");
  EXPECT_EQ(out.config_vars,
            (Variables{{"PATH", "bin:/usr/bin:/bin"}, {"JAVA_OPTS", "-Xmx384m -Xss512k"}}));
  EXPECT_THAT(out.addons, ElementsAre("shared-database:5mb", "b"));
  EXPECT_THAT(ReleaseOutput::parse("addons: [a, b:c ]\n").addons, ElementsAre("a", "b:c"));
}

TEST(ReleaseOutput, LeavesOutWhatCannotBeUsedAndSaysSo) {
  const ReleaseOutput out =
      ReleaseOutput::parse(std::string("default_process_types:\n"
                                       "  ../x: a\n"
                                       "  web: ~\n"
                                       "  good: b\n"
                                       "config_vars:\n"
                                       "  a b: c\n"
                                       "  A-B: c\n"));
  EXPECT_EQ(out.default_process_types, (Processes{{"good", "b"}}));
  EXPECT_THAT(out.config_vars, IsEmpty());
  EXPECT_THAT(out.warnings, SizeIs(3));
}

TEST(ReleaseOutput, NeverThrowsWhateverComes) {
  std::string text;
  for (int c = 0; c < 256; ++c) {
    text += static_cast<char>(c);
    text += "default_process_types:\n  web: \"";
    (void)ReleaseOutput::parse(text);
  }
}

}  // namespace
}  // namespace hythe
