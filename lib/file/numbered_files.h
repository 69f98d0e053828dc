// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/helper_contract.h"

namespace hythe {

/// The numbers N of the files DIRECTORY/N<suffix>, in rising order; none when the directory
/// does not exist.
[[nodiscard]] std::vector<Number> numbered_files(const std::string& directory,
                                                 std::string_view suffix);

/// Creates the next DIRECTORY/N<suffix>, empty. Of two at once, each gets a number of its own.
[[nodiscard]] Number begin_numbered_file(const std::string& directory, std::string_view suffix);

}  // namespace hythe
