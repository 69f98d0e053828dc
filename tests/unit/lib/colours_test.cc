// SPDX-License-Identifier: Apache-2.0
#include "lib/colours.h"

#include <gtest/gtest.h>

#include "lib/descriptors.h"

namespace hythe {
namespace {

TEST(ColourRemover, LeavesTheTextWhereverChunksEnd) {
  const std::string log = "m\033[1;31mred\033[m m\n\033[0m\n\033[3\nafter\n";
  for (std::size_t size = 1; size <= log.size(); ++size) {
    ColourRemover remover;
    std::string text;
    for (std::size_t i = 0; i < log.size(); i += size)
      text += remover.remove_from(std::string_view(log).substr(i, size));
    EXPECT_EQ(text, "mred m\n\n\nafter\n") << size;
  }
}

TEST(Colours, AreForTerminals) {
  const Pipe pipe = Pipe::make();
  EXPECT_EQ(colours_for(pipe.write.get()), Colours::dropped);
  EXPECT_EQ(colours_for(-1), Colours::dropped);
}

}  // namespace
}  // namespace hythe
