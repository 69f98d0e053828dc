// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <netinet/in.h>

#include <string>

#include "core/unique_fd.h"
#include "lib/clock.h"
#include "model/settings.h"

namespace hythe {

/// Asks a container for a path, over and over, until it answers with an expected status. Never
/// blocks, so that many are asked at once by one loop that also sees a container end. One GET
/// needs no HTTP library: those block, and a thread per container would be more than this is.
class HealthCheck {
 public:
  /// `host` is what the Host header says: where the app answers.
  HealthCheck(sockaddr_in target, const std::string& host, const Settings& settings);

  /// Goes on as far as it can right now.
  void try_now();
  [[nodiscard]] bool is_passed() const { return is_passed_; }
  /// For poll(2); -1 between two questions.
  [[nodiscard]] int fd() const { return socket_.get(); }
  [[nodiscard]] short events() const;
  /// What the last question came to: "answered 503: 'no database'".
  [[nodiscard]] const std::string& outcome() const { return outcome_; }

 private:
  void ask();
  [[nodiscard]] bool send();
  [[nodiscard]] bool receive();
  void conclude(bool is_over);
  void end(std::string outcome);

  sockaddr_in target_;
  const Settings* settings_;
  std::string request_;
  UniqueFd socket_;
  std::size_t sent_ = 0;
  std::string response_;
  Deadline until_{Milliseconds(0)};  // of a question; between two, of the pause
  bool is_passed_ = false;
  std::string outcome_ = "was not answered";
};

/// The status of a response whose first line is complete; 0 when that is no HTTP.
[[nodiscard]] unsigned http_status(std::string_view response);
/// The first line of a response's body, or as much of it as there is.
[[nodiscard]] std::string_view first_body_line(std::string_view response);

}  // namespace hythe
