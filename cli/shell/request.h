// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app_name.h"

namespace hythe {

/// A fetch or a push.
struct GitRequest {
  const char* service;  // "receive-pack" or "upload-pack"
  AppName app;
};

/// What an ssh client asks for: a git service on an app's repository, or a verb of hythe.
struct Request {
  std::optional<GitRequest> git{};
  std::vector<std::string> words{};

  /// `command` is SSH_ORIGINAL_COMMAND, which is all the client's. Throws PushError (EX_USAGE).
  [[nodiscard]] static Request parse(std::string_view command);
};

}  // namespace hythe
