// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hythe {

/// One OpenSSH public key, as in a .pub file. Holding one is proof that line() is one line
/// of an authorized_keys file that says nothing but this key: no options, no second key, no
/// certificate authority, no control character, and a blob that is really of its type.
///
/// Accepted: ssh-ed25519, ecdsa-sha2-nistp256/384/521, their sk- forms, and ssh-rsa of 2048
/// to 16384 bits.
class PublicKey {
 public:
  static constexpr std::size_t kMaxLength = 16U << 10U;
  static constexpr std::size_t kMaxComment = 256;

  /// One final newline is allowed. Throws PushError, which says what is wrong.
  [[nodiscard]] static PublicKey parse(std::string_view line);

  [[nodiscard]] const std::string& type() const noexcept { return type_; }
  /// Base64; two keys are the same key when their blobs are equal.
  [[nodiscard]] const std::string& blob() const noexcept { return blob_; }
  [[nodiscard]] const std::string& comment() const noexcept { return comment_; }
  [[nodiscard]] std::string line() const;

 private:
  PublicKey() = default;
  std::string type_;
  std::string blob_;
  std::string comment_;
};

}  // namespace hythe
