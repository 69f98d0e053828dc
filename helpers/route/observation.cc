// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/observation.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <limits>

#include "core/decimal.h"
#include "core/paths.h"
#include "core/unique_fd.h"
#include "helpers/die.h"
#include "helpers/text.h"

namespace hythe::route_helper {
namespace {

using Answer = Observation::Answer;

std::string_view take_line(std::string_view& rest) noexcept {
  const std::size_t at = rest.find('\n');
  if (at == std::string_view::npos) return {};
  const std::string_view line(rest.data(), at);
  rest.remove_prefix(at + 1);
  return line;
}

// Non-blocking: connect(2) would wait for a backlog that nobody empties.
UniqueFd make_socket() noexcept {
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd) root::die_errno("make a socket");
  return fd;
}

/// Its directory is root's (0700): whoever listens there, root started. errno on false.
bool connect_to_nginx(const UniqueFd& fd) noexcept {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  constexpr std::string_view kPath = paths::kNginxSocket;
  static_assert(kPath.size() < sizeof address.sun_path);
  std::memcpy(address.sun_path, kPath.data(), kPath.size());
  return ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

/// Asks and reads to the end; nothing when that did not work by the deadline.
std::string_view converse(int fd, std::string_view question, root::Text& answer,
                          root::Deadline deadline) noexcept {
  // A fresh socket's buffer takes this line whole.
  if (::send(fd, question.data(), question.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(question.size()))
    return {};
  char bytes[512];
  for (;;) {
    pollfd event{fd, POLLIN, 0};
    const int ready = ::poll(&event, 1, deadline.remaining_ms());
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return {};
    const ssize_t got = ::recv(fd, bytes, sizeof bytes, 0);
    if (got < 0) return {};
    if (got == 0) return answer.view();
    const auto length = static_cast<std::size_t>(got);
    if (length > answer.room()) return {};
    answer.add(std::string_view(bytes, length));
  }
}

}  // namespace

Observation parse_observation(std::string_view response, const AppName& app) noexcept {
  const std::size_t end_of_head = response.find("\r\n\r\n");
  if (end_of_head == std::string_view::npos) return {Answer::no_answer};
  if (!response.starts_with("HTTP/1.1 200 ")) return {Answer::other};
  response.remove_prefix(end_of_head + 4);
  const auto lane = parse_lane(take_line(response));
  const auto generation =
      parse_decimal(take_line(response), std::numeric_limits<Generation>::max());
  if (!lane || !generation || take_line(response) != app.view() || !response.empty())
    return {Answer::other};
  return {Answer::serves, *lane, *generation};
}

Observation observe(const AppName& app, root::Deadline deadline) noexcept {
  const UniqueFd fd = make_socket();
  if (!connect_to_nginx(fd)) return {errno == EAGAIN ? Answer::no_answer : Answer::no_socket};
  const root::FixedText<128> question("GET / HTTP/1.0\r\nHost: ", app.view(), "\r\n\r\n");
  root::FixedText<2048> answer;
  return parse_observation(converse(fd.get(), question.view(), answer, deadline), app);
}

bool is_anybody_listening() noexcept {
  const UniqueFd fd = make_socket();
  return connect_to_nginx(fd) || errno == EAGAIN;  // EAGAIN: a full backlog is somebody's
}

}  // namespace hythe::route_helper
