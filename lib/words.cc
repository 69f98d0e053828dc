// SPDX-License-Identifier: Apache-2.0
#include "lib/words.h"

#include <algorithm>

namespace hythe {
namespace {

/// Reads a command from left to right; each function takes one quoted piece.
class Splitter {
 public:
  explicit Splitter(std::string_view command) : rest_(command) {}

  [[nodiscard]] std::optional<std::vector<std::string>> split() {
    while (!rest_.empty()) {
      const char c = take();
      if (c == '\n') return std::nullopt;
      if (c == ' ' || c == '\t') {
        if (!end_word()) return std::nullopt;
        continue;
      }
      is_in_word_ = true;
      const bool is_complete = c == '\''   ? single_quoted()
                               : c == '"'  ? double_quoted()
                               : c == '\\' ? escaped()
                                           : literal(c);
      if (!is_complete) return std::nullopt;
    }
    if (!end_word()) return std::nullopt;
    return std::move(words_);
  }

 private:
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  bool literal(char c) {
    word_ += c;
    return true;
  }
  bool escaped() { return !rest_.empty() && rest_.front() != '\n' && literal(take()); }
  bool single_quoted() {
    const auto end = rest_.find('\'');
    if (end == std::string_view::npos) return false;
    word_ += rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return true;
  }
  bool double_quoted() {
    while (!rest_.empty()) {
      char c = take();
      if (c == '"') return true;
      if (c == '\\' && !rest_.empty()) {
        const char next = rest_.front();
        if (next == '\n') {  // a continued line
          take();
          continue;
        }
        if (next == '"' || next == '\\' || next == '$' || next == '`') c = take();
      }
      literal(c);
    }
    return false;
  }
  bool end_word() {
    if (!is_in_word_) return true;
    if (words_.size() == kMaxCommandWords) return false;
    words_.push_back(std::move(word_));
    word_.clear();
    is_in_word_ = false;
    return true;
  }

  std::string_view rest_;
  std::string word_;
  bool is_in_word_ = false;  // '' is a word too
  std::vector<std::string> words_;
};

bool needs_no_quotes(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-./:=@%+,").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<std::vector<std::string>> split_words(std::string_view command) {
  if (command.size() > kMaxCommandLength || command.find('\0') != std::string_view::npos)
    return std::nullopt;
  return Splitter(command).split();
}

std::string quote_word(std::string_view word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), needs_no_quotes))
    return std::string(word);
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'')
      quoted += "'\\''";
    else
      quoted += c;
  }
  return quoted + "'";
}

}  // namespace hythe
