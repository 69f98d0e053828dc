// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace hythe {

/// What a confined child says once, at its end: whether it has done what it was made for, and
/// what came of it. Whoever hears it believes nothing of it: it may be an attacker's word.

/// The end of a child: `work`, its answer or its complaint, and its exit code. `fd` is where to
/// say it when the work is over; the work may change it.
[[noreturn]] void answer_and_exit(const int& fd, std::size_t most,
                                  const std::function<std::string()>& work);

/// The answer in what a child has said, given how it ended (waitpid(2)). Throws PushError with
/// what it complained of, as lines of plain text.
[[nodiscard]] std::string answer_of(int status, std::string_view said);

}  // namespace hythe
