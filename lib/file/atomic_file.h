// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

enum class Durability {
  survives_crash_of_hythe,  // renamed into place: old or new, never half
  survives_power_cut,       // fsynced as well, file and directory
};

/// Replaces a file as a whole: whoever reads it sees the old bytes or the new ones. Mode
/// 0600. Throws SystemError, and then the old file stays.
void replace_file(const std::string& path, std::string_view bytes, Durability durability);

/// Removes what killed writers of `path` have left beside it. Nobody may be writing it now.
void remove_half_written(const std::string& path);

/// One that is not there is no failure.
void remove_file(const std::string& path);

/// Renames a durable file over another, durably. Throws SystemError.
void rename_file(const std::string& from, const std::string& to);

}  // namespace hythe
