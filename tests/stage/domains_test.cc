// SPDX-License-Identifier: Apache-2.0
#include "pipeline/domains.h"

#include <unistd.h>

#include "model/helper.h"
#include "pipeline/pending.h"
#include "tests/stage/world.h"

namespace hythe {
namespace {

using Words = std::vector<std::string>;
using test::message_of;

class DomainsStage : public test::Stage {
 protected:
  DomainsStage() : held(lock()) {
    config.base_domain = "example.org";
    App{.name = shop, .domains = {"old.example"}}.save();
  }
  void change() { change_domains(App::load(shop), {"new.example"}, held, config); }
  [[nodiscard]] bool is_marked() const {
    return ::access((App::directory(shop) + "/domains.unsettled").c_str(), F_OK) == 0;
  }

  AppLock held;
  const Words to_new{"route domains shop shop.example.org new.example"};
  const Words back_to_old{"route domains shop shop.example.org new.example",
                          "route domains shop shop.example.org old.example"};
};

TEST_F(DomainsStage, AreRootsBeforeTheyAreTheApps) {
  route_does("cp -r /var/lib/hythe/apps/shop /run/hythe/seen");
  change();
  EXPECT_EQ(calls(), to_new);
  EXPECT_NE(test::slurp("/run/hythe/seen/app.yml").find("old.example"), std::string::npos);
  EXPECT_EQ(::access("/run/hythe/seen/domains.unsettled", F_OK), 0);
  EXPECT_EQ(App::load(shop).domains, Words{"new.example"});
  EXPECT_FALSE(is_marked());
}

TEST_F(DomainsStage, StayAsTheyWereWhenTheyAreRefused) {
  route_does(
      "case $* in *new*) echo \"'new.example' belongs to app 'blog'\" >&2; exit 77 ;; esac");
  EXPECT_EQ(message_of<PushError>([&] { change(); }), "'new.example' belongs to app 'blog'");
  EXPECT_EQ(calls(), back_to_old);
  EXPECT_EQ(App::load(shop).domains, Words{"old.example"});
  EXPECT_FALSE(is_marked());
}

TEST_F(DomainsStage, AreLeftToTheNextWhenNothingCanBeSaid) {
  route_does("echo 'nginx is not running' >&2; exit 69");
  EXPECT_EQ(message_of<PushError>([&] { change(); }), "nginx is not running");
  EXPECT_EQ(App::load(shop).domains, Words{"old.example"});
  EXPECT_TRUE(is_marked());
}

TEST_F(DomainsStage, AreThoseOfBeforeWhenTheHelperIsKilled) {
  route_does("case $* in *new*) kill -9 $$ ;; esac");
  EXPECT_THROW(change(), HelperKilled);
  EXPECT_EQ(calls(), back_to_old);
  EXPECT_EQ(App::load(shop).domains, Words{"old.example"});
  EXPECT_FALSE(is_marked());
}

TEST_F(DomainsStage, AreSettledByTheNextHolderOfTheLock) {
  route_does("exit 69");
  test::spill(App::directory(shop) + "/domains.unsettled", "");
  EXPECT_THROW(settle(shop, held, config), PushError);
  EXPECT_TRUE(is_marked());
  route_does("true");
  settle(shop, held, config);
  EXPECT_EQ(calls().back(), back_to_old.back());
  EXPECT_FALSE(is_marked());
  const auto count = calls().size();
  settle(shop, held, config);
  EXPECT_EQ(calls().size(), count);
}

TEST_F(DomainsStage, HoldTheLockForAsLongAsRootIsAtWork) {
  route_does("readlink /proc/$$/fd/0 >/run/hythe/seen");
  change();
  EXPECT_EQ(test::slurp("/run/hythe/seen"), "/var/lib/hythe/apps/shop/lock\n");
}

}  // namespace
}  // namespace hythe
