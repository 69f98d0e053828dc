// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hythe {

/// The name of a git object: twenty bytes that people read as forty hexadecimal digits. The
/// zero oid is git's word for "none".
class Oid {
 public:
  static constexpr std::size_t kSize = 20;
  using Bytes = std::array<unsigned char, kSize>;

  Oid() = default;  // zero
  explicit Oid(const Bytes& bytes) : bytes_(bytes) {}

  /// Exactly forty digits, lower case as git writes them, so that two spellings never name
  /// one object.
  [[nodiscard]] static std::optional<Oid> parse(std::string_view text) noexcept {
    if (text.size() != 2 * kSize) return std::nullopt;
    Oid oid;
    for (std::size_t i = 0; i < kSize; ++i) {
      const auto high = kDigits.find(text[2 * i]);
      const auto low = kDigits.find(text[2 * i + 1]);
      if (high == kDigits.npos || low == kDigits.npos) return std::nullopt;
      oid.bytes_[i] = static_cast<unsigned char>(high << 4U | low);
    }
    return oid;
  }

  [[nodiscard]] std::string text() const {
    std::string out;
    out.reserve(2 * kSize);
    for (const unsigned char byte : bytes_) {
      out.push_back(kDigits[byte >> 4U]);
      out.push_back(kDigits[byte & 0xFU]);
    }
    return out;
  }
  /// The first seven digits: for people, never for git.
  [[nodiscard]] std::string short_text() const { return text().substr(0, 7); }

  [[nodiscard]] bool is_zero() const noexcept { return *this == Oid(); }
  [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }
  friend auto operator<=>(const Oid&, const Oid&) = default;

 private:
  static constexpr std::string_view kDigits = "0123456789abcdef";
  Bytes bytes_{};
};

}  // namespace hythe
