// SPDX-License-Identifier: Apache-2.0
#include "lib/sha256.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

std::string sum(const std::string& text) {
  Sha256 sum;
  sum.add(text);
  return sum.hex();
}

TEST(Sha256, IsThatOfTheStandard) {
  EXPECT_EQ(sum(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sum("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sum("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sum(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DependsOnTheBytesOnly) {
  // Around the end of a block, where the length has room or has not.
  for (std::size_t size = 50; size < 140; ++size) {
    const std::string text(size, '\xff');
    Sha256 bytewise;
    for (const char& byte : text) bytewise.add({&byte, 1});
    EXPECT_EQ(bytewise.hex(), sum(text)) << size;
  }
}

}  // namespace
}  // namespace hythe
