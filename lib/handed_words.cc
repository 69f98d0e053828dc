// SPDX-License-Identifier: Apache-2.0
#include "lib/handed_words.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "core/decimal.h"
#include "core/unique_fd.h"
#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

constexpr const char* kVariable = "HYTHE_WORDS_FD";

}  // namespace

void hand_words(const std::vector<std::string>& words) {
  UniqueFd file(::memfd_create("words", 0));  // inherited on purpose
  if (!file) throw SystemError(errno, "make an anonymous file");
  std::string bytes;
  for (const std::string& word : words) bytes.append(word).push_back('\0');
  write_all(file.get(), bytes);
  if (::lseek(file.get(), 0, SEEK_SET) != 0) throw SystemError(errno, "rewind the words");
  ::setenv(kVariable, std::to_string(file.release()).c_str(), 1);
}

std::optional<std::vector<std::string>> received_words() {
  const char* text = ::secure_getenv(kVariable);
  const auto number = text == nullptr ? std::nullopt : parse_decimal(text, 1U << 16U);
  if (!number || *number < 3) return std::nullopt;
  ::unsetenv(kVariable);
  const UniqueFd file(static_cast<int>(*number));
  std::string bytes;
  while (read_some(file.get(), bytes)) {
  }
  std::vector<std::string> words;
  for (std::size_t begin = 0, end = 0; (end = bytes.find('\0', begin)) != std::string::npos;
       begin = end + 1)
    words.push_back(bytes.substr(begin, end - begin));
  return words;
}

}  // namespace hythe
