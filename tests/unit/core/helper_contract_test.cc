// SPDX-License-Identifier: Apache-2.0
#include "core/helper_contract.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/container/container_command.h"

namespace hythe {
namespace {

std::optional<LaunchRequest> launch(std::vector<const char*> words) {
  return parse_launch(words);
}
std::optional<RouteRequest> route(std::vector<const char*> words) {
  return parse_route(words);
}

TEST(LaunchRequest, IsExactlyTheGrammar) {
  EXPECT_TRUE(launch({"create", "shop"}));
  EXPECT_EQ(launch({"build", "shop", "12", "debian-12"})->stack->view(), "debian-12");
  EXPECT_TRUE(launch({"build", "shop", "12", "host"})->stack->is_host());
  EXPECT_TRUE(launch({"release", "shop", "12", "3"}));
  EXPECT_TRUE(launch({"run", "shop", "3", "run.1"}));
  EXPECT_TRUE(launch({"retire", "shop", "b", "250"}));
  EXPECT_TRUE(launch({"stop", "shop", "c"}));
  EXPECT_EQ(launch({"attach", "shop", "3", "run.1"})->position.value, 29U);
  EXPECT_EQ(launch({"detach", "shop", "3", "run.28"})->position.value, 2U);
  EXPECT_EQ(launch({"end", "shop", "run.2"})->name->view(), "run.2");
  EXPECT_EQ(launch({"forget", "shop", "3"})->release, 3U);
  EXPECT_TRUE(launch({"sweep", "shop"}));
  EXPECT_TRUE(launch({"trees", "shop"}));
  EXPECT_EQ(launch({"halt", "shop", "b", "my-worker_2"})->type->view(), "my-worker_2");
  EXPECT_EQ(launch({"halt", "shop", "o", "run"})->lane, Lane::one_off);
  const auto start = launch({"start", "shop", "3", "b", "0", "web.1"});
  ASSERT_TRUE(start);
  EXPECT_EQ(start->lane, Lane::b);
  EXPECT_EQ(start->release, 3U);
  EXPECT_EQ(start->name->view(), "web.1");
}

TEST(LaunchRequest, RefusesEverythingElse) {
  const std::vector<std::vector<const char*>> refused = {
      {},
      {"create"},
      {"create", "Shop"},
      {"create", "shop", "x"},
      {"--help"},
      {"-x", "shop"},
      {"", ""},
      {"build", "shop", "0", "host"},
      {"build", "shop", "-1", "host"},
      {"build", "shop", "1e1", "host"},
      {"build", "shop", "4294967297", "host"},
      {"build", "shop", "1"},
      {"build", "shop", "1", ""},
      {"build", "shop", "1", "../x"},
      {"build", "shop", "1", "debian-12@20261125"},
      {"build", "shop", "1", "host", "x"},
      {"start", "shop", "3", "o", "0", "web.1"},
      {"start", "shop", "3", "b", "30", "web.1"},
      {"start", "shop", "3", "b", "0", "../x.1"},
      {"start", "shop", "3", "b", "0"},
      {"start", "shop", "3", "b", "0", "web.1", "x"},
      {"retire", "shop", "b", "3600001"},
      {"forget", "shop"},
      {"forget", "shop", "0"},
      {"forget", "shop", "03"},
      {"forget", "shop", "3", "4"},
      {"forget", "shop", "../3"},
      {"sweep", "shop", "3"},
      {"trees", "../shop"},
      {"stop", "shop", "e"},
      {"attach", "shop", "3", "web.1"},
      {"attach", "shop", "3", "run.29"},
      {"attach", "shop", "run.1"},
      {"detach", "shop", "0", "run.1"},
      {"detach", "shop", "3", "run.0"},
      {"detach", "shop", "3", "run.1", "x"},
      {"end", "shop", "postdeploy.1"},
      {"end", "shop"},
      {"end", "shop", "run.1", "run.2"},
      {"halt", "shop", "b"},
      {"halt", "shop", "e", "worker"},
      {"retire", "shop", "o", "0"},
      {"halt", "shop", "b", "worker.1"},
      {"halt", "shop", "b", "../worker"},
      {"halt", "shop", "b", ""},
      {"halt", "shop", "b", "worker", "x"},
      {"create", nullptr},
  };
  for (const auto& words : refused) EXPECT_FALSE(parse_launch(words)) << words.size();
}

TEST(RouteRequest, IsExactlyTheGrammar) {
  EXPECT_TRUE(route({"sync"}));
  EXPECT_TRUE(route({"off", "shop"}));
  EXPECT_TRUE(route({"domains", "shop"}));
  EXPECT_EQ(route({"domains", "shop", "a.example", "b.example"})->domains.size(), 2U);
  EXPECT_EQ(route({"claim", "shop", "*.a.example"})->domains.size(), 1U);
  EXPECT_EQ(route({"switch", "shop", "d"})->lane, Lane::d);
  EXPECT_EQ(route({"set", "shop", "a", "29", "1"})->web, 29U);
  EXPECT_EQ(route({"set", "shop", "a", "29", "1"})->tcp, 1U);
  EXPECT_TRUE(route({"port", "shop"}));
  EXPECT_TRUE(route({"free", "shop"}));
  EXPECT_EQ(route({"allot", "shop", "20000", "20999"})->last, 20999U);
  EXPECT_EQ(route({"allot", "shop", "10000", "32767"})->first, 10000U);
  EXPECT_EQ(route({"balance", "shop"})->app->view(), "shop");
  EXPECT_FALSE(route({"balance"})->app);
  EXPECT_TRUE(route({"check"}));
  EXPECT_TRUE(route({"check", "shop"})->app);
  for (const auto& words :
       std::vector<std::vector<const char*>>{{},
                                             {"sync", "shop"},
                                             {"off"},
                                             {"switch", "shop"},
                                             {"switch", "shop", "e"},
                                             {"set", "shop", "a", "31", "0"},
                                             {"set", "shop", "a", "1"},
                                             {"set", "shop", "a", "1", "x"},
                                             {"set", "shop", "a", "30", "1"},
                                             {"allot", "shop", "20000"},
                                             {"allot", "shop", "9999", "20000"},
                                             {"allot", "shop", "20000", "32768"},
                                             {"allot", "shop", "20001", "20000"},
                                             {"port"},
                                             {"free", "shop", "20000"},
                                             {"balance", "Shop"},
                                             {"balance", "shop", "a"},
                                             {"check", "shop", "b"},
                                             {"SYNC"}})
    EXPECT_FALSE(parse_route(words)) << words.size();
}

TEST(ContainerSpec, ComesBackAsItWasEncoded) {
  const ContainerCommand command{.memory = 512ULL << 20U,
                                 .pids = 256,
                                 .cpu_shares = 2048,
                                 .time = std::chrono::minutes(2),
                                 .restarts = 20,
                                 .argv = {"/bin/bash", "-c", ""},
                                 .environment = {"A=one\ntwo", "B="}};
  const std::string bytes = command.encode();
  const auto length =
      ContainerSpec::parse_prefix(bytes.substr(0, ContainerSpec::kPrefixLength));
  ASSERT_TRUE(length);
  EXPECT_EQ(*length, bytes.size() - ContainerSpec::kPrefixLength);
  const std::string body = bytes.substr(ContainerSpec::kPrefixLength);
  const auto spec = ContainerSpec::parse(body);
  ASSERT_TRUE(spec);
  EXPECT_EQ(spec->memory_mib, 512U);
  EXPECT_EQ(spec->pids, 256U);
  EXPECT_EQ(spec->seconds, 120U);
  EXPECT_EQ(spec->cpu_shares, 2048U);
  EXPECT_EQ(spec->restarts, 20U);
  EXPECT_EQ(spec->argc, 3U);
  EXPECT_EQ(spec->argv, std::string_view("/bin/bash\0-c\0\0", 14));
  EXPECT_EQ(spec->environment, std::string_view("A=one\ntwo\0B=\0", 13));
}

TEST(ContainerSpec, HasATerminalWhenItHasASize) {
  const auto body_of = [](const ContainerCommand& command) {
    return command.encode().substr(ContainerSpec::kPrefixLength);
  };
  ContainerCommand command{.argv = {"x"}, .environment = {"A=b"}};
  const std::string without = body_of(command);
  EXPECT_FALSE(ContainerSpec::parse(without)->terminal);
  command.terminal = TerminalSize{.rows = 24, .columns = 65535};
  const std::string with = body_of(command);
  EXPECT_EQ(ContainerSpec::parse(with)->terminal, command.terminal);
  // Half a size is none, and neither is one of which a number does not fit.
  for (std::size_t length = without.size() + 1; length < with.size(); ++length)
    EXPECT_FALSE(ContainerSpec::parse(with.substr(0, length))) << length;
  EXPECT_FALSE(ContainerSpec::parse(without + std::string("24\0"
                                                          "65536\0",
                                                          9)));
  EXPECT_FALSE(ContainerSpec::parse(with + std::string("0\0", 2)));
}

TEST(ContainerSpec, RefusesBytesThatAreNotExactlyOne) {
  const std::string good =
      ContainerCommand{.argv = {"x"}}.encode().substr(ContainerSpec::kPrefixLength);
  ASSERT_TRUE(ContainerSpec::parse(good));
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_FALSE(ContainerSpec::parse(good.substr(0, length))) << length;
  EXPECT_FALSE(ContainerSpec::parse(good + 'x'));
  // Without a command.
  EXPECT_FALSE(
      ContainerSpec::parse(std::string_view("0\0000\0000\0000\0000\0000\0000\0000\0", 16)));
  EXPECT_FALSE(ContainerSpec::parse(
      std::string_view("0\0000\0000\0000\000262145\0000\0001\000x\0000\0", 23)))
      << "more shares than the kernel has";
  EXPECT_FALSE(ContainerSpec::parse_prefix("99999999\n"));
  EXPECT_FALSE(ContainerSpec::parse_prefix("0000001 \n"));
  EXPECT_FALSE(ContainerSpec::parse_prefix("00000010"));
}

}  // namespace
}  // namespace hythe
