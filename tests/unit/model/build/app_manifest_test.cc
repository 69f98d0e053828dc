// SPDX-License-Identifier: Apache-2.0
#include "model/build/app_manifest.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

using Kind = AppManifest::Variable::Kind;

std::string refusal(const std::string& text) {
  try {
    (void)AppManifest::parse(text, "app.json");
  } catch (const PushError& error) {
    return error.what();
  }
  return "";
}

TEST(AppManifest, ReadsWhatScalingoDocuments) {
  const auto manifest = AppManifest::parse(R"({
    "name": "Sample", "stack": "scalingo-22",
    "env": {
      "PLAIN": {"description": "d", "value": "some value"},
      "SECRET": {"generator": "secret"},
      "SELF": {"generator": "url"},
      "ADMIN": {"generator": "url", "template": "%URL%/admin"},
      "TITLE": {"generator": "template", "template": "Pull Request Number %PR_NUMBER%"},
      "EMPTY": {"value": ""}, "NULL": {"value": null}
    },
    "formation": {"web": {"amount": 2, "size": "L"}, "worker": {"amount": 0, "size": "S"}},
    "scripts": {"first-deploy": "rake db:seed", "postdeploy": "rake db:migrate"},
    "addons": [{"plan": "postgresql:postgresql-sandbox"}]
  })",
                                           "scalingo.json");
  const auto& environment = manifest.environment;
  EXPECT_EQ(environment.at("PLAIN").text, "some value");
  EXPECT_EQ(environment.at("SECRET").kind, Kind::secret);
  EXPECT_EQ(environment.at("SELF").kind, Kind::url);
  EXPECT_EQ(environment.at("SELF").text, "");
  EXPECT_EQ(environment.at("ADMIN").text, "%URL%/admin");
  EXPECT_EQ(environment.at("TITLE").kind, Kind::text);
  EXPECT_EQ(environment.at("EMPTY").kind, Kind::unset);
  EXPECT_EQ(environment.at("NULL").kind, Kind::unset);
  EXPECT_EQ(manifest.formation.at("web").count, 2U);
  EXPECT_EQ(manifest.formation.at("web").size, "L");
  EXPECT_EQ(manifest.formation.at("worker").count, 0U);
  EXPECT_EQ(manifest.first_deploy, "rake db:seed");
  EXPECT_TRUE(manifest.has_add_ons);
}

TEST(AppManifest, ReadsWhatHerokuDocuments) {
  const auto manifest = AppManifest::parse(R"({
    "env": {"SHORT": "5", "NUMBER": {"value": 7}, "TOLD": {"description": "only that"},
            "NEEDED": {"required": true}, "TRUTH": true},
    "formation": {"web": {"quantity": 1, "size": "standard-1x"}},
    "scripts": {"postdeploy": "rake bootstrap"},
    "environments": {
      "test": {"env": {"SHORT": "of tests"}},
      "review": {"env": {"SHORT": "of reviews"}, "scripts": {"postdeploy": "rake seed"},
                 "formation": {"worker": {"quantity": 3}}}
    },
    "addons": []
  })",
                                           "app.json");
  EXPECT_EQ(manifest.environment.at("SHORT").text, "of reviews");
  EXPECT_EQ(manifest.environment.at("NUMBER").text, "7");
  EXPECT_EQ(manifest.environment.at("TRUTH").text, "true");
  EXPECT_EQ(manifest.environment.at("NEEDED").kind, Kind::required);
  EXPECT_FALSE(manifest.environment.contains("TOLD"));
  EXPECT_EQ(manifest.formation.at("web").size, "standard-1x");
  EXPECT_EQ(manifest.formation.at("worker").count, 3U);
  EXPECT_EQ(manifest.first_deploy, "rake seed");
  EXPECT_FALSE(manifest.has_add_ons);
}

