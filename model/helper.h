// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/process/cancellation.h"
#include "lib/process/child.h"
#include "model/app_lock.h"

namespace hythe {

/// A privileged helper at work, with pipes on its 0, 1 and 2. Closing `answers` ends the
/// lease: what the helper started is killed (core/helper_contract.h).
class Helper {
 public:
  /// `program` is paths::kLaunchHelper or kRouteHelper, `words` its request.
  [[nodiscard]] static Helper start(const char* program, std::vector<std::string> words);
  /// The same for one that reads nothing: its 0 is a duplicate of `held`, which is open for
  /// as long as it works.
  [[nodiscard]] static Helper start_holding(int held, const char* program,
                                            std::vector<std::string> words);
  /// The same, with its answers in a pipe that was made before.
  [[nodiscard]] static Helper start_answering(Pipe answers, int held, const char* program,
                                              std::vector<std::string> words);
  Helper(Helper&&) = default;
  Helper& operator=(Helper&&) = default;
  /// Ends the lease and waits until the helper has cleaned up (10 s at most), unless it was
  /// left to itself.
  ~Helper();

  [[nodiscard]] int input() const { return input_.get(); }
  [[nodiscard]] int answers() const { return answers_.get(); }
  [[nodiscard]] int messages() const { return messages_.get(); }
  /// All that it says on stderr until it closes that, without the newline at the end.
  [[nodiscard]] std::string message() const;
  [[nodiscard]] Child& child() { return child_; }
  /// Writes to its 0. One that has refused by then reads nothing, and says why by itself.
  void tell(std::string_view bytes) const;
  void close_input() { input_.reset(); }
  /// Ends the lease; what is still sent to `input` is refused soon.
  void end_lease();
  /// Ends the lease and everything else, without waiting for what comes of it.
  void leave();

 private:
  Helper(Child child, UniqueFd input, UniqueFd answers, UniqueFd messages)
      : child_(std::move(child)),
        input_(std::move(input)),
        answers_(std::move(answers)),
        messages_(std::move(messages)) {}
  Child child_;
  UniqueFd input_;
  UniqueFd answers_;
  UniqueFd messages_;
  bool is_over_ = false;
};

/// The two-word answers of a helper as they come: `started 4711`, `exit 1`.
class Answers {
 public:
  /// Appends what was read; complete answers are taken with next().
  void feed(std::string_view bytes) { bytes_.append(bytes); }
  [[nodiscard]] std::optional<std::pair<std::string, std::string>> next();

 private:
  std::string bytes_;
};

/// A helper ended without a word of its own.
class HelperKilled : public PushError {
 public:
  using PushError::PushError;
};

/// Runs a helper that answers by its exit code alone, with `input` on its stdin. Throws
/// PushError with the helper's own message when it refuses, and HelperKilled.
void call_helper(const char* program, std::vector<std::string> words,
                 const std::string& input = {});

/// The same for one that reads nothing, and that holds the app's lock for as long as it works:
/// when we are killed, nobody settles what it is still about to change.
void call_helper_locked(const AppLock& lock, const char* program,
                        std::vector<std::string> words);

/// The same, and the leases of containers that we hold outlast its work, too: when we are
/// killed, no container ends while traffic is still moved to it.
void call_helper_leased(const AppLock& lock, const char* program,
                        std::vector<std::string> words);

/// Several at once, which are waited for one after the other; the first refusal is thrown when
/// all have ended.
void call_helpers_locked(const AppLock& lock, const char* program,
                         const std::vector<std::vector<std::string>>& requests);

/// Runs a helper that answers and ends; all its answers. Throws as call_helper() does.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> answers_of(
    const char* program, std::vector<std::string> words);

/// Calls a helper once more when it was killed: one that nobody else would call again, and
/// that goes on from wherever it was.
template <class Call>
void insist(const Call& call) {
  try {
    call();
  } catch (const HelperKilled&) {
    call();
  }
}

}  // namespace hythe
