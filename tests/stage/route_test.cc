// SPDX-License-Identifier: Apache-2.0
#include "pipeline/route.h"

#include "lib/helper.h"
#include "lib/lanes.h"
#include "lib/yaml.h"
#include "tests/stage/world.h"

namespace hythe {
namespace {

class RouteStage : public test::Stage {
 protected:
  RouteStage() : held(lock()) { make_live(Lane::a); }
  void move() { move_traffic(pending, held); }

  AppLock held;
  Pending pending{.wanted = {.name = shop, .release = 2}, .lane = Lane::b, .previous = Lane::a};
};

TEST_F(RouteStage, TellsNginxTheDomainsAndHowManyReceiveTraffic) {
  Launched launched{.lane = {shop, Lane::b}};
  prepare_route(launched, {.name = shop, .domains = {"shop.example.com"}}, config);
  EXPECT_EQ(calls(), std::vector<std::string>{"route set shop b 0"});
  EXPECT_EQ(test::slurp("/run/hythe/domains"), "shop.example.org\nshop.example.com\n");
  EXPECT_EQ(live_lane(shop), Lane::a);
}

TEST_F(RouteStage, HasTheIntentOnDiskBeforeTrafficMoves) {
  route_does(
      "cp /var/lib/hythe/apps/shop/pending.yml /run/hythe/intent; "
      "mkdir -p /run/hythe/lanes/shop; : >/run/hythe/lanes/shop/b");
  move();
  EXPECT_EQ(Yaml::load("/run/hythe/intent")["release"].text(), "2");
  EXPECT_EQ(live_lane(shop), Lane::b);
  ASSERT_TRUE(Pending::load(shop));
}

TEST_F(RouteStage, LeavesTrafficAndNoIntentWhenItIsRefused) {
  route_does("echo 'nginx is not running' >&2; exit 69");
  EXPECT_EQ(test::message_of<PushError>([&] { move(); }), "nginx is not running");
  EXPECT_EQ(live_lane(shop), Lane::a);
  EXPECT_FALSE(Pending::load(shop));
}

TEST_F(RouteStage, BringsTrafficBackWhenTheHelperIsKilledAfterTheSwitch) {
  route_does(
      "rm -f /run/hythe/lanes/shop/*; : >/run/hythe/lanes/shop/$3; "
      "[ $3 = a ] || kill -9 $$");
  EXPECT_THROW(move(), HelperKilled);
  EXPECT_EQ(calls(), (std::vector<std::string>{"route switch shop b", "route switch shop a"}));
  EXPECT_EQ(live_lane(shop), Lane::a);
  EXPECT_FALSE(Pending::load(shop));
}

TEST_F(RouteStage, HoldsTheLockForAsLongAsTrafficMayMove) {
  route_does(
      "flock -n /var/lib/hythe/apps/shop/lock true || echo locked >/run/hythe/seen\n"
      "readlink /proc/$$/fd/0 >>/run/hythe/seen");
  switch_to(shop, Lane::b, held);
  EXPECT_EQ(test::slurp("/run/hythe/seen"), "locked\n/var/lib/hythe/apps/shop/lock\n");
  close_route(shop, held);
  EXPECT_EQ(calls().back(), "route off shop");
}

}  // namespace
}  // namespace hythe
