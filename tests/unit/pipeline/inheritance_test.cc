// SPDX-License-Identifier: Apache-2.0
#include "pipeline/inheritance.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

class Inheritance : public ::testing::Test {
 protected:
  Inheritance() {
    parent.environment = {{"COLOUR", "red"}, {"DATABASE_URL", "production"}, {"KEY", "live"}};
    parent.formation = {{"web", 3}, {"worker", 2}};
    parent.sizes = {{"web", "L"}};
    parent.stop_first = {"clock"};
    app.review = {.parent = parent.name, .name = "look"};
  }
  void inherit_with(const std::string& manifest) {
    inherit(app, parent, AppManifest::parse(manifest, "scalingo.json"),
            "http://shop-look.example.org");
  }

  App parent{.name = *AppName::parse("shop")};
  App app{.name = *AppName::parse("shop-look")};
};

TEST_F(Inheritance, IsAllOfTheParentsWithoutAManifest) {
  inherit_with("{}");
  EXPECT_EQ(app.environment, parent.environment);
  EXPECT_EQ(app.formation, parent.formation);
  EXPECT_EQ(app.sizes, parent.sizes);
  EXPECT_EQ(app.stop_first, parent.stop_first);
}

TEST_F(Inheritance, IsChangedByTheManifest) {
  inherit_with(R"({"env": {"DATABASE_URL": "sqlite:", "KEY": null,
      "SELF": {"generator": "url"}, "ADMIN": {"generator": "url", "template": "%URL%/a"},
      "NAMES": {"generator": "template", "template": "%APP% %PARENT_APP% %PR_NUMBER% %X% %"}},
      "formation": {"web": {"amount": 1, "size": "S"}, "worker": {"size": "M"}}})");
  const std::map<std::string, std::string> expected = {
      {"COLOUR", "red"},
      {"DATABASE_URL", "sqlite:"},
      {"SELF", "http://shop-look.example.org"},
      {"ADMIN", "http://shop-look.example.org/a"},
      {"NAMES", "shop-look shop look %X% %"}};
  EXPECT_EQ(app.environment, expected);
  EXPECT_EQ(app.formation, (std::map<std::string, unsigned>{{"web", 1}, {"worker", 2}}));
  EXPECT_EQ(app.sizes, (std::map<std::string, std::string>{{"web", "S"}, {"worker", "M"}}));
}

TEST_F(Inheritance, LeavesWhatWasSetForTheAppItself) {
  app.environment = {{"COLOUR", "blue"}, {"DATABASE_URL", "mine"}};
  app.formation = {{"web", 2}};
  inherit_with(R"({"env": {"DATABASE_URL": "sqlite:"}, "formation": {"web": {"amount": 9}}})");
  EXPECT_EQ(app.environment.at("COLOUR"), "blue");
  EXPECT_EQ(app.environment.at("DATABASE_URL"), "mine");
  EXPECT_EQ(app.environment.at("KEY"), "live");
  EXPECT_EQ(app.formation.at("web"), 2U);
}

TEST_F(Inheritance, MakesASecretOfItsOwn) {
  inherit_with(R"({"env": {"A": {"generator": "secret"}, "B": {"generator": "secret"}}})");
  EXPECT_EQ(app.environment.at("A").size(), 64U);
  EXPECT_NE(app.environment.at("A"), app.environment.at("B"));
}

TEST_F(Inheritance, CannotDoWithoutWhatIsRequired) {
  const std::string manifest = R"({"env": {"LICENCE": {"required": true}}})";
  EXPECT_THROW(inherit_with(manifest), PushError);
  app.environment = {{"LICENCE", "mine"}};
  inherit_with(manifest);
  EXPECT_EQ(app.environment.at("LICENCE"), "mine");
}

TEST_F(Inheritance, IsNoMoreThanAnAppCanHave) {
  std::string manifest = R"({"env": {"A": "b")";
  for (int i = 0; i < 1000; ++i) manifest += ", \"V" + std::to_string(i) + "\": \"x\"";
  EXPECT_THROW(inherit_with(manifest + "}}"), PushError);
}

TEST_F(Inheritance, NamesARequestByItsNumber) {
  app.review->request = 12;
  inherit_with(R"({"env": {"T": {"generator": "template", "template": "#%PR_NUMBER%"}}})");
  EXPECT_EQ(app.environment.at("T"), "#12");
}

TEST_F(Inheritance, IsOfTheFirstDeploymentOnly) {
  EXPECT_TRUE(is_to_inherit(app));
  app.release = 1;
  EXPECT_FALSE(is_to_inherit(app));
  EXPECT_FALSE(is_to_inherit(parent));
}

}  // namespace
}  // namespace hythe
