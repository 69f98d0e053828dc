// SPDX-License-Identifier: Apache-2.0
#include "model/config.h"

#include <gtest/gtest.h>

#include "lib/errors.h"
#include "lib/units.h"

namespace hythe {
namespace {

TEST(Config, HasADefaultForEveryKey) {
  const Config config = Config::parse("", "test");
  EXPECT_EQ(config.limits.source_size, 300ULL << 20U);
  EXPECT_EQ(config.limits.boot_timeout, std::chrono::seconds(60));
  EXPECT_GT(config.limits.build_memory, 0U);
  EXPECT_FALSE(config.base_domain.empty());
}

TEST(Config, ReadsSizesDurationsAndVariables) {
  const Config config = Config::parse(
      "base_domain: example.org\nsettings:\n  drain: 2s\ntcp_ports: 21000-21009\nlimits:\n  "
      "source_size: 10 MiB\n  "
      "build_time: 45m\n"
      "build:\n  environment:\n    HTTPS_PROXY: http://proxy:3128\n",
      "test");
  EXPECT_EQ(config.base_domain, "example.org");
  EXPECT_EQ(config.settings.drain, std::chrono::seconds(2));
  EXPECT_EQ(config.tcp_ports.text(), "21000-21009");
  EXPECT_EQ(config.limits.source_size, 10U << 20U);
  EXPECT_EQ(config.limits.build_time, std::chrono::minutes(45));
  EXPECT_EQ(config.build_environment.at("HTTPS_PROXY"), "http://proxy:3128");
}

TEST(Config, OfAFormerVersionSaysWhatIsOfNoUse) {
  const Config config = Config::parse("webhook_port: 7421\nssh_port: 2222\n", "test");
  EXPECT_EQ(config.ssh_port, 2222U);
  ASSERT_EQ(config.outdated.size(), 1U);
  EXPECT_NE(config.outdated[0].find("'webhook_port' is of no use any more"), std::string::npos);
  EXPECT_TRUE(Config::parse("", "test").outdated.empty());
}

TEST(Config, NamesTheKeyThatItRefuses) {
  for (const auto& [text, key] : std::vector<std::pair<std::string, std::string>>{
           {"base_domian: x", "base_domian"},
           {"limits:\n  source_size: lots", "limits.source_size"},
           {"limits:\n  source_size: -1", "limits.source_size"},
           {"limits:\n  build_time: 30", "limits.build_time"},
           {"limits:\n  speed: 1", "limits.speed"},
           {"limits: [1]", "limits"},
           {"settings:\n  drain: 2h", "drain"},
           {"tcp_ports: 80-90", "'tcp_ports': '80-90' is not a range of ports"},
           {"tcp_ports: 20010-20000", "from 10000 to 32767"},
           {"tcp_ports: 20000-", "tcp_ports"},
           {"tcp_ports: 20000-40000", "tcp_ports"},
           {"tcp_ports: 020000", "tcp_ports"},
           {"build:\n  environment:\n    PATH: /opt/bin", "build.environment.PATH"},
           {"build:\n  environment:\n    HOME: /root", "build.environment.HOME"},
           {"build:\n  environment:\n    TMPDIR: /var/tmp", "build.environment.TMPDIR"},
           {"build:\n  environment:\n    A-B: x", "build.environment.A-B"},
           {"container:\n  memory: 1 GiB", "container.memory"},
           {"container:\n  size: XS", "container.size"},
           {"sizes:\n  XS:\n    speed: 1", "sizes.XS.speed"},
           {"sizes:\n  XS:\n    memory: lots", "sizes.XS.memory"},
           {"sizes:\n  XS:\n    cpu_shares: 1", "sizes.XS.cpu_shares"},
           {"sizes:\n  'a b':\n    pids: 1", "'a b' is not the name of a size"},
           {"sizes: 7", "sizes"},
           {"ssh_port: x", "ssh_port"}}) {
    try {
      (void)Config::parse(text, "test");
      FAIL() << text;
    } catch (const PushError& error) {
      EXPECT_NE(std::string(error.what()).find(key), std::string::npos) << error.what();
    }
  }
}

TEST(Sizes, AreScalingosAndTheAdministrators) {
  const Config config = Config::parse(
      "container:\n  size: tiny\nsizes:\n  tiny: {memory: 64 MiB}\n  L: {pids: 7}\n", "test");
  EXPECT_EQ(config.container.size, "tiny");
  EXPECT_EQ(config.sizes.names(), "tiny S M L XL 2XL 3XL");
  std::uint64_t mib = 256;
  for (const char* name : {"S", "M", "L", "XL", "2XL", "3XL"}) {
    EXPECT_EQ(config.sizes.find(name)->memory, mib << 20U) << name;
    mib *= 2;
  }
  EXPECT_EQ(config.sizes.find("tiny")->memory, 64U << 20U);
  EXPECT_EQ(config.sizes.find("tiny")->pids, 256U) << "as in M";
  EXPECT_EQ(config.sizes.find("L")->pids, 7U);
  EXPECT_EQ(config.sizes.find("L")->memory, 1024U << 20U);
  EXPECT_EQ(config.sizes.find("XL")->cpu_shares, 2 * config.sizes.find("M")->cpu_shares);
  EXPECT_EQ(config.sizes.find("XS"), nullptr);
}

TEST(Size, IsWrittenAsPeopleReadIt) {
  for (const char* text : {"0ms", "250ms", "60ms", "2s", "90s", "30m", "1h", "25h"})
    EXPECT_EQ(format_duration(parse_duration(text, "x")), text);
  EXPECT_EQ(format_duration(Milliseconds(60'000)), "1m");
  for (const char* text : {"0", "1", "1023", "7 KiB", "1500 MiB", "2 GiB"})
    EXPECT_EQ(exact_size(parse_size(text, "x")), text);
  EXPECT_EQ(format_size(1), "1 KiB");
  EXPECT_EQ(format_size(4'404'019), "4.2 MiB");
  EXPECT_EQ(format_size(2ULL << 30U), "2.0 GiB");
}

}  // namespace
}  // namespace hythe
