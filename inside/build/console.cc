// SPDX-License-Identifier: Apache-2.0
#include "inside/build/console.h"

#include <unistd.h>

#include <algorithm>
#include <string>

namespace hythe::builder {
namespace {

/// A buildpack may have left a colour on, whose end is not ours to wait for.
constexpr std::string_view kPlain = "\033[0m";

void say(std::string_view prefix, std::string_view text) {
  do {
    const auto end = std::min(text.find('\n'), text.size());
    std::string line(kPlain);
    line += prefix;
    line += text.substr(0, end);
    // ` !     ` before an empty line would leave blanks at its end.
    line.erase(line.find_last_not_of(' ') + 1);
    line += '\n';
    // A log that nobody reads any more is no reason to fail.
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
    text.remove_prefix(std::min(end + 1, text.size()));
  } while (!text.empty());
}

}  // namespace

void say_title(std::string_view text) {
  say("-----> ", text);
}
void say_phase(std::string_view text) {
  say("=====> ", text);
}
void say_detail(std::string_view text) {
  say("       ", text);
}
void say_warning(std::string_view text) {
  say(" !     ", text);
}

void say_last_lines(std::string_view output) {
  constexpr int kLines = 20;
  output = output.substr(0, output.find_last_not_of(" \t\r\n") + 1);
  if (output.empty()) return;
  auto begin = output.size();
  for (int line = 0; line < kLines && begin != std::string_view::npos; ++line)
    begin = begin == 0 ? std::string_view::npos : output.rfind('\n', begin - 1);
  say("", begin == std::string_view::npos ? output : output.substr(begin + 1));
}

}  // namespace hythe::builder
