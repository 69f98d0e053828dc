// SPDX-License-Identifier: Apache-2.0
#include "pipeline/probe.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "lib/errors.h"
#include "lib/listening_sockets.h"

namespace hythe {
namespace {

/// A refused connection tells nothing about when to try again: what a look costs (62 µs)
/// against what waiting costs.
constexpr Milliseconds kTryAgain{5};

/// Tries to connect to one container, again and again, without ever blocking.
class Knock {
 public:
  explicit Knock(Starting& container) : container_(&container) {
    target_.sin_family = AF_INET;
    target_.sin_port = htons(kAppPort);
    if (::inet_pton(AF_INET, container.address.c_str(), &target_.sin_addr) != 1)
      throw SystemError(EINVAL, "understand the address of ", container.place.name);
  }

  [[nodiscard]] const Starting& container() const { return *container_; }
  [[nodiscard]] bool is_answered() const { return container_->has_answered; }
  [[nodiscard]] int fd() const { return socket_.get(); }

  void try_now() {
    if (socket_) {
      finish();
      if (socket_ || is_answered()) return;
    }
    socket_.reset(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket_) throw SystemError(errno, "create a socket");
    if (::connect(socket_.get(), reinterpret_cast<sockaddr*>(&target_), sizeof target_) == 0)
      accept();
    else if (errno != EINPROGRESS)
      socket_.reset();
  }

 private:
  void finish() {
    pollfd ready{.fd = socket_.get(), .events = POLLOUT, .revents = 0};
    if (::poll(&ready, 1, 0) == 0) return;  // still under way
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &length);
    if (error == 0)
      accept();
    else
      socket_.reset();
  }
  void accept() {
    container_->has_answered = true;
    socket_.reset();
  }

  Starting* container_;
  sockaddr_in target_ = {};
  UniqueFd socket_;
};

std::string explain(const Starting& container) {
  const std::string& name = container.place.name;
  const std::string hint = concat(
      "\nlisten on 0.0.0.0 and on the port that the variable PORT says (", kAppPort, ")");
  const auto sockets = listening_sockets(container.pid);
  for (const ListeningSocket& socket : sockets)
    if (socket.port == kAppPort && socket.is_loopback)
      return concat(name, " listens on ", socket.address, ':', socket.port,
                    ", where only itself can reach it", hint);
  if (sockets.empty()) return concat(name, " listens on no port", hint);
  std::string ports;
  for (const ListeningSocket& socket : sockets)
    ports += concat(ports.empty() ? "" : ", ", socket.address, ':', socket.port);
  return concat(name, " listens on ", ports, " instead of 0.0.0.0:", kAppPort, hint);
}

}  // namespace

void probe(Launched& launched, const App& app, const Config& config, Progress& progress) {
  const auto began = std::chrono::steady_clock::now();
  const Deadline deadline(config.limits.boot_timeout);
  std::vector<Knock> knocks;
  for (Starting& container : launched.containers)
    if (container.place.receives_traffic) knocks.emplace_back(container);

  std::size_t unanswered = knocks.size();
  while (unanswered > 0) {
    for (Knock& knock : knocks) {
      if (knock.is_answered()) continue;
      knock.try_now();
      if (!knock.is_answered()) continue;
      --unanswered;
      const auto took = std::chrono::steady_clock::now() - began;
      progress.console.detail(concat(knock.container().place.name,
                                     " accepts connections after ",
                                     duration(std::chrono::duration_cast<Milliseconds>(took))));
    }
    if (unanswered == 0) break;
    if (deadline.has_passed()) {
      for (const Knock& knock : knocks)
        if (!knock.is_answered())
          throw DeploymentFailure(
              Status::timeout_error,
              concat("no connection after ", duration(config.limits.boot_timeout), ": ",
                     explain(knock.container())));
    }
    std::vector<pollfd> fds;
    for (const Starting& container : launched.containers)
      fds.push_back({.fd = container.helper.answers(), .events = POLLIN, .revents = 0});
    for (const Knock& knock : knocks)
      fds.push_back({.fd = knock.fd(), .events = POLLOUT, .revents = 0});
    (void)progress.cancellation.wait(fds, Deadline(kTryAgain));
    require_running(launched, app.name, progress);
  }
}

}  // namespace hythe
