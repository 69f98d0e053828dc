// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/terminal_input.h"
#include "model/app.h"
#include "model/config.h"
#include "model/helper.h"
#include "model/release.h"

namespace hythe {

/// A command to be run once, in a container of a release.
struct OneOffOrder {
  std::string command{};                             // a line for the shell
  std::map<std::string, std::string> environment{};  // over the app's
  std::optional<std::string> size{};
  Milliseconds time{0};
  bool is_detached = false;
  std::optional<TerminalSize> terminal{};
};

/// One that has started. Unless it is detached it lives for as long as somebody reads what it
/// says: whoever ends the helper's lease has it hung up, and killed 30 s later at the latest.
class OneOff {
 public:
  /// Under the first free name. Throws PushError (kNotStarted) with root's own words when it
  /// cannot be started.
  static constexpr int kNotStarted = 125;
  [[nodiscard]] static OneOff start(const App& app, const Release& release,
                                    const OneOffOrder& order, const Config& config);

  [[nodiscard]] const std::string& name() const { return name_; }
  /// stdin, stdout (from where first_output() ends on) and stderr of the command.
  [[nodiscard]] Helper& helper() { return helper_; }
  /// What it has written already.
  [[nodiscard]] const std::string& first_output() const { return first_output_; }

 private:
  OneOff(std::string name, Helper helper, std::string first_output)
      : name_(std::move(name)),
        helper_(std::move(helper)),
        first_output_(std::move(first_output)) {}
  std::string name_;
  Helper helper_;
  std::string first_output_;
};

}  // namespace hythe
