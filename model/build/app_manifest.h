// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hythe {

/// scalingo.json or app.json, as far as it says how an app begins: what Scalingo and Heroku
/// read when they create a review app. What an app.json has in `environments.review` counts
/// before what stands outside of that.
struct AppManifest {
  struct Variable {
    enum class Kind {
      value,     // `text`
      unset,     // it is not inherited
      secret,    // random digits
      url,       // where the app answers, or `text` with that in it
      text,      // `text`, with %APP%, %PARENT_APP%, %PR_NUMBER% and %URL% replaced
      required,  // must come from somewhere else
    };
    Kind kind = Kind::value;
    std::string text{};
  };
  struct Process {
    std::optional<unsigned> count{};
    std::string size{};  // empty: the usual one
  };

  std::string file{};  // its name, for messages
  std::map<std::string, Variable> environment{};
  std::map<std::string, Process> formation{};
  std::string first_deploy{};  // a command that follows the first deployment
  bool has_add_ons = false;    // of which hythe has none

  /// Throws PushError (EX_DATAERR), naming the file and what in it is wrong.
  [[nodiscard]] static AppManifest parse(const std::string& text, std::string_view file);
};

}  // namespace hythe
