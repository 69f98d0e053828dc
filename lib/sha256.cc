// SPDX-License-Identifier: Apache-2.0
#include "lib/sha256.h"

#include <nettle/hmac.h>
#include <nettle/sha2.h>

#include <array>

#include "lib/encoding.h"

namespace hythe {
namespace {

using Digest = std::array<std::uint8_t, SHA256_DIGEST_SIZE>;

const std::uint8_t* octets(std::string_view bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

}  // namespace

struct Sha256::State {
  sha256_ctx context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  ::sha256_init(&state_->context);
}

Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::span<const char> bytes) {
  ::sha256_update(&state_->context, bytes.size(), octets({bytes.data(), bytes.size()}));
}

std::string Sha256::hex() {
  Digest digest{};
  ::sha256_digest(&state_->context, digest.size(), digest.data());
  return hexadecimal(digest);
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  hmac_sha256_ctx context;
  ::hmac_sha256_set_key(&context, key.size(), octets(key));
  ::hmac_sha256_update(&context, bytes.size(), octets(bytes));
  Digest digest{};
  ::hmac_sha256_digest(&context, digest.size(), digest.data());
  return hexadecimal(digest);
}

}  // namespace hythe
