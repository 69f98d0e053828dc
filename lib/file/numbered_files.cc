// SPDX-License-Identifier: Apache-2.0
#include "lib/file/numbered_files.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "core/decimal.h"
#include "lib/descriptors.h"
#include "lib/errors.h"

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

Number begin_numbered_file(const std::string& directory, std::string_view suffix) {
  const auto taken = numbered_files(directory, suffix);
  for (Number number = taken.empty() ? 1 : taken.back() + 1;; ++number) {
    try {
      (void)open_file(concat(directory, '/', number, suffix), O_WRONLY | O_CREAT | O_EXCL);
      return number;
    } catch (const SystemError& error) {
      if (error.code() != EEXIST) throw;
    }
  }
}

}  // namespace hythe
