// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace hythe {

/// The variables of a file in the manner of .env files, of which every byte means what it says:
///
///   # a comment, and an empty line
///   NAME=value to the end of the line, with " and \ as they are
///   NAME='as it is, over several lines too'   # '\'' between two quotes is a '
///   NAME="the same, with \n \r \t \" \\ \$ for what they stand for"
///   export NAME=value                         # as a shell would have it
///
/// Nothing is expanded. Without quotes a blank at either end of the value, or a " #" in it, is
/// refused: other readers of such files disagree about them. Throws PushError with `where` and
/// the line: a line that is none of these, a bad name or value (model/env_name.h), a name that
/// was given before.
[[nodiscard]] std::map<std::string, std::string> parse_env_file(std::string_view text,
                                                                std::string_view where);

}  // namespace hythe
