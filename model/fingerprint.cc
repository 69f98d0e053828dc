// SPDX-License-Identifier: Apache-2.0
#include "model/fingerprint.h"

#include <sys/random.h>

#include <cerrno>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"
#include "lib/sha256.h"
#include "model/app.h"

namespace hythe {
namespace {

constexpr std::size_t kSaltSize = 32;

std::string random_bytes() {
  std::string bytes(kSaltSize, '\0');
  // Never less than asked for, and never interrupted, up to 256 bytes.
  if (::getrandom(bytes.data(), bytes.size(), 0) < 0)
    throw SystemError(errno, "have random bytes");
  return bytes;
}

std::string salt_of(const AppName& app) {
  const std::string path = App::directory(app) + "/salt";
  try {
    std::string salt = read_file(path, kSaltSize);
    if (salt.size() == kSaltSize) return salt;
  } catch (const SystemError& error) {
    if (error.code() != ENOENT) throw;
  }
  const std::string salt = random_bytes();
  replace_file(path, salt, Durability::survives_power_cut);
  return salt;
}

}  // namespace

Fingerprints fingerprints(const AppName& app,
                          const std::map<std::string, std::string>& values) {
  Fingerprints out;
  if (values.empty()) return out;
  const std::string salt = salt_of(app);
  for (const auto& [name, value] : values) {
    // The name with it: two variables of one value are not to be seen as such.
    std::string bytes = name;
    bytes.append(1, '=').append(value);
    out.emplace(name, hmac_sha256(salt, bytes));
  }
  return out;
}

}  // namespace hythe
