// SPDX-License-Identifier: Apache-2.0
#include "model/env_file.h"

#include <algorithm>

#include "lib/errors.h"
#include "lib/printable.h"
#include "model/env_name.h"

namespace hythe {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// What stands for itself behind a backslash in double quotes, or means something else there.
char unescaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case '"':
    case '\\':
    case '$':
    case '`':
      return c;
    default:
      return '\0';  // not an escape: the backslash stays
  }
}

class EnvFile {
 public:
  EnvFile(std::string_view text, std::string_view where) : rest_(text), where_(where) {}

  std::map<std::string, std::string> read() {
    while (!rest_.empty()) {
      skip_blanks();
      if (is_at_end_of_line() || rest_.front() == '#')
        skip_line();
      else
        assignment();
    }
    return std::move(variables_);
  }

 private:
  void assignment() {
    first_line_ = line_;
    if (rest_.starts_with("export") && rest_.size() > 6 && is_blank(rest_[6])) {
      rest_.remove_prefix(6);
      skip_blanks();
    }
    const std::string_view line = rest_.substr(0, rest_.find('\n'));
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) fail("it is not of the form NAME=VALUE");
    const std::string name(line.substr(0, equals));
    rest_.remove_prefix(equals + 1);
    const std::string value = this->value();
    try {
      check_env_variable(name, value);
    } catch (const PushError& error) {
      fail(error.what());
    }
    const auto [known, is_new] = lines_.emplace(name, first_line_);
    if (!is_new) fail(concat("'", name, "' is given twice, first in line ", known->second));
    variables_.emplace(name, value);
  }

  std::string value() {
    if (rest_.starts_with('\'')) return single_quoted();
    if (rest_.starts_with('"')) return double_quoted();
    std::string_view line = rest_.substr(0, rest_.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty() && (is_blank(line.front()) || is_blank(line.back())))
      fail("its value begins or ends with a blank: put it in quotes, or take the blank away");
    if (line.find(" #") != std::string_view::npos || line.find("\t#") != std::string_view::npos)
      fail("its value has ' #' in it: put it in quotes, or the comment on its own line");
    std::string out(line);
    skip_line();
    return out;
  }

  std::string single_quoted() {
    std::string out;
    bool is_continued = false;
    do {
      if (is_continued) out += '\'';
      rest_.remove_prefix(1);
      const auto end = rest_.find('\'');
      if (end == std::string_view::npos) fail("its ' is not closed");
      out += take(end);
      rest_.remove_prefix(1);
      is_continued = rest_.starts_with("\\''");
      if (is_continued) rest_.remove_prefix(2);
    } while (is_continued);
    end_line();
    return out;
  }

  std::string double_quoted() {
    std::string out;
    rest_.remove_prefix(1);
    for (;;) {
      const auto special = rest_.find_first_of("\"\\");
      if (special == std::string_view::npos) fail("its \" is not closed");
      out += take(special);
      const bool is_end = rest_.front() == '"';
      rest_.remove_prefix(1);
      if (is_end) break;
      if (const char c = rest_.empty() ? '\0' : unescaped(rest_.front()); c != '\0') {
        out += c;
        rest_.remove_prefix(1);
      } else {
        out += '\\';
      }
    }
    end_line();
    return out;
  }

  /// Behind a closing quote only a comment may follow.
  void end_line() {
    skip_blanks();
    if (!is_at_end_of_line() && rest_.front() != '#')
      fail("something follows the closing quote");
    skip_line();
  }

  std::string take(std::size_t count) {
    std::string out(rest_.substr(0, count));
    line_ += static_cast<std::size_t>(std::count(out.begin(), out.end(), '\n'));
    rest_.remove_prefix(count);
    return out;
  }
  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }
  [[nodiscard]] bool is_at_end_of_line() const {
    return rest_.empty() || rest_.front() == '\n' || rest_.starts_with("\r\n");
  }
  void skip_line() {
    const auto end = rest_.find('\n');
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    ++line_;
  }
  /// Never with a value: it may be a secret.
  [[noreturn]] void fail(const std::string& why) const {
    throw PushError(concat("'", printable(where_), "', line ", first_line_, ": ", why));
  }

  std::string_view rest_;
  std::string_view where_;
  std::size_t line_ = 1;
  std::size_t first_line_ = 1;  // of the assignment that is being read
  std::map<std::string, std::size_t> lines_{};
  std::map<std::string, std::string> variables_{};
};

}  // namespace

std::map<std::string, std::string> parse_env_file(std::string_view text,
                                                  std::string_view where) {
  return EnvFile(text, where).read();
}

}  // namespace hythe
