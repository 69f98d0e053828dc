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

TEST(OsRelease, NamesTheStack) {
  const struct {
    const char* text;
    const char* stack;
  } cases[] = {
      {"NAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n", "debian-12"},
      {"ID=ubuntu\nVERSION_ID='24.04'", "ubuntu-24.04"},
      {"ID=\"rhel\"\nID_LIKE=fedora\nVERSION_ID=\"9.4\"", "rhel-9.4"},
      {"ID=Fedora\nVERSION_ID=41\n", "fedora-41"},
      // Debian's unstable has no version.
      {"ID=debian\nVERSION_CODENAME=forky\n", "debian"},
      {"ID=debian\nVERSION_ID=\"a b\"\n", "debian"},
      // Nothing that could be a stack's name.
      {"VERSION_ID=12\n", "linux"},
      {"ID=\"../x\"\nVERSION_ID=1\n", "linux"},
      {"ID=host\n", "linux"},
      {"", "linux"},
  };
  for (const auto& c : cases) EXPECT_EQ(stack_in(c.text), c.stack) << c.text;
}

}  // namespace
}  // namespace hythe
