// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace hythe {

/// The SHA-256 sum (FIPS 180-4) of what is added.
class Sha256 {
 public:
  Sha256();
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();
  void add(std::span<const char> bytes);
  /// 64 hexadecimal digits. To be called once, after all is added.
  [[nodiscard]] std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// HMAC (RFC 2104) over it, in 64 hexadecimal digits.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);

}  // namespace hythe