// Deprecated, and run with each deployment: that is what a Procfile's postdeploy is for.
TEST(AppManifest, TakesScalingosPostdeployForNoFirstDeploy) {
  EXPECT_EQ(
      AppManifest::parse(R"({"scripts": {"postdeploy": "x"}})", "scalingo.json").first_deploy,
      "");
}

TEST(AppManifest, KeepsTextsExactly) {
  const auto manifest =
      AppManifest::parse(R"({"env": {"A": "a\"b\\c\n\u00e9 \ud83d\ude00"}})", "app.json");
  EXPECT_EQ(manifest.environment.at("A").text, "a\"b\\c\n\xc3\xa9 \xf0\x9f\x98\x80");
}

TEST(AppManifest, HasNothingToSayOfOtherThings) {
  for (const char* text : {"{}", R"({"buildpacks": [{"url": "x"}], "expo": {"name": "x"}})",
                           R"({"env": {}, "formation": {}, "scripts": {}, "addons": null})",
                           R"({"environments": {"test": {"env": {"A": "b"}}}})"}) {
    const auto manifest = AppManifest::parse(text, "app.json");
    EXPECT_TRUE(manifest.environment.empty()) << text;
    EXPECT_TRUE(manifest.formation.empty()) << text;
    EXPECT_EQ(manifest.first_deploy, "") << text;
  }
}

// What cannot be understood might be what keeps a secret from a review app.
TEST(AppManifest, TakesNothingForSomethingElse) {
  for (const char* text :
       {"[]", "3", R"({"env": []})", R"({"env": "x"})", R"({"env": null})",
        R"({"env": {"A": ["b"]}})", R"({"env": {"A": {"value": {"b": 1}}}})",
        R"({"env": {"A": {"generator": ["secret"]}}})", R"({"formation": 3})",
        R"({"formation": {"web": 3}})", R"({"formation": {"web": {"amount": [1]}}})",
        R"({"scripts": []})", R"({"scripts": {"first-deploy": ["x"]}})",
        R"({"environments": []})", R"({"environments": {"review": []}})"})
    EXPECT_NE(refusal(text), "") << text;
}

TEST(AppManifest, OverridesFieldByField) {
  const auto manifest = AppManifest::parse(
      R"({"formation": {"web": {"quantity": 3, "size": "S"}},
          "environments": {"review": {"formation": {"web": {"quantity": 1}}}}})",
      "app.json");
  EXPECT_EQ(manifest.formation.at("web").count, 1U);
  EXPECT_EQ(manifest.formation.at("web").size, "S");
}

// A time that grew with the square of it would be hours.
TEST(AppManifest, ReadsALongOneInATimeThatGrowsWithIt) {
  std::string text = R"({"x": [)";
  while (text.size() < (4U << 20U)) text += "{},";
  EXPECT_TRUE(AppManifest::parse(text + "{}]}", "app.json").environment.empty());
}

TEST(AppManifest, SaysWhatIsWrong) {
  EXPECT_EQ(refusal("{"), "'app.json' is not an object of JSON");
  EXPECT_EQ(refusal(std::string(100'000, '[')), "'app.json' is not an object of JSON");
  EXPECT_EQ(refusal(R"({"a": ")" + std::string(100, '[') + "\"}"), "");
  EXPECT_NE(refusal(R"({"formation": {"../x": {}}})"), "");
  EXPECT_EQ(refusal(R"({"env": {"A": {"generator": "dice"}}})"),
            "'app.json': there is no generator 'dice', only secret, url, template");
  EXPECT_NE(refusal(R"({"env": {"A B": "x"}})").find("'A B' is not a variable's name"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"env": {"PORT": "80"}})").find("'PORT' is reserved"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"env": {"A": "a\u0000b"}})").find("NUL"), std::string::npos);
  for (const char* count : {"-1", "1000", "1.5", "\"many\""})
    EXPECT_NE(refusal(std::string(R"({"formation": {"web": {"quantity": )") + count + "}}}")
                  .find("is not a number of containers"),
              std::string::npos)
        << count;
}

}  // namespace
}  // namespace hythe
