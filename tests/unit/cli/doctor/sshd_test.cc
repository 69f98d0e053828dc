// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "cli/doctor/host.h"
#include "lib/errors.h"

namespace hythe {
namespace {

using State = HostCheck::State;

constexpr const char* kOurs =
    "port 22\npubkeyauthentication yes\n"
    "authorizedkeyscommand /usr/bin/grep -E '^restrict,' /var/lib/hythe/keys/authorized_keys\n"
    "authorizedkeyscommanduser hythe\n";

/// What sshd answers that is told `lines` besides of hythe's; user hythe is in a second group.
HostCheck check(const std::string& lines) {
  const auto found = check_sshd(
      {.is_accepted = true, .text = concat(kOurs, lines), .groups = {"hythe", "deploys"}});
  return found.value_or(HostCheck{.name = "nothing", .state = State::notice, .found = {}});
}

TEST(Sshd, LetsUserHytheInUnlessItIsToldNotTo) {
  EXPECT_EQ(check("").state, State::fine);
  EXPECT_EQ(check("denyusers root\ndenygroups wheel\n").state, State::fine);
  // What only begins like a list is none.
  EXPECT_EQ(check("allowusersx root\n").state, State::fine);
}

TEST(Sshd, RefusesWhoIsNotInAllowUsers) {
  const HostCheck refused = check("allowusers alice\nallowusers bob\n");
  EXPECT_EQ(refused.state, State::wrong);
  EXPECT_EQ(refused.found, "sshd refuses user hythe: it is not in AllowUsers");
  EXPECT_EQ(refused.way_out,
            "add hythe to AllowUsers in sshd_config, then: systemctl reload ssh (or sshd)");
  for (const char* pattern :
       {"hyth", "hythe2", "Hythe", "h?the?", "?hythe", "*x", "alice@*", "!root", "!hythe"})
    EXPECT_EQ(check(concat("allowusers ", pattern, '\n')).state, State::wrong) << pattern;
  for (const char* pattern :
       {"hythe", "*", "h*", "*e", "h??he", "**", "?*", "h*t*e", "hythe@10.0.0.0/8", "*@host"})
    EXPECT_EQ(check(concat("allowusers alice\nallowusers ", pattern, '\n')).state, State::fine)
        << pattern;
}

TEST(Sshd, RefusesWhoIsInDenyUsersWhateverElseIsAllowed) {
  const HostCheck refused = check("allowusers hythe\ndenyusers alice\ndenyusers hy*\n");
  EXPECT_EQ(refused.state, State::wrong);
  EXPECT_EQ(refused.found, "sshd refuses user hythe: it is in DenyUsers");
  EXPECT_EQ(check("denyusers hythe@*\n").state, State::wrong);
  // There may be other places to push from.
  EXPECT_EQ(check("denyusers hythe@10.0.0.1\n").state, State::fine);
  // '!' is no negation to sshd here.
  EXPECT_EQ(check("denyusers !hythe\n").state, State::fine);
  EXPECT_EQ(check("denyusers !hythe\ndenyusers *\n").state, State::wrong);
}

TEST(Sshd, JudgesByEachGroupOfTheUser) {
  EXPECT_EQ(check("allowgroups deploys\n").state, State::fine);
  EXPECT_EQ(check("allowgroups wheel\nallowgroups hyt*\n").state, State::fine);
  EXPECT_EQ(check("allowgroups wheel\n").found,
            "sshd refuses user hythe: none of its groups is in AllowGroups");
  EXPECT_EQ(check("denygroups depl?ys\nallowgroups hythe\n").found,
            "sshd refuses user hythe: one of its groups is in DenyGroups");
}

TEST(Sshd, ThatReadsOtherKeysLetsNobodyPush) {
  for (const char* command : {"", "authorizedkeyscommand none\n",
                              "authorizedkeyscommand /usr/bin/sss_ssh_authorizedkeys\n"}) {
    const auto found = check_sshd({.is_accepted = true, .text = command, .groups = {"hythe"}});
    ASSERT_TRUE(found) << command;
    EXPECT_EQ(found->found,
              "sshd does not read /etc/ssh/sshd_config.d/hythe.conf: nobody can push");
    EXPECT_FALSE(found->way_out.empty());
  }
  const auto keyless = check_sshd({.is_accepted = true,
                                   .text = "pubkeyauthentication no\nauthorizedkeyscommand cat "
                                           "/var/lib/hythe/keys/authorized_keys\n",
                                   .groups = {"hythe"}});
  ASSERT_TRUE(keyless);
  EXPECT_EQ(keyless->found, "sshd takes no keys: nobody can push");
}

TEST(Sshd, IsWrongWhereItRefusesItsOwnConfiguration) {
  const auto complains = [](const char* text) {
    return check_sshd({.is_accepted = false, .text = text, .groups = {}});
  };
  const auto refused = complains(
      "/etc/ssh/sshd_config: line 3: Bad configuration option: F\x1b[2J\r\n"
      "/etc/ssh/sshd_config: terminating, 1 bad configuration options\n");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->state, State::wrong);
  EXPECT_EQ(refused->found,
            "sshd does not accept its configuration: /etc/ssh/sshd_config: line 3: Bad "
            "configuration option: F\\x1b[2J");
  EXPECT_TRUE(complains(""));
  // What its first start makes is missing: nobody can tell.
  EXPECT_FALSE(complains("Missing privilege separation directory: /run/sshd\n"));
  EXPECT_FALSE(complains("sshd: no hostkeys available -- exiting.\n"));
}

}  // namespace
}  // namespace hythe
