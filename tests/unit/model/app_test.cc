// SPDX-License-Identifier: Apache-2.0
#include "model/app.h"

#include <gtest/gtest.h>

#include "lib/errors.h"
#include "lib/yaml.h"

namespace hythe {
namespace {

App an_app() {
  App app{.name = parse_app_name("shop")};
  app.environment = {{"KEY", "two\nlines"}, {"EMPTY", ""}};
  app.formation = {{"web", 2}, {"worker", 0}};
  app.sizes = {{"web", "L"}};
  app.stop_first = {"worker"};
  app.domains = {"shop.example.org", "www.shop.example.org"};
  app.settings = {{"drain", "10m"}};
  app.limits = {{"build_time", "1h"}};
  app.waiting = {"GREETING", "SECRET"};
  app.release = 7;
  app.deployment = 9;
  app.ref = "refs/heads/main";
  app.is_stopped = true;
  return app;
}

TEST(App, KeepsAllOfItInItsFile) {
  const App app = an_app();
  const std::string text = app.to_yaml().dump();
  const App read = App::from_yaml(app.name, Yaml::parse(text, "app.yml"));
  EXPECT_EQ(read.to_yaml().dump(), text);
  EXPECT_EQ(read.environment, app.environment);
  EXPECT_EQ(read.stop_first, app.stop_first);
  EXPECT_EQ(read.domains, app.domains);
  EXPECT_TRUE(read.is_stopped);
}

TEST(App, ReadsAFileOfBeforeTheseKeysWereThere) {
  const App read = App::from_yaml(parse_app_name("shop"),
                                  Yaml::parse("version: 1\nrelease: 3\n", "app.yml"));
  EXPECT_EQ(read.release, 3U);
  EXPECT_FALSE(read.is_stopped);
  EXPECT_TRUE(read.domains.empty());
}

TEST(Change, ChangesWhatItNamesAndNothingElse) {
  App app = an_app();
  Change{.environment = {{"KEY", std::nullopt}, {"NEW", "1"}},
         .stop_first = {{"worker", false}, {"clock", true}},
         .settings = {{"drain", std::nullopt}},
         .release = 4,
         .is_stopped = false}
      .apply_to(app);
  EXPECT_EQ(app.environment, (std::map<std::string, std::string>{{"EMPTY", ""}, {"NEW", "1"}}));
  EXPECT_EQ(app.stop_first, std::set<std::string>{"clock"});
  EXPECT_TRUE(app.settings.empty());
  EXPECT_EQ(app.release, 4U);
  EXPECT_FALSE(app.is_stopped);
  EXPECT_EQ(app.domains, an_app().domains);
  EXPECT_EQ(app.sizes, an_app().sizes);
}

TEST(Change, AddsToWhatThereIsThen) {
  App app = an_app();
  Change{.more = {{"web", 3}, {"worker", 2}, {"clock", 1}}, .sizes = {{"web", ""}}}.apply_to(
      app);
  EXPECT_EQ(app.count("web"), 5U);
  EXPECT_EQ(app.count("worker"), 2U);
  EXPECT_EQ(app.count("clock"), 1U);
  EXPECT_FALSE(app.sizes.contains("web")) << "the usual one again";
  Change{.more = {{"web", -5}}}.apply_to(app);
  EXPECT_EQ(app.count("web"), 0U);
  for (const int more : {-1, 31}) {
    Change change;
    change.more["web"] = more;
    EXPECT_THROW(change.apply_to(app), PushError) << more;
  }
  EXPECT_EQ(app.count("web"), 0U);
}

}  // namespace
}  // namespace hythe
