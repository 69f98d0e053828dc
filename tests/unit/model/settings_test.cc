// SPDX-License-Identifier: Apache-2.0
#include "model/settings.h"

#include <gtest/gtest.h>

#include "lib/errors.h"

namespace hythe {
namespace {

std::string of(const Settings& settings, const std::string& key) {
  for (const auto& [name, value] : settings.all())
    if (name == key) return value;
  return "none";
}

TEST(Settings, OfAnAppComeBeforeTheHosts) {
  Settings host;
  host.set("drain", "2s", "hythe.yml");
  host.set("watch", "30s", "hythe.yml");
  const Settings own = host.with({{"drain", "10m"}, {"health", "/up"}});
  EXPECT_EQ(own.drain, std::chrono::minutes(10));
  EXPECT_EQ(own.health, "/up");
  EXPECT_EQ(own.watch, std::chrono::seconds(30));
  EXPECT_EQ(host.health, "");
}

TEST(Settings, AreShownAsTheyAreSet) {
  Settings settings;
  for (const auto& [key, value] : Settings().all()) settings.set(key, value, "");
  EXPECT_EQ(settings.all(), Settings().all());
  EXPECT_EQ(of(settings, "watch"), "off");
  settings.set("health_status", "204", "");
  EXPECT_EQ(of(settings, "health_status"), "204");
  EXPECT_TRUE(settings.accepts(204));
  EXPECT_FALSE(settings.accepts(205));
  settings.set("health", "/up?deep=1", "");
  settings.set("health", "off", "");
  EXPECT_EQ(settings.health, "");
  settings.set("drain", "0s", "");
  EXPECT_EQ(settings.drain, Milliseconds(0));
}

TEST(Settings, RefuseWhatTheyCannotBe) {
  for (const auto& [key, value] :
       std::initializer_list<std::pair<const char*, const char*>>{{"drain", "61m"},
                                                                  {"drain", "soon"},
                                                                  {"health", "up"},
                                                                  {"health", "/a b"},
                                                                  {"health", "/\r\nX: y"},
                                                                  {"health", "/ü"},
                                                                  {"health_status", "99"},
                                                                  {"health_status", "600"},
                                                                  {"health_status", "399-200"},
                                                                  {"health_status", "200-"},
                                                                  {"health_timeout", "0s"},
                                                                  {"health_timeout", "off"},
                                                                  {"watch", "11m"},
                                                                  {"watch_errors", "101"},
                                                                  {"watch_errors", "5%"},
                                                                  {"speed", "1"}})
    EXPECT_THROW(Settings().set(key, value, "test"), PushError) << key << '=' << value;
}

}  // namespace
}  // namespace hythe
