// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "core/app_name.h"
#include "core/slot.h"
#include "helpers/deadline.h"
#include "helpers/route/nginx_text.h"

namespace hythe::route_helper {

/// What nginx itself says about an app, over its socket in /run/hythe/private.
struct Observation {
  enum class Answer : std::uint8_t {
    serves,     // by `generation`, with its traffic going to `lane`
    other,      // nginx is there, and has no text of this app
    no_socket,  // nobody listens: no app has a text that nginx loaded, or nginx is not there
    no_answer,  // somebody listens and did not answer by the deadline
  };
  Answer answer = Answer::no_answer;
  Lane lane = Lane::a;
  Generation generation = 0;

  [[nodiscard]] bool sees(Lane expected) const noexcept {
    return answer == Answer::serves && lane == expected;
  }
  /// Whether nginx has loaded exactly this; 0: no text at all.
  [[nodiscard]] bool has_loaded(Generation expected) const noexcept {
    if (expected != 0) return answer == Answer::serves && generation == expected;
    return answer == Answer::other || answer == Answer::no_socket;
  }
};

[[nodiscard]] Observation observe(const AppName& app, root::Deadline deadline) noexcept;

/// Whether anybody listens on the socket; a killed nginx leaves it behind without.
[[nodiscard]] bool is_anybody_listening() noexcept;

/// The answer of the server that write_nginx_text() describes, headers included.
[[nodiscard]] Observation parse_observation(std::string_view response,
                                            const AppName& app) noexcept;

}  // namespace hythe::route_helper
