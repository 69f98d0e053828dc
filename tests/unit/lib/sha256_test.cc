// SPDX-License-Identifier: Apache-2.0
#include "lib/sha256.h"

#include <gtest/gtest.h>

namespace hythe {
namespace {

std::string sum_of(std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  return sum.hex();
}

TEST(Sha256, IsThatOfFips180) {
  EXPECT_EQ(sum_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sum_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, IsTheSameInWhateverPieces) {
  const std::string bytes(1000, 'a');
  Sha256 sum;
  for (std::size_t at = 0; at < bytes.size(); at += 7)
    sum.add(std::string_view(bytes).substr(at, 7));
  EXPECT_EQ(sum.hex(), sum_of(bytes));
}

TEST(Hmac, IsThatOfRfc4231) {
  EXPECT_EQ(hmac_sha256(std::string(20, '\x0b'), "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hmac_sha256("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

}  // namespace
}  // namespace hythe
