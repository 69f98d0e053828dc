// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/unique_fd.h"
#include "lib/clock.h"
#include "lib/printable.h"

namespace hythe {

/// Speaks to whoever pushed, by way of the deployment's log, which they read along: whole
/// lines, in the arrows of the ecosystem. Everything in it is fit for a terminal: what
/// builds and apps say is filtered here, once, on its way in.
class Console {
 public:
  /// Appends to the log, on a line of its own: whoever wrote last may have been killed.
  explicit Console(const std::string& log_path);
  /// To a descriptor instead: of a terminal, or whatever stdout is.
  explicit Console(UniqueFd out) : log_(std::move(out)), filter_(colours_for(log_.get())) {}

  void step(std::string_view text);     // "-----> Building"
  void detail(std::string_view text);   // "       with nodejs"
  void problem(std::string_view text);  // " !     web.1 crashed"
  void line(std::string_view text);

  /// Raw output of a build or a command, in chunks as it comes. A line is shown as soon as
  /// it is complete; the last, unfinished one when anything else is said, or by the next.
  void output(std::string_view chunk);
  /// The line that whoever is talking has begun and does not go on with.
  void show_unfinished();
  [[nodiscard]] bool has_unfinished() const { return filter_.has_unfinished(); }
  /// How long to wait for the rest of it: most often it follows at once.
  static constexpr Milliseconds kPatience{200};

 private:
  void write(std::string_view bytes);

  UniqueFd log_;
  PrintableFilter filter_;
  std::uint64_t written_ = 0;
};

}  // namespace hythe
