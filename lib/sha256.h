// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace hythe {

/// The SHA-256 sum (FIPS 180-4) of what is added. For sums that say whether bytes are those
/// that were announced; it holds no secrets, and takes no care of them.
class Sha256 {
 public:
  void add(std::span<const char> bytes);
  /// 64 hexadecimal digits. To be called once, after all is added.
  [[nodiscard]] std::string hex();

 private:
  void add_block(const unsigned char* block);

  static constexpr std::size_t kBlockSize = 64;
  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, kBlockSize> pending_{};
  std::uint64_t size_ = 0;
};

}  // namespace hythe
