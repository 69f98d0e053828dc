// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/host.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <stdexcept>

#include "core/unique_fd.h"

namespace hythe {
namespace {

using State = HostCheck::State;

TEST(Kernel, IsTooOldWhenTheHelpersCouldNotEvenBegin) {
  for (const char* release : {"2.6.32", "4.18.0-553.el8.x86_64", "5.8.18", "5", "", "x"}) {
    EXPECT_EQ(check_kernel(release).state, State::wrong) << release;
    EXPECT_FALSE(check_kernel(release).way_out.empty());
  }
  for (const char* release :
       {"5.9.0", "5.14.0-427.el9.x86_64", "6.1.0-28-amd64", "6.18-rc1", "10.0"})
    EXPECT_EQ(check_kernel(release).state, State::fine) << release;
}

TEST(Controllers, ThatAreMissingAreNamed) {
  EXPECT_EQ(check_controllers("cpuset cpu io memory hugetlb pids rdma misc\n").state,
            State::fine);
  const HostCheck check = check_controllers("cpuset cpu io pids\n");
  EXPECT_EQ(check.state, State::wrong);
  EXPECT_NE(check.found.find("without memory"), std::string::npos);
  EXPECT_NE(check_controllers("").found.find("memory, pids, cpu"), std::string::npos);
}

TEST(Listener, OfAnotherProgramIsInTheWay) {
  const auto check = [](bool listens, const char* owner) {
    return check_listener(80, listens, owner, "nginx", "systemctl start nginx");
  };
  EXPECT_EQ(check(true, "nginx").state, State::fine);
  EXPECT_EQ(check(true, "").state, State::fine);  // not root: nobody can tell
  EXPECT_EQ(check(true, "apache2").state, State::wrong);
  EXPECT_EQ(check(true, "apache2").way_out, "stop 'apache2', then: systemctl start nginx");
  EXPECT_EQ(check(false, "").state, State::wrong);
}

TEST(Listener, MayBeSystemdForSshdOnly) {
  const HostCheck ssh = check_listener(22, true, "systemd", "sshd", "systemctl start ssh");
  EXPECT_EQ(ssh.state, State::fine);
  EXPECT_EQ(ssh.found, "systemd listens, and starts sshd");
  EXPECT_EQ(check_listener(80, true, "systemd", "nginx", "systemctl start nginx").state,
            State::wrong);
}

TEST(NginxParts, ThatAreMissingServeNoApp) {
  EXPECT_EQ(check_nginx({.http = true, .main = true}).state, State::fine);
  for (const bool main : {true, false}) {
    const HostCheck nothing = check_nginx({.http = false, .main = main});
    EXPECT_EQ(nothing.state, State::wrong);
    EXPECT_EQ(nothing.found,
              "nginx's configuration has nothing of hythe's: no app can be served");
    EXPECT_EQ(nothing.way_out,
              "as root: /usr/lib/hythe/helpers/hythe-join, which says what is in the way");
  }
  const HostCheck half = check_nginx({.http = true, .main = false});
  EXPECT_EQ(half.state, State::notice);
  EXPECT_NE(half.found.find("worker_shutdown_timeout"), std::string::npos);
  EXPECT_FALSE(half.way_out.empty());
}

TEST(Ports, AreThoseOfTheOneLookThatWasTaken) {
  const auto state_of = [](const PortOwners& owners, const char* port) {
    for (const HostCheck& check : check_ports(Config{}, owners))
      if (check.name == port) return check.state;
    throw std::runtime_error("it was not looked at");
  };
  // Whatever began to listen since.
  EXPECT_EQ(state_of({}, "port 22"), State::wrong);
  EXPECT_EQ(state_of({}, "port 80"), State::wrong);
  EXPECT_EQ(state_of({}, "port 443"), State::notice);
  EXPECT_EQ(state_of({{80, "apache2"}}, "port 80"), State::wrong);
  EXPECT_EQ(state_of({{80, "nginx"}}, "port 80"), State::fine);
  EXPECT_EQ(state_of({{80, ""}}, "port 80"), State::fine);  // not root: nobody can tell
}

TEST(AppsUnit, HoldsTheAppsOnlyWhileItHasItsCgroup) {
  EXPECT_EQ(check_apps_unit("ControlGroup=/hythe-apps.service\nActiveState=active\n").state,
            State::fine);
  const HostCheck inactive = check_apps_unit("ControlGroup=\nActiveState=inactive\n");
  EXPECT_EQ(inactive.state, State::wrong);
  EXPECT_TRUE(inactive.found.starts_with("hythe-apps.service is inactive: "));
  EXPECT_EQ(check_apps_unit("ControlGroup=\nActiveState=active\n").state, State::wrong);
  EXPECT_EQ(check_apps_unit("ControlGroup=/hythe-apps.service\nActiveState=failed\n").state,
            State::wrong);
}

TEST(Sessions, TakeDeploymentsAlongWhereLogindIsToldSo) {
  const auto state_of = [](const char* login) { return check_sessions(login).state; };
  EXPECT_EQ(state_of("b false\nas 0\nas 0\n"), State::fine);
  EXPECT_EQ(state_of("b true\nas 0\nas 0\n"), State::wrong);
  EXPECT_EQ(state_of("b true\nas 0\nas 1 \"root\"\n"), State::wrong);
  EXPECT_EQ(state_of("b true\nas 0\nas 1 \"hythe-2\"\n"), State::wrong);
  EXPECT_EQ(state_of("b true\nas 0\nas 2 \"root\" \"hythe\"\n"), State::fine);
  EXPECT_EQ(state_of("b true\nas 1 \"alice\"\nas 0\n"), State::fine);
  EXPECT_EQ(state_of("b false\nas 1 \"hythe\"\nas 0\n"), State::wrong);
  EXPECT_EQ(state_of("b false\nas 1 \"hythe\"\nas 1 \"hythe\"\n"), State::fine);
}

TEST(PortOwners, KnowWhatThisProcessListensAt) {
  const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  socklen_t length = sizeof address;
  ASSERT_EQ(::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &length), 0);
  EXPECT_FALSE(port_owners().contains(ntohs(address.sin_port)));
  ASSERT_EQ(::listen(socket.get(), 1), 0);
  const PortOwners owners = port_owners();
  const auto ours = owners.find(ntohs(address.sin_port));
  ASSERT_NE(ours, owners.end());
  EXPECT_EQ(ours->second, "unit-tests");
}

}  // namespace
}  // namespace hythe
