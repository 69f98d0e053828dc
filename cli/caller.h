// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hythe {

/// Who types a command.
struct Caller {
  std::string name;        // of the key, over ssh; else of the account
  bool is_remote = false;  // over ssh, through hythe-shell

  /// Becomes user hythe for good when started by root, so that the command has no rights but
  /// those that the helpers grant, and every file belongs to hythe. Throws PushError
  /// (EX_NOPERM) for anybody else.
  [[nodiscard]] static Caller identify();
};

}  // namespace hythe
