// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "cli/doctor/host.h"
#include "lib/errors.h"

namespace hythe {
namespace {

using State = HostCheck::State;

std::string unit(const char* name, const char* state, const char* file, const char* job = "") {
  return concat("Id=", name, "\nActiveState=", state, "\nUnitFileState=", file, '\n', job);
}

HostCheck check(const std::string& shown) {
  const HostChecks checks = check_units(shown);
  EXPECT_EQ(checks.size(), 1U);
  return checks.front();
}

TEST(Units, AreWrongWhenTheyFailedOrAreEnabledAndNotActive) {
  const HostCheck failed = check(unit("hythe-webhook.service", "failed", "enabled"));
  EXPECT_EQ(failed.state, State::wrong);
  EXPECT_EQ(failed.found, "hythe-webhook.service is failed");
  EXPECT_EQ(failed.way_out,
            "see journalctl -u hythe-webhook.service, then: systemctl restart "
            "hythe-webhook.service");
  EXPECT_EQ(check(unit("hythe-gc.timer", "failed", "disabled")).state, State::wrong);
  EXPECT_EQ(check(unit("hythe-gc.timer", "inactive", "enabled")).found,
            "hythe-gc.timer is enabled, and inactive");
  EXPECT_EQ(check(unit("hythe-gc.timer", "inactive", "enabled-runtime")).state, State::wrong);
  // It ends as often as it is started.
  EXPECT_EQ(check(unit("hythe-deliver.service", "activating", "enabled")).state, State::wrong);
}

TEST(Units, AreFineAsTheAdministratorOrSystemdIsToHaveThem) {
  for (const char* file : {"disabled", "masked", "masked-runtime", "static", ""})
    EXPECT_EQ(check(unit("hythe-cron.timer", "inactive", file)).state, State::fine) << file;
  EXPECT_EQ(check(unit("hythe-cron.timer", "active", "enabled")).state, State::fine);
  // It is being started, or waits for another one.
  EXPECT_EQ(check(unit("hythe-deliver.service", "inactive", "enabled", "Job=512\n")).state,
            State::fine);
  EXPECT_EQ(check("").state, State::fine);
}

TEST(Units, AreToldOneByOne) {
  const HostChecks checks =
      check_units(concat(unit("hythe-webhook.socket", "failed", "enabled"), '\n',
                         unit("hythe-webhook.service", "active", "enabled"), '\n',
                         unit("hythe-deliver.service", "inactive", "enabled")));
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[0].found, "hythe-webhook.socket is failed");
  EXPECT_EQ(checks[1].found, "hythe-deliver.service is enabled, and inactive");
}

TEST(Units, WithoutAValueAreNoMischief) {
  EXPECT_EQ(check("Id\n=\n\n\nActiveState\n").state, State::fine);
}

}  // namespace
}  // namespace hythe
