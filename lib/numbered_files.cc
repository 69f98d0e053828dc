// SPDX-License-Identifier: Apache-2.0
#include "lib/numbered_files.h"

#include <algorithm>
#include <filesystem>

#include "core/decimal.h"

namespace hythe {

std::vector<Number> numbered_files(const std::string& directory, std::string_view suffix) {
  std::vector<Number> numbers;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(directory, missing)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(suffix)) continue;
    const auto digits = std::string_view(name).substr(0, name.size() - suffix.size());
    const auto number = parse_decimal(digits, kMaxNumber);
    if (number) numbers.push_back(static_cast<Number>(*number));
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace hythe
