// SPDX-License-Identifier: Apache-2.0
#include "lib/terminal/terminal.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

TEST(TerminalKind, IsAShortWord) {
  for (const char* kind :
       {"xterm-256color", "dumb", "screen.xterm-256color", "hp2621-nl", "a", "vt100+fnkeys"})
    EXPECT_TRUE(is_terminal_kind(kind)) << kind;
  for (const char* kind : {"", "Eterm", "x term", "x\nterm", "../x", "$(id)", "x=y", "\x1b[m",
                           "abcdefghijklmnopqrstuvwxyz0123456"})
    EXPECT_FALSE(is_terminal_kind(kind)) << kind;
}

}  // namespace
}  // namespace hythe
