// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "cli/arguments.h"
#include "model/config.h"
#include "model/public_key.h"

namespace hythe {

/// What `hythe setup` is to change; what is empty stays as it is.
struct SetupWishes {
  std::string domain{};
  std::optional<PublicKey> key{};
  std::string key_name{};
  bool is_sure = false;  // nothing is asked

  [[nodiscard]] bool are_none() const { return domain.empty() && !key; }

  /// --domain, --key, --name, --yes. Throws PushError for what is no domain or no key.
  [[nodiscard]] static SetupWishes read(Arguments& arguments);
  /// Asks on the terminal for what was not said. Throws PushError when nobody answers.
  void ask(const Config& config, bool has_keys);
};

/// On the terminal; false unless the answer is yes.
[[nodiscard]] bool confirm(const std::string& question);

/// As nginx and DNS know it: an app's name can stand in front of it. Throws PushError.
[[nodiscard]] std::string parse_base_domain(const std::string& typed);

}  // namespace hythe
