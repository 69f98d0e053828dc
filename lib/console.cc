// SPDX-License-Identifier: Apache-2.0
#include "lib/console.h"

#include <fcntl.h>
#include <unistd.h>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

/// More output than anybody reads; a build that never stops talking must not fill the disk.
constexpr std::uint64_t kMaxOutput = 64U << 20U;

}  // namespace

Console::Console(const std::string& log_path)
    : log_(open_file(log_path, O_RDWR | O_APPEND | O_CREAT)) {
  if (lacks_last_newline(log_.get())) {
    // As well as it goes: a full disk is told of by whoever has something to say.
    [[maybe_unused]] const ssize_t written = ::write(log_.get(), "\n", 1);
  }
}

void Console::step(std::string_view text) {
  line(concat("-----> ", text));
}
void Console::detail(std::string_view text) {
  line(concat("       ", text));
}
void Console::problem(std::string_view text) {
  line(concat(" !     ", text));
}

void Console::line(std::string_view text) {
  std::string lines;
  filter_.finish(lines);
  write(concat(lines, text, '\n'));
}

void Console::output(std::string_view chunk) {
  if (written_ > kMaxOutput) return;
  std::string lines;
  filter_.feed(chunk, lines);
  write(lines);
  if (written_ > kMaxOutput)
    problem(
        concat("the output is longer than ", kMaxOutput >> 20U, " MiB: the rest is not kept"));
}

void Console::show_unfinished() {
  std::string beginning;
  filter_.show_unfinished(beginning);
  write(beginning);
}

void Console::write(std::string_view bytes) {
  write_all(log_.get(), bytes);
  written_ += bytes.size();
}

}  // namespace hythe
