// SPDX-License-Identifier: Apache-2.0
#include "lib/terminal/terminal_messages.h"

#include <gtest/gtest.h>

#include <vector>

namespace hythe {
namespace {

/// Takes a stream apart again: what was typed, and the sizes.
struct Received {
  std::string typed{};
  std::vector<TerminalSize> sizes{};

  explicit Received(const std::string& stream) {
    TerminalInput input;
    for (const char byte : stream) {
      const auto event = input.take(static_cast<unsigned char>(byte));
      if (event.typed) typed.push_back(*event.typed);
      if (event.resized) sizes.push_back(*event.resized);
    }
  }
};

TEST(TerminalMessages, EveryByteThatIsTypedArrives) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  all += "\xFF\xFFw\xFF";
  EXPECT_EQ(Received(typed_message(all)).typed, all);
  EXPECT_TRUE(Received(typed_message(all)).sizes.empty());
}

TEST(TerminalMessages, SizesComeBetweenWhatIsTyped) {
  const Received received(typed_message("ls") + size_message({.rows = 50, .columns = 65535}) +
                          typed_message("\xFF\n") + size_message({.rows = 255, .columns = 0}));
  EXPECT_EQ(received.typed, "ls\xFF\n");
  EXPECT_EQ(received.sizes,
            (std::vector<TerminalSize>{{.rows = 50, .columns = 65535}, {.rows = 255}}));
}

TEST(TerminalMessages, WhatIsNotInTheGrammarIsPassedOver) {
  const Received received("a\xFFxb\xFFw\x01");
  EXPECT_EQ(received.typed, "ab");
  EXPECT_TRUE(received.sizes.empty());
}

}  // namespace
}  // namespace hythe
