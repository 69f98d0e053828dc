// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "lib/net/forge_address.h"
#include "model/forge/change_request.h"

namespace hythe {

/// What a forge tells by a webhook, as far as it matters here.
struct Event {
  enum class Kind { ping, push, request, other };

  Kind kind = Kind::other;
  std::string repository{};  // "acme/shop"
  std::string branch{};      // push: empty when it is of a tag, or has removed the branch
  std::string commit{};      // push
  ChangeRequest request{};

  /// `name` is the value of X-GitHub-Event or X-Gitlab-Event. nullopt when the body is not what
  /// the forge documents for it.
  [[nodiscard]] static std::optional<Event> parse(Forge forge, const std::string& name,
                                                  const std::string& body);
};

}  // namespace hythe
