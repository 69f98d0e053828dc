// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

#include "core/unique_fd.h"
#include "inside/build/environment.h"

namespace hythe::builder {

/// What becomes of a stream of a program: part of the build log; the same, and we notice
/// whether there is any; given to us; or nothing.
enum class Stream { shown, watched, captured, hidden };

/// A program to run: argv[0] is a path, stdin is /dev/null unless told.
struct Program {
  std::vector<std::string> argv;
  const Variables& environment;
  std::string directory;
  Stream output = Stream::shown;  // stdout
  Stream errors = Stream::shown;  // stderr; watched or captured, it is among such a stdout
  bool reads_our_stdin = false;
};

/// How a program ended, as a shell counts: 127 not found, 126 cannot be run, 128 + n for
/// signal n. And what it wrote, when that was to be captured.
struct Outcome {
  int code = 0;
  std::string output;
  bool is_output_whole = true;  // false: there was more than the limit
  bool was_silent = false;      // watched, and nothing but blanks came or can come
};

/// A program that runs. It is over when the process itself is: what it leaves in the
/// background, with our pipe open, is not waited for, and dies with the container. What that
/// still says while it lives is shown, if the stream is watched.
class RunningProgram {
 public:
  [[nodiscard]] static RunningProgram start(const Program& program);
  [[nodiscard]] Outcome wait(std::size_t output_limit);

 private:
  pid_t pid_ = -1;
  int spawn_code_ = 0;  // why there is no pid
  UniqueFd output_;     // the reading end, when watched or captured
  bool is_watched_ = false;
};

/// The path of one of the stack's own programs. Throws BuildFailure when it has none.
[[nodiscard]] std::string find_program(const std::string& name);

/// The whole run of one.
[[nodiscard]] Outcome run(const Program& program, std::size_t output_limit = 64U << 10U);

}  // namespace hythe::builder
