// SPDX-License-Identifier: Apache-2.0
#include "model/container/container_command.h"

#include <cstdio>

#include "core/helper_contract.h"
#include "lib/errors.h"

namespace hythe {
namespace {

void append_word(std::string& bytes, const std::string& word) {
  if (word.find('\0') != std::string::npos)
    throw PushError("a command or variable holds a NUL byte");
  bytes.append(word).push_back('\0');
}

void append_words(std::string& bytes, const std::vector<std::string>& words) {
  if (words.size() > ContainerSpec::kMaxWords)
    throw PushError(concat("more than ", ContainerSpec::kMaxWords, " variables"));
  append_word(bytes, std::to_string(words.size()));
  for (const std::string& word : words) append_word(bytes, word);
}

}  // namespace

std::string ContainerCommand::encode() const {
  std::string bytes;
  append_word(bytes, std::to_string(memory >> 20U));
  append_word(bytes, std::to_string(pids));
  append_word(bytes, std::to_string(cpu_percent));
  // Zero means none: what is shorter than a second is one.
  append_word(bytes, std::to_string((time.count() + 999) / 1000));
  append_word(bytes, std::to_string(cpu_shares));
  append_word(bytes, std::to_string(restarts));
  append_words(bytes, argv);
  append_words(bytes, environment);
  if (terminal) {
    append_word(bytes, std::to_string(terminal->rows));
    append_word(bytes, std::to_string(terminal->columns));
  }
  if (bytes.size() > ContainerSpec::kMaxLength)
    throw PushError(concat("the variables of the app are larger than ",
                           ContainerSpec::kMaxLength >> 20U, " MiB together"));
  char prefix[ContainerSpec::kPrefixLength + 1];
  std::snprintf(prefix, sizeof prefix, "%08zu\n", bytes.size());
  return prefix + bytes;
}

}  // namespace hythe
