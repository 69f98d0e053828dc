// SPDX-License-Identifier: Apache-2.0
#include "model/build/release_output.h"

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

/// The shapes that the scripts of well-known buildpacks print.
TEST(ReleaseOutput, ReadsWhatWellKnownBuildpacksPrint) {
  const struct {
    const char* buildpack;
    const char* text;
    Processes types;
    Variables variables;
    std::vector<std::string> addons;
  } cases[] = {
      {"null: no script, or one without output", "", {}, {}, {}},
      {"go, null: an empty document", "--- {}\n", {}, {}, {}},
      {"apt, inline: the beginning of one", "---\n", {}, {}, {}},
      {"an empty one of psych", "--- {}\n\n...\n", {}, {}, {}},
      {"nodejs: no beginning",
       "addons: []\ndefault_process_types:\n  web: npm start\n",
       {{"web", "npm start"}},
       {},
       {}},
      {"python: sections without content, and comments",
       "---\nconfig_vars:\n\n\n#addons:\n#  - heroku-postgresql\n",
       {},
       {},
       {}},
      {"python, older: everything in config_vars",
       "---\naddons:\n  - heroku-postgresql\nconfig_vars:\n"
       "  PATH: /app/.heroku/python/bin:/usr/local/bin:/usr/bin:/bin\n"
       "  LANG: en_US.UTF-8\n  PYTHONUNBUFFERED: true\ndefault_process_types:\n",
       {},
       {{"PATH", "/app/.heroku/python/bin:/usr/local/bin:/usr/bin:/bin"},
        {"LANG", "en_US.UTF-8"},
        {"PYTHONUNBUFFERED", "true"}},
       {"heroku-postgresql"}},
      {"ruby: YAML.dump of Rails, with a quoted text and a folded one",
       "---\naddons:\n- heroku-postgresql:essential-0\nconfig_vars: {}\n"
       "default_process_types:\n"
       "  rake: bundle exec rake\n"
       "  console: bin/rails console\n"
       "  web: bin/rails server -p ${PORT:-5000} -e $RAILS_ENV\n"
       "  job: 'sh -c \"echo: # $HOME\"'\n"
       "  long: bundle exec sidekiq -C config/sidekiq.yml -e production -q default -q\n"
       "    mailers -q low\n",
       {{"rake", "bundle exec rake"},
        {"console", "bin/rails console"},
        {"web", "bin/rails server -p ${PORT:-5000} -e $RAILS_ENV"},
        {"job", "sh -c \"echo: # $HOME\""},
        {"long",
         "bundle exec sidekiq -C config/sidekiq.yml -e production -q default -q mailers -q "
         "low"}},
       {},
       {"heroku-postgresql:essential-0"}},
      {"ruby: YAML.dump of Rack, nothing but defaults",
       "---\naddons: []\ndefault_process_types:\n  console: bundle exec irb\n"
       "  rake: bundle exec rake\n  web: bundle exec rackup config.ru -p ${PORT:-5000}\n",
       {{"console", "bundle exec irb"},
        {"rake", "bundle exec rake"},
        {"web", "bundle exec rackup config.ru -p ${PORT:-5000}"}},
       {},
       {}},
      {"php: a heredoc",
       "---\naddons: []\ndefault_process_types:\n  web: heroku-php-apache2\n",
       {{"web", "heroku-php-apache2"}},
       {},
       {}},
      {"php of Scalingo: a PATH",
       "---\nconfig_vars:\n"
       "  PATH: "
       "/app/bin:/app/vendor/nginx/sbin:/app/vendor/php/bin:/usr/local/bin:/usr/bin:/bin\n"
       "addons:\ndefault_process_types:\n  web: bin/run\n",
       {{"web", "bin/run"}},
       {{"PATH",
         "/app/bin:/app/vendor/nginx/sbin:/app/vendor/php/bin:/usr/local/bin:/usr/bin:/bin"}},
       {}},
      {"java: echo after echo, with a database",
       "---\naddons:\n  - heroku-postgresql\ndefault_process_types:\n"
       "  web: java -Dserver.port=$PORT $JAVA_OPTS -jar target/shop-1.0.jar\n",
       {{"web", "java -Dserver.port=$PORT $JAVA_OPTS -jar target/shop-1.0.jar"}},
       {},
       {"heroku-postgresql"}},
      {"gradle: several commands in one",
       "---\ndefault_process_types:\n"
       "  web: cd build ; java $JAVA_OPTS -jar ./server/webapp-runner-9.0.jar --expand-war "
       "--port $PORT libs/*.war\n",
       {{"web",
         "cd build ; java $JAVA_OPTS -jar ./server/webapp-runner-9.0.jar --expand-war --port "
         "$PORT "
         "libs/*.war"}},
       {},
       {}},
      {"gradle: an app with a Procfile", "---\n", {}, {}, {}},
      {"scala: universal packaging",
       "---\naddons:\n  - heroku-postgresql\ndefault_process_types:\n"
       "  web: target/universal/stage/bin/shop -Dhttp.port=$PORT\n",
       {{"web", "target/universal/stage/bin/shop -Dhttp.port=$PORT"}},
       {},
       {"heroku-postgresql"}},
      {"scala, older: SBT's options",
       "---\nconfig_vars:\n  PATH: .sbt_home/bin:/usr/local/bin:/usr/bin:/bin\n"
       "  JAVA_OPTS: -Xmx384m -Xss512k -XX:+UseCompressedOops\n"
       "  SBT_OPTS: -Xmx384m -Xss512k\n  REPO: /app/.sbt_home/.ivy2/cache\naddons:\n"
       "  shared-database:5mb\n",
       {},
       {{"PATH", ".sbt_home/bin:/usr/local/bin:/usr/bin:/bin"},
        {"JAVA_OPTS", "-Xmx384m -Xss512k -XX:+UseCompressedOops"},
        {"SBT_OPTS", "-Xmx384m -Xss512k"},
        {"REPO", "/app/.sbt_home/.ivy2/cache"}},
       {}},
      {"clojure: variables and a default",
       "---\nconfig_vars:\n  PATH: .lein/bin:/usr/local/bin:/usr/bin:/bin\n"
       "  JVM_OPTS: -Xmx400m -Dfile.encoding=UTF-8\n  LEIN_NO_DEV: yes\n"
       "default_process_types:\n  web: lein trampoline run\n",
       {{"web", "lein trampoline run"}},
       {{"PATH", ".lein/bin:/usr/local/bin:/usr/bin:/bin"},
        {"JVM_OPTS", "-Xmx400m -Dfile.encoding=UTF-8"},
        {"LEIN_NO_DEV", "yes"}},
       {}},
      {"play: a variable that the script did not have either",
       "---\nconfig_vars:\n  PATH: .play:/usr/local/bin:/usr/bin:/bin\n  DATABASE_JDBC_URL: \n"
       "addons:\n  - shared-database:5mb\ndefault_process_types:\n"
       "  web:    play run --http.port=$PORT $PLAY_OPTS\n",
       {{"web", "play run --http.port=$PORT $PLAY_OPTS"}},
       {{"PATH", ".play:/usr/local/bin:/usr/bin:/bin"}, {"DATABASE_JDBC_URL", ""}},
       {"shared-database:5mb"}},
      {"nginx: an empty section before a full one",
       "---\naddons:\nconfig_vars:\n"
       "  PATH: /app/bin:/app/vendor/nginx/sbin:/usr/local/bin:/usr/bin:/bin\n"
       "default_process_types:\n  web: bin/run\n",
       {{"web", "bin/run"}},
       {{"PATH", "/app/bin:/app/vendor/nginx/sbin:/usr/local/bin:/usr/bin:/bin"}},
       {}},
      {"static: a heredoc",
       "---\naddons: []\ndefault_process_types:\n  web: bin/boot\n",
       {{"web", "bin/boot"}},
       {},
       {}},
      {"multi: what the last one of several said, twice over",
       "---\naddons: []\n---\naddons: [heroku-redis, \"mongo:sandbox\"]\n"
       "default_process_types:\n  web: npm start\n",
       {{"web", "npm start"}},
       {},
       {"heroku-redis", "mongo:sandbox"}},
      {"elixir: quotes and a colon",
       "---\ndefault_process_types:\n  web: \"MIX_ENV=prod mix phx.server\"\n"
       "  release: \"mix ecto.migrate: all\"\n",
       {{"web", "MIX_ENV=prod mix phx.server"}, {"release", "mix ecto.migrate: all"}},
       {},
       {}},
      {"a noisy script, before it comes to the point",
       "Picked up JAVA_TOOL_OPTIONS: -Xmx300m\n---\ndefault_process_types:\n  web: a\n",
       {{"web", "a"}},
       {},
       {}},
  };
  for (const auto& c : cases) {
    const ReleaseOutput out = ReleaseOutput::parse(c.text);
    EXPECT_EQ(out.default_process_types, c.types) << c.buildpack;
    EXPECT_EQ(out.config_vars, c.variables) << c.buildpack;
    EXPECT_EQ(out.addons, c.addons) << c.buildpack;
    EXPECT_THAT(out.warnings, IsEmpty()) << c.buildpack;
  }
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
