// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iostream>
#include <string>
#include <string_view>

namespace hythe {

/// "branch       main": a line of a sheet about one thing. `name` is 12 bytes at most.
inline void print_field(std::string_view name, const std::string& value) {
  std::cout << name << std::string(13 - name.size(), ' ') << value << '\n';
}

}  // namespace hythe
