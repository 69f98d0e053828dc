// SPDX-License-Identifier: Apache-2.0
#include "model/review.h"

#include <gtest/gtest.h>

#include "lib/errors.h"
#include "lib/yaml.h"
#include "model/app.h"

namespace hythe {
namespace {

const AppName shop = *AppName::parse("shop");

TEST(Review, IsOfOneKindOfBranch) {
  EXPECT_EQ(review_of_ref("refs/heads/review/look"), "look");
  EXPECT_EQ(review_of_ref("refs/heads/review/a/b"), "a/b");  // which no app can be called
  for (const char* ref : {"refs/heads/main", "refs/heads/review", "refs/heads/reviews/x",
                          "refs/tags/review/x", "review/x"})
    EXPECT_FALSE(review_of_ref(ref)) << ref;
  EXPECT_EQ((Review{.parent = shop, .name = "look"}.ref()), "refs/heads/review/look");
}

TEST(Review, IsCalledAfterItsParent) {
  EXPECT_EQ(review_app_name(shop, "look").view(), "shop-look");
  EXPECT_EQ(review_app_name(shop, review_of_request(Forge::github, 12)).view(), "shop-pr-12");
  EXPECT_EQ(review_app_name(shop, review_of_request(Forge::gitlab, 3)).view(), "shop-mr-3");
  for (const std::string& name :
       {std::string(), std::string("-x"), std::string("x-"), std::string("X"),
        std::string("a/b"), std::string("a--b"), std::string("a b"), std::string("../x"),
        std::string("$(id)"), std::string("\x1b[2J"), std::string(26, 'a')})
    EXPECT_THROW((void)review_app_name(shop, name), PushError) << name;
  EXPECT_EQ(review_app_name(shop, std::string(25, 'a')).view().size(), AppName::kMaxLength);
}

TEST(Review, IsKeptWithItsApp) {
  App app{.name = *AppName::parse("shop-pr-12")};
  app.review = {.parent = shop, .name = "pr-12", .request = 12, .created = Milliseconds(1700)};
  const App read = App::from_yaml(app.name, Yaml::parse(app.to_yaml().dump(), "app.yml"));
  ASSERT_TRUE(read.review);
  EXPECT_TRUE(read.review->parent == shop);
  EXPECT_EQ(read.review->name, "pr-12");
  EXPECT_EQ(read.review->request, 12U);
  EXPECT_EQ(read.review->created, Milliseconds(1700));
  EXPECT_FALSE(
      App::from_yaml(shop, Yaml::parse(App{.name = shop}.to_yaml().dump(), "x")).review);
}

}  // namespace
}  // namespace hythe
