// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/oci_config.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "helpers/container/seccomp.h"

namespace hythe::container {
namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

OciConfig config() {
  return {.cgroup = "/hythe-apps.service/shop.a.0",
          .host_name = "shop-web-1",
          .network = "/proc/42/fd/7",
          .uid = 1'900'000'001,
          .stack = {.root = "/run/hythe/stacks/host/rootfs", .from_host = {{"/usr", true}}},
          .private_directory = "/run/hythe/containers/shop.a.0/inside",
          .overlay = AppOverlay{"/var/lib/hythe/releases/shop/1/app", "/run/layer"}};
}

TEST(OciConfig, GivesNoPower) {
  const std::string text = config().text();
  EXPECT_TRUE(has(text, "\"user\":{\"uid\":1900000001,\"gid\":1900000001}"));
  EXPECT_TRUE(has(text, "\"capabilities\":{},\"noNewPrivileges\":true"));
  EXPECT_TRUE(has(text, "\"root\":{\"readonly\":true"));
  EXPECT_TRUE(has(text, "\"devices\":[{\"allow\":false,\"access\":\"rwm\"}]"));
  EXPECT_TRUE(has(text, "\"args\":[\"/.hythe/init\"]"));
  EXPECT_TRUE(has(text, "\"env\":[]"));
  EXPECT_TRUE(has(text, "{\"type\":\"network\",\"path\":\"/proc/42/fd/7\"}"));
}

TEST(OciConfig, MountsNothingWithSetuidOrDevices) {
  const std::string text = config().text();
  std::size_t mounts = 0;
  for (auto at = text.find("\"options\":["); at != std::string::npos;
       at = text.find("\"options\":[", at + 1)) {
    const auto options = text.substr(at, text.find(']', at) - at);
    EXPECT_TRUE(has(options, "\"nosuid\"")) << options;
    // /dev is where devices are; the deny rule and the missing capability see to the rest.
    const auto is_dev = has(options, "size=64k") || has(options, "newinstance");
    EXPECT_TRUE(is_dev || has(options, "\"nodev\"")) << options;
    ++mounts;
  }
  EXPECT_EQ(mounts, 12U);
  EXPECT_TRUE(has(text, "lowerdir=/var/lib/hythe/releases/shop/1/app"));
}

TEST(OciConfig, ShowsNothingOfTheHostOnAStackOfItsOwnButItsAuthorities) {
  OciConfig other = config();
  other.stack = {.root = "/var/lib/hythe/stacks/x@20261125/rootfs",
                 .from_host = {},
                 .authorities = "/etc/pki/tls/certs/ca-bundle.crt"};
  const std::string text = other.text();
  EXPECT_TRUE(has(
      text, R"("root":{"readonly":true,"path":"/var/lib/hythe/stacks/x@20261125/rootfs"})"));
  EXPECT_TRUE(has(text,
                  R"({"destination":"/etc/ssl/certs/ca-certificates.crt","type":"bind",)"
                  R"("source":"/etc/pki/tls/certs/ca-bundle.crt","options":["bind","ro")"));
  EXPECT_FALSE(has(text, R"("source":"/usr")"));
  EXPECT_FALSE(has(text, R"("destination":"/usr)"));
}

TEST(OciConfig, HasTheLimitsThatWereAskedFor) {
  OciConfig limited = config();
  EXPECT_FALSE(has(limited.text(), "\"memory\":{")) << "none";
  EXPECT_FALSE(has(limited.text(), "\"type\":\"cgroup\""));
  limited.memory_mib = 512;
  limited.pids = 100;
  limited.cpu_percent = 150;
  limited.has_cgroup_v2 = true;
  const std::string text = limited.text();
  EXPECT_TRUE(has(text, "\"memory\":{\"limit\":536870912,\"swap\":536870912}"));
  EXPECT_TRUE(has(text, "\"pids\":{\"limit\":100}"));
  EXPECT_TRUE(has(text, "\"cpu\":{\"period\":100000,\"quota\":150000}"));
  EXPECT_TRUE(has(text, "{\"type\":\"cgroup\"}"));
  limited.cpu_shares = 2048;
  EXPECT_TRUE(
      has(limited.text(), "\"cpu\":{\"shares\":2048,\"period\":100000,\"quota\":150000}"));
  limited.cpu_percent = 0;
  EXPECT_TRUE(has(limited.text(), "\"cpu\":{\"shares\":2048}"));
}

TEST(OciConfig, IsNeverMoreThanItWasMeantToBe) {
  OciConfig odd = config();
  odd.host_name = "x\",\"capabilities\":{\"bounding\":[\"CAP_SYS_ADMIN\"]},\"x\":\"";
  const std::string text = odd.text();
  EXPECT_FALSE(has(text, "CAP_SYS_ADMIN"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '{'),
            std::count(text.begin(), text.end(), '}'));
}

TEST(Seccomp, AllowsWhatProgramsNeed) {
  const std::string text = seccomp_section();
  const std::string allowed = text.substr(0, text.find("]}"));
  for (const char* name :
       {"\"read\"", "\"execve\"", "\"futex\"", "\"openat2\"", "\"statx\"", "\"rseq\"",
        "\"memfd_create\"", "\"pidfd_open\"", "\"landlock_create_ruleset\""})
    EXPECT_TRUE(has(allowed, name)) << name;
}

TEST(Seccomp, AllowsNothingThatLeadsOut) {
  const std::string text = seccomp_section();
  const std::string allowed = text.substr(0, text.find("]}"));
  for (const char* name :
       {"\"mount\"", "\"unshare\"", "\"setns\"", "\"bpf\"", "\"keyctl\"", "\"ptrace\"",
        "\"io_uring_setup\"", "\"open_by_handle_at\"", "\"clone\"", "\"clone3\"", "\"ioctl\"",
        "\"socket\"", "\"personality\"", "\"reboot\""})
    EXPECT_FALSE(has(allowed, name)) << name;
  EXPECT_TRUE(text.starts_with("{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"defaultErrnoRet\":38"));
  EXPECT_TRUE(
      has(text, "{\"names\":[\"clone3\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":38}"));
  EXPECT_TRUE(has(text, "\"value\":2114060288,\"valueTwo\":0,\"op\":\"SCMP_CMP_MASKED_EQ\""));
}

/// What the rules for ioctl say of a number: the kernel's own reading of them.
bool allows_ioctl(std::uint64_t number) {
  const std::string text = seccomp_section();
  for (auto at = text.find("[\"ioctl\"]"); at != std::string::npos;
       at = text.find("[\"ioctl\"]", at + 1)) {
    const auto value_after = [&](const char* key) {
      return std::stoull(text.substr(text.find(key, at) + std::string_view(key).size()));
    };
    if ((number & value_after("\"value\":")) == value_after("\"valueTwo\":")) return true;
  }
  return false;
}

TEST(Seccomp, KnowsTwoIoctlsByTheirLowerHalf) {
  constexpr std::uint64_t kSti = 0x5412;
  constexpr std::uint64_t kLinux = 0x541C;
  for (const std::uint64_t upper : {0x0ULL, 0x100000000ULL, 0xdeadbeef00000000ULL}) {
    EXPECT_FALSE(allows_ioctl(upper | kSti));
    EXPECT_FALSE(allows_ioctl(upper | kLinux));
    for (std::uint64_t number = 0x5400; number < 0x5480; ++number)
      if (number != kSti && number != kLinux) {
        EXPECT_TRUE(allows_ioctl(upper | number)) << number;
      }
    EXPECT_TRUE(allows_ioctl(upper | 0x80045430)) << "TIOCGPTN";
  }
}

}  // namespace
}  // namespace hythe::container
