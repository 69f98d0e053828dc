// SPDX-License-Identifier: Apache-2.0
#include "pipeline/launch.h"

#include <gtest/gtest.h>

#include "lib/errors.h"
#include "pipeline/environment.h"

namespace hythe {
namespace {

Release release_of(std::vector<ProcessCommand> types) {
  return {.app = *AppName::parse("shop"),
          .number = 3,
          .commit = "c0ffee",
          .types = std::move(types)};
}

std::vector<std::string> names(const std::vector<Place>& places) {
  std::vector<std::string> out;
  for (const Place& place : places) out.push_back(place.name);
  return out;
}

bool has(const ContainerCommand& command, const std::string& variable) {
  for (const std::string& known : command.environment)
    if (known == variable) return true;
  return false;
}

TEST(Formation, IsOneOfThoseThatReceiveTrafficUnlessScaled) {
  const App app{.name = *AppName::parse("shop")};
  const auto places = formation(
      app, release_of({{"worker", "w"}, {"tcp", "t"}, {"web", "s"}, {"postdeploy", "p"}}));
  EXPECT_EQ(names(places), (std::vector<std::string>{"web.1", "tcp.1"}));
  EXPECT_TRUE(places[0].receives_traffic);
  EXPECT_TRUE(places[1].receives_traffic);
}

TEST(Formation, PutsWebFirstAndTcpNext) {
  const App app{.name = *AppName::parse("shop"),
                .formation = {{"web", 2}, {"worker", 1}, {"tcp", 2}}};
  const auto places = formation(app, release_of({{"worker", "w"}, {"tcp", "t"}, {"web", "s"}}));
  EXPECT_EQ(names(places),
            (std::vector<std::string>{"web.1", "web.2", "tcp.1", "tcp.2", "worker.1"}));
  EXPECT_EQ(places[3].position.value, 3U);
  EXPECT_FALSE(places[4].receives_traffic);
}

TEST(Formation, IsEmptyWhenEverythingIsScaledToZero) {
  const App app{.name = *AppName::parse("shop"), .formation = {{"web", 0}}};
  EXPECT_TRUE(formation(app, release_of({{"web", "s"}})).empty());
}

TEST(Formation, RefusesMoreThanALaneHolds) {
  const App app{.name = *AppName::parse("shop"), .formation = {{"web", 30}, {"worker", 1}}};
  EXPECT_THROW((void)formation(app, release_of({{"web", "s"}, {"worker", "w"}})), PushError);
}

TEST(ContainerCommand, GivesThePlatformsVariablesTheLastWord) {
  App app{.name = *AppName::parse("shop")};
  app.environment = {
      {"HOME", "/root"}, {"PORT", "1"}, {"NODE_ENV", "staging"}, {"PATH", "/mine"}};
  Release release = release_of({});
  release.variables = {{"NODE_ENV", "production"}, {"JAVA_OPTS", "-Xmx1g"}};
  const auto web = container_command(app, release, "web.1", "node server.js", 8080, Config{});
  for (const char* variable :
       {"HOME=/app", "PORT=8080", "NODE_ENV=staging", "JAVA_OPTS=-Xmx1g", "PATH=/mine",
        "CONTAINER=web-1", "CONTAINER_VERSION=c0ffee", "APP=shop", "HOSTNAME=shop-web-1"})
    EXPECT_TRUE(has(web, variable)) << variable;
  EXPECT_EQ(web.argv.back(), "node server.js");
}

TEST(ContainerCommand, HasNoPortWhereNoTrafficComes) {
  App app{.name = *AppName::parse("shop")};
  app.environment = {{"PORT", "1"}};
  const auto worker = container_command(app, release_of({}), "worker.1", "w", 0, Config{});
  for (const std::string& variable : worker.environment)
    EXPECT_FALSE(variable.starts_with("PORT=")) << variable;
}

TEST(Formation, IsEmptyWhileTheAppIsStopped) {
  const App app{.name = *AppName::parse("shop"), .is_stopped = true};
  EXPECT_TRUE(formation(app, release_of({{"web", "s"}})).empty());
}

TEST(ContainerCommand, HasTheSizeOfItsTypeAndSaysSo) {
  App app{.name = *AppName::parse("shop"), .sizes = {{"web", "L"}}};
  const Config config;
  const Release release = release_of({});
  const auto web = container_command(app, release, "web.2", "serve", kAppPort, config);
  EXPECT_EQ(web.memory, 1024U << 20U);
  EXPECT_EQ(web.pids, 512U);
  EXPECT_EQ(web.cpu_shares, 1024U);
  EXPECT_EQ(web.restarts, 20U);
  EXPECT_TRUE(has(web, "CONTAINER_SIZE=L"));
  EXPECT_TRUE(has(web, "CONTAINER_MEMORY=1073741824"));
  const auto one_off = container_command(app, release, "run.1", "x", 0, config);
  EXPECT_TRUE(has(one_off, "CONTAINER_SIZE=M"));
  EXPECT_TRUE(has(one_off, "CONTAINER_MEMORY=536870912"));
}

TEST(ContainerCommand, HasTheLimitsOfTheAppsOwnWhateverItsSize) {
  const App app{.name = *AppName::parse("shop"), .sizes = {{"web", "3XL"}}};
  Config config;
  config.limits = config.limits.with({{"container_memory", "100 MiB"},
                                      {"container_pids", "7"},
                                      {"container_cpu", "50"},
                                      {"restarts", "2"}});
  const auto web = container_command(app, release_of({}), "web.1", "serve", kAppPort, config);
  EXPECT_EQ(web.memory, 100U << 20U);
  EXPECT_EQ(web.pids, 7U);
  EXPECT_EQ(web.cpu_percent, 50U);
  EXPECT_EQ(web.restarts, 2U);
  EXPECT_TRUE(has(web, "CONTAINER_MEMORY=104857600"));
}

TEST(ContainerCommand, RefusesASizeThatThereIsNotOrThatTheHostHasNotTheMemoryFor) {
  App app{.name = *AppName::parse("shop"), .sizes = {{"web", "XS"}}};
  Config config;
  const auto message = [&] {
    try {
      (void)container_command(app, release_of({}), "web.1", "serve", kAppPort, config);
    } catch (const PushError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_NE(message().find("there is no size 'XS' for 'web'\nthere are: S M L XL 2XL 3XL"),
            std::string::npos)
      << message();
  config.sizes.at("XS").memory = 1ULL << 50U;
  EXPECT_NE(message().find("this host has"), std::string::npos) << message();
}

}  // namespace
}  // namespace hythe
