// SPDX-License-Identifier: Apache-2.0
#include "pipeline/route.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/yaml.h"
#include "model/container/lanes.h"
#include "model/helper.h"
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
  EXPECT_EQ(calls(), std::vector<std::string>{"route set shop b 0 0"});
  EXPECT_EQ(test::slurp("/run/hythe/domains"), "shop.example.org\nshop.example.com\n");
  EXPECT_EQ(live_lane(shop), Lane::a);
}

TEST_F(RouteStage, TakesAPortForTcpProcessesOnceAndForAll) {
  Launched launched{.lane = {shop, Lane::b}};
  launched.containers.push_back({.place = {.name = "tcp.1", .type = "tcp", .command = ""},
                                 .helper = Helper::start("/bin/true", {})});
  config.tcp_ports = {.first = 20100, .last = 20199};
  route_does("[ $1 != allot ] || printf 'port\\00020100\\0'");
  prepare_route(launched, {.name = shop}, config);
  EXPECT_EQ(calls(),
            (std::vector<std::string>{"route port shop", "route allot shop 20100 20199",
                                      "route set shop b 0 1"}));
  route_does("[ $1 != port ] || printf 'port\\00020000\\0'");
  prepare_route(launched, {.name = shop}, config);
  EXPECT_EQ(calls().back(), "route set shop b 0 1");
  EXPECT_EQ(calls().size(), 5U) << "a port that it has is not asked for";
}

TEST_F(RouteStage, SaysWhereAReleaseIsReached) {
  route_does("[ $1 != port ] || printf 'port\\00020007\\0'");
  App app{.name = shop};
  Release release{.app = shop, .number = 1, .types = {{"web", "w"}, {"tcp", "t"}}};
  EXPECT_EQ(
      addresses(app, release, config),
      (std::vector<std::string>{"http://shop.example.org", "tcp://shop.example.org:20007"}));
  app.formation = {{"web", 0}};
  EXPECT_EQ(addresses(app, release, config),
            std::vector<std::string>{"tcp://shop.example.org:20007"});
  app.formation = {{"web", 0}, {"tcp", 0}};
  EXPECT_TRUE(addresses(app, release, config).empty());
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

TEST_F(RouteStage, KeepsTheLeasesWhileTrafficMovesThoughItsDeploymentIsKilled) {
  ASSERT_EQ(::mkfifo("/run/hythe/go", 0600), 0);
  route_does(": >/run/hythe/go; read -r _ </run/hythe/go");
  Pipe lease = Pipe::make();
  const pid_t deployment = ::fork();
  if (deployment == 0) {
    lease.write.reset();
    switch_to(shop, Lane::b, held);
    ::_exit(0);
  }
  lease.read.reset();
  // Opened when the helper is at work.
  ASSERT_FALSE(test::slurp("/run/hythe/go").size());
  ::kill(deployment, SIGKILL);
  ASSERT_EQ(::waitpid(deployment, nullptr, 0), deployment);
  pollfd monitor = {.fd = lease.write.get(), .events = 0, .revents = 0};
  EXPECT_EQ(::poll(&monitor, 1, 0), 0) << "the lease ended before traffic had moved";
  write_all(open_file("/run/hythe/go", O_WRONLY).get(), "go\n");
  EXPECT_EQ(::poll(&monitor, 1, 10'000), 1) << "the lease is kept for good";
}

}  // namespace
}  // namespace hythe
