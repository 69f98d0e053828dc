// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/public_key.h"

namespace hythe {

/// Who may push: one key to a name, keys/NAME.pub; sshd's authorized_keys is generated from
/// them, and from nothing else.
struct KeyRing {
  struct Entry {
    std::string name;
    PublicKey key;
  };

  /// By name.
  [[nodiscard]] static std::vector<Entry> all();
  /// Throws PushError when the name has a key already, or the key has a name.
  static void add(const std::string& name, const PublicKey& key);
  /// Throws PushError (EX_NOINPUT) when there is none.
  static void remove(const std::string& name);
};

/// [A-Za-z0-9][A-Za-z0-9._@-]{0,63}: safe in a file name and in authorized_keys' quotes.
[[nodiscard]] bool is_key_name(std::string_view text);

}  // namespace hythe
