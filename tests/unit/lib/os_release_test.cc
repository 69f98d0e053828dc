// SPDX-License-Identifier: Apache-2.0
#include "lib/os_release.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

TEST(OsRelease, IsNamedAsPeopleDo) {
  const struct {
    const char* text;
    const char* system;
  } cases[] = {
      {"PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\n"
       "VERSION_ID=\"12\"\nVERSION=\"12 (bookworm)\"\nID=debian\n",
       "Debian 12"},
      {"NAME=\"Debian GNU/Linux\"\nVERSION_CODENAME=forky\nID=debian\n", "Debian"},
      {"NAME='Ubuntu'\nVERSION_ID='24.04'", "Ubuntu 24.04"},
      {"NAME=Fedora\nVERSION_ID=41\n", "Fedora 41"},
      {"NAME=\"Evil\033[31m\"\n", "Evil\\x1b[31m"},
      {"NAMES=x\nMY_NAME=y\n", ""},
      {"", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(system_in(c.text), c.system) << c.text;
}

}  // namespace
}  // namespace hythe
