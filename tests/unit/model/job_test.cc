// SPDX-License-Identifier: Apache-2.0
#include "model/job.h"

#include <gtest/gtest.h>

#include "lib/errors.h"
#include "lib/yaml.h"

namespace hythe {
namespace {

template <typename Read>
std::string complaint(Read read, const std::string& text) {
  try {
    (void)read(text);
  } catch (const PushError& error) {
    return error.what();
  }
  return {};
}

TEST(Job, IsReadFromScalingosCronJson) {
  const auto jobs = jobs_of_cron_json(R"({"jobs": [
    {"command": "0 7 * * * /bin/send-newsletter"},
    {"command": "*/10 * * * * rails orders:check", "size": "2XL", "other": 1}]})");
  EXPECT_EQ(
      jobs,
      (Jobs{{.schedule = "0 7 * * *", .command = "/bin/send-newsletter"},
            {.schedule = "*/10 * * * *", .command = "rails orders:check", .size = "2XL"}}));
  EXPECT_EQ(jobs_of_cron_json(R"({"jobs": []})"), Jobs{});
  // Of somebody else, who calls a file of his so.
  EXPECT_EQ(jobs_of_cron_json(R"({"schedule": "daily"})"), std::nullopt);
  EXPECT_EQ(jobs_of_cron_json("[]"), std::nullopt);
}

TEST(Job, IsReadFromDokkusAppJson) {
  const Jobs jobs = jobs_of_app_json(R"({"name": "x", "cron": [
    {"command": "npm run mail", "schedule": "@daily"},
    {"command": "a", "schedule": "0 1 * * *", "concurrency_policy": "allow"},
    {"command": "b", "schedule": "0 1 * * *", "concurrency_policy": "replace",
     "maintenance": true}]})");
  using enum Job::Overlap;
  EXPECT_EQ(jobs, (Jobs{{.schedule = "@daily", .command = "npm run mail"},
                        {.schedule = "0 1 * * *", .command = "a", .overlap = allow},
                        {.schedule = "0 1 * * *",
                         .command = "b",
                         .overlap = replace,
                         .is_suspended = true}}));
}

TEST(Job, AnAppJsonMayHaveNone) {
  for (const char* text : {"{}", "[]", "{", "", "\"cron\"", R"({"scripts": {}})"})
    EXPECT_EQ(jobs_of_app_json(text), Jobs{}) << text;
}

TEST(Job, SaysWhichOneIsWrong) {
  EXPECT_EQ(complaint(jobs_of_cron_json, R"({"jobs": [{"command": "@daily a"},
                                                      {"command": "61 * * * * b"}]})"),
            "'cron.json', job 2: '61' is no minute: those are 0 to 59, also as '*', '1-5', "
            "'1,3' or '*/2'");
  for (const char* text : {"", "{", R"({"jobs": {}})", R"({"jobs": "x"})",
                           R"({"jobs": ["@daily a"]})", R"({"jobs": [{"command": "@daily"}]})",
                           R"({"jobs": [{}]})", R"({"jobs": [{"command": "@daily a\nb"}]})",
                           R"({"jobs": [{"command": "@daily a"}, {"command": "@daily a"}]})",
                           R"({"jobs": [{"command": "@daily \u001b[2J"}]})",
                           R"({"jobs": [{"command": "@daily \u0000"}]})"})
    EXPECT_NE(complaint(jobs_of_cron_json, text), "") << text;
  for (const char* text : {R"({"cron": {}})", R"({"cron": [{"command": "a"}]})",
                           R"({"cron": [{"schedule": "@daily"}]})",
                           R"({"cron": [{"schedule": "@daily", "command": "a",
                                         "concurrency_policy": "queue"}]})"})
    EXPECT_NE(complaint(jobs_of_app_json, text), "") << text;
}

TEST(Job, ThereAreNoMoreThanThirty) {
  const auto file_of = [](std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i)
      list += concat(i == 0 ? "" : ",", R"({"command": "@daily a)", i, "\"}");
    return concat(R"({"jobs": [)", list, "]}");
  };
  EXPECT_EQ(jobs_of_cron_json(file_of(30))->size(), 30U);
  EXPECT_EQ(complaint(jobs_of_cron_json, file_of(31)),
            "'cron.json' has 31 jobs; an app may have 30");
}

TEST(Job, IsKeptInTheRecordOfARelease) {
  using enum Job::Overlap;
  const Jobs jobs = {
      {.schedule = "*/10 * * * *", .command = "a: 'b' # c", .size = "M"},
      {.schedule = "@daily", .command = "\xc3\xa4", .overlap = replace, .is_suspended = true}};
  Yaml file;
  file.add("jobs", to_yaml(jobs));
  EXPECT_EQ(jobs_of(Yaml::parse(file.dump(), "x")["jobs"]), jobs);
}

}  // namespace
}  // namespace hythe
