// SPDX-License-Identifier: Apache-2.0
#include "inside/build/environment.h"

#include <gtest/gtest.h>

namespace hythe::builder {
namespace {

using namespace std::string_view_literals;

const Request kRequest = {
    .id = "42-shop", .commit = "0123abc", .app = "shop", .stack = "debian-12"};

const Variables kHost = {{"HTTPS_PROXY", "http://proxy"}, {"A", "host"}};

TEST(AppVariables, AreThoseThatCouldBeAFilesName) {
  const char* const environment[] = {"A=b=c", "B=",        "_x=1", "1A=1",
                                     "A-B=1", "no equals", "=x",   "BASH_FUNC_x%%=() { :; }",
                                     nullptr};
  EXPECT_EQ(app_variables(environment),
            (Variables{{"A", "b=c"}, {"B", ""}, {"_x", "1"}, {"1A", "1"}}));
}

TEST(HostVariables, AreApartFromTheApps) {
  const char* const environment[] = {"HYTHE_HOST_A=b=c", "HYTHE_HOST_=x", "HYTHE_OTHER=x",
                                     "A=app", nullptr};
  EXPECT_EQ(host_variables(environment), (Variables{{"A", "b=c"}}));
  EXPECT_EQ(app_variables(environment), (Variables{{"A", "app"}}));
}

TEST(BuildEnvironment, LetsTheAppOverrideTheHostAndNobodyTheBuild) {
  const Variables environment = build_environment(
      kRequest, kHost,
      {{"A", "app"}, {"LANG", "C"}, {"STACK", "x"}, {"PATH", "x"}, {"APP", "x"}});
  EXPECT_EQ(environment.at("A"), "app");
  EXPECT_EQ(environment.at("LANG"), "C");
  EXPECT_EQ(environment.at("HTTPS_PROXY"), "http://proxy");
  EXPECT_EQ(environment.at("STACK"), "debian-12");
  EXPECT_EQ(environment.at("APP"), "shop");
  EXPECT_EQ(environment.at("REQUEST_ID"), "42-shop");
  EXPECT_EQ(environment.at("PATH"),
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
}

TEST(BuildEnvironment, LeavesOutWhatBreaksBuilds) {
  for (const char* name :
       {"GIT_DIR", "GIT_SSH", "LD_PRELOAD", "LD_LIBRARY_PATH", "BASH_ENV", "ENV", "IFS",
        "CDPATH", "PYTHONPATH", "PORT", "DYNO", "ENV_DIR", "SHELLOPTS", "LD_AUDIT", "1A"})
    EXPECT_FALSE(build_environment(kRequest, kHost, {{name, "x"}}).contains(name)) << name;
  EXPECT_EQ(build_environment(kRequest, kHost, {{"TMPDIR", "/app/tmp"}}).at("TMPDIR"), "/tmp");
}

TEST(BuildEnvironment, HasNothingOfAnAppThatWantsFilesOnly) {
  const auto has_app_variable = [](const std::string& opt_out) {
    return build_environment(kRequest, kHost, {{"BUILDPACK_ENV_DIR_ONLY", opt_out}, {"X", "x"}})
        .contains("X");
  };
  for (const char* on : {"1", "true", "yes"}) EXPECT_FALSE(has_app_variable(on)) << on;
  for (const char* off : {"", "0", "false", "no"}) EXPECT_TRUE(has_app_variable(off)) << off;
  EXPECT_EQ(
      build_environment(kRequest, kHost, {{"BUILDPACK_ENV_DIR_ONLY", "1"}}).at("HTTPS_PROXY"),
      "http://proxy");
}

TEST(BuildEnvironment, SaysHowMuchMemoryThereIsWhenThatIsKnown) {
  Request request = kRequest;
  EXPECT_FALSE(build_environment(request, kHost, {}).contains("MEMORY_AVAILABLE"));
  request.memory = 1536ULL << 20U;
  EXPECT_EQ(build_environment(request, kHost, {}).at("MEMORY_AVAILABLE"), "1536");
  EXPECT_EQ(
      build_environment(request, kHost, {{"MEMORY_AVAILABLE", "99"}}).at("MEMORY_AVAILABLE"),
      "99");
}

TEST(WithExports, TakesWhatBashSaysButForIdentityAndBookkeeping) {
  const Variables before = {
      {"PATH", "/bin"}, {"HOME", "/app"}, {"STACK", "debian-12"}, {"GONE", "1"}};
  const auto after = with_exports(
      before,
      "PATH=/new:/bin\0HOME=/evil\0STACK=x\0NEW=a\nb\0_=/usr/bin/env\0PWD=/\0SHLVL=1\0"
      "BASH_ENV=/evil\0GIT_DIR=/evil\0LD_LIBRARY_PATH=/lib\0BASH_FUNC_x%%=() { :; }\0"sv);
  EXPECT_EQ(after, (Variables{{"PATH", "/new:/bin"},
                              {"HOME", "/app"},
                              {"STACK", "debian-12"},
                              {"NEW", "a\nb"},
                              {"LD_LIBRARY_PATH", "/lib"}}));
}

}  // namespace
}  // namespace hythe::builder
