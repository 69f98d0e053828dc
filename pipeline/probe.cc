// SPDX-License-Identifier: Apache-2.0
#include "pipeline/probe.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "lib/errors.h"
#include "lib/net/listening_sockets.h"
#include "pipeline/health_check.h"
#include "pipeline/route.h"

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

  [[nodiscard]] Starting& container() const { return *container_; }
  [[nodiscard]] bool is_answered() const { return container_->has_answered; }
  [[nodiscard]] int fd() const { return socket_.get(); }
  [[nodiscard]] const sockaddr_in& target() const { return target_; }

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

using Moment = std::chrono::steady_clock::time_point;

Milliseconds since(Moment moment) {
  return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - moment);
}

/// What one container that is to receive traffic has to do: accept a connection, then, with a
/// health check, answer as it should.
struct Trial {
  Knock knock;
  std::optional<HealthCheck> health{};

  Trial(Starting& container, const App& app, const Config& config) : knock(container) {
    if (!config.settings.health.empty() && container.place.type == "web")
      health.emplace(knock.target(), domain_of(app.name, config), config.settings);
  }
  [[nodiscard]] bool is_passed() const { return knock.container().is_up; }
  [[nodiscard]] pollfd awaited() const {
    if (!knock.is_answered()) return {.fd = knock.fd(), .events = POLLOUT, .revents = 0};
    if (!health) return {.fd = -1, .events = 0, .revents = 0};
    return {.fd = health->fd(), .events = health->events(), .revents = 0};
  }
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

[[noreturn]] void fail(const Trial& trial, const Config& config) {
  const Starting& container = trial.knock.container();
  const std::string limit = duration(config.limits.boot_timeout);
  if (!trial.knock.is_answered())
    throw DeploymentFailure(Status::timeout_error,
                            concat("no connection after ", limit, ": ", explain(container)));
  throw DeploymentFailure(
      Status::timeout_error,
      concat(container.place.name, " did not pass its health check within ", limit, ": GET ",
             config.settings.health, ' ', trial.health->outcome(), ", expected is ",
             config.settings.health_statuses(), "\nwhat is asked: hythe settings APP"));
}

void tell(const Starting& container, const std::string& what, Milliseconds after,
          Progress& progress) {
  progress.console.detail(concat(container.place.name, ' ', what, " after ", duration(after)));
}

/// Goes on with one trial, and tells how far it has come.
void go_on(Trial& trial, const Config& config, Moment began, Progress& progress) {
  Starting& container = trial.knock.container();
  if (!container.has_answered) {
    trial.knock.try_now();
    if (!container.has_answered) return;
    tell(container, "accepts connections", since(began), progress);
  }
  if (trial.health) {
    trial.health->try_now();
    if (!trial.health->is_passed()) return;
    tell(container, concat(trial.health->outcome(), " to GET ", config.settings.health),
         since(began), progress);
  }
  container.is_up = true;
}

/// How long it takes until the next of those without traffic has proven itself; none when
/// all of them have.
std::optional<Milliseconds> prove(Launched& launched, Progress& progress) {
  std::optional<Milliseconds> next;
  for (Starting& container : launched.containers) {
    if (container.place.receives_traffic || container.is_up) continue;
    const Milliseconds ran = since(container.since);
    container.is_up = ran >= kProvenAfter;
    if (container.is_up)
      tell(container, "still runs", ran, progress);
    else
      next = std::min(next.value_or(kProvenAfter), kProvenAfter - ran);
  }
  return next;
}

}  // namespace

void probe(Launched& launched, const App& app, const Config& config, Progress& progress) {
  const Moment began = std::chrono::steady_clock::now();
  const Deadline deadline(config.limits.boot_timeout);
  std::vector<Trial> trials;
  for (Starting& container : launched.containers)
    if (container.place.receives_traffic && !container.is_up)
      trials.emplace_back(container, app, config);

  for (;;) {
    require_running(launched, app.name, progress);
    std::vector<pollfd> fds = ends_of(launched);
    auto next_look = prove(launched, progress);
    for (Trial& trial : trials) {
      if (!trial.is_passed()) go_on(trial, config, began, progress);
      if (trial.is_passed()) continue;
      if (deadline.has_passed()) fail(trial, config);
      fds.push_back(trial.awaited());
      next_look = kTryAgain;
    }
    if (!next_look) return;
    (void)progress.cancellation.wait(fds, Deadline(*next_look));
  }
}

}  // namespace hythe
