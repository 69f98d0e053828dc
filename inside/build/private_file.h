// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe::builder {

/// All of the bytes, however many calls that takes. Throws std::system_error that says what
/// was being done.
void write_all(int fd, std::string_view bytes, const std::string& doing);

/// Makes a file, which must not exist, that only its owner reads: what is in it may be a
/// secret. Throws std::system_error.
void write_private_file(const std::string& path, std::string_view bytes);

}  // namespace hythe::builder
