// SPDX-License-Identifier: Apache-2.0
#include "model/differences.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

Release release() {
  return {.app = *AppName::parse("shop"),
          .buildpacks = {{.name = "nodejs"},
                         {.name = "x", .url = "https://e.org/x", .version = "1"}},
          .types = {{"web", "./web"}, {"clock", "./clock"}},
          .variables = {{"MODE", "production"}, {"PORTS", "1"}},
          .environment = {{"SECRET", "f1"}, {"SAME", "f2"}, {"MODE", "f3"}}};
}

TEST(Differences, OfTheSameAreNone) {
  EXPECT_TRUE(in_buildpacks(release(), release()).empty());
  EXPECT_TRUE(in_process_types(release(), release()).empty());
  EXPECT_TRUE(in_variables(release(), release()).empty());
}

TEST(Differences, ShowWhatCameWentAndIsOtherwise) {
  Release to = release();
  to.types = {{"web", "./web\n-v"}, {"worker", "./work"}};
  EXPECT_EQ(
      in_process_types(release(), to),
      (Differences{"~ web: ./web -> ./web\\n-v", "+ worker: ./work", "- clock: ./clock"}));
  to.buildpacks = {{.name = "nodejs"}, {.name = "x", .url = "https://e.org/x", .version = "2"}};
  EXPECT_EQ(in_buildpacks(release(), to), (Differences{"~ https://e.org/x: 1 -> 2"}));
}

TEST(Differences, OfJobsAreInWhenTheyAreDue) {
  Release from = release();
  from.jobs = {{.schedule = "@daily", .command = "clean"},
               {.schedule = "@hourly", .command = "look"}};
  Release to = release();
  to.jobs = {{.schedule = "@weekly", .command = "clean"}};
  EXPECT_EQ(in_jobs(from, to), (Differences{"~ clean: @daily -> @weekly", "- look: @hourly"}));
}

TEST(Differences, NameVariablesWithoutTheirValues) {
  Release to = release();
  to.environment = {{"SECRET", "f4"}, {"SAME", "f2"}, {"NEW", "f5"}};
  to.variables.erase("PORTS");
  EXPECT_EQ(in_variables(release(), to),
            (Differences{"~ MODE", "+ NEW", "~ SECRET", "- PORTS"}));
}

TEST(Differences, OverlookADefaultThatTheAppsOwnVariableHides) {
  Release to = release();
  to.variables["MODE"] = "development";
  EXPECT_TRUE(in_variables(release(), to).empty());
}

}  // namespace
}  // namespace hythe
