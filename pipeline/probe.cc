// SPDX-License-Identifier: Apache-2.0
#include "pipeline/probe.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <optional>

#include "lib/errors.h"
#include "lib/listening_sockets.h"
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

  [[nodiscard]] const Starting& container() const { return *container_; }
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

bool is_web(const Place& place) {
  return place.name.starts_with("web.");
}

/// What one container has to do: accept a connection, then answer as it should.
struct Trial {
  Knock knock;
  std::optional<HealthCheck> health{};

  Trial(Starting& container, const App& app, const Config& config) : knock(container) {
    if (!config.settings.health.empty() && is_web(container.place))
      health.emplace(knock.target(), domain_of(app.name, config), config.settings);
  }
  [[nodiscard]] bool is_passed() const {
    return knock.is_answered() && (!health || health->is_passed());
  }
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

/// Goes on with one trial, and tells how far it has come.
void go_on(Trial& trial, const Config& config, std::chrono::steady_clock::time_point began,
           Progress& progress) {
  const auto tell = [&](const std::string& what) {
    const auto took = std::chrono::steady_clock::now() - began;
    progress.console.detail(concat(trial.knock.container().place.name, ' ', what, " after ",
                                   duration(std::chrono::duration_cast<Milliseconds>(took))));
  };
  if (!trial.knock.is_answered()) {
    trial.knock.try_now();
    if (!trial.knock.is_answered()) return;
    tell("accepts connections");
  }
  if (!trial.health) return;
  trial.health->try_now();
  if (trial.health->is_passed())
    tell(concat(trial.health->outcome(), " to GET ", config.settings.health));
}

}  // namespace

void probe(Launched& launched, const App& app, const Config& config, Progress& progress) {
  const auto began = std::chrono::steady_clock::now();
  const Deadline deadline(config.limits.boot_timeout);
  std::vector<Trial> trials;
  for (Starting& container : launched.containers)
    if (container.place.receives_traffic) trials.emplace_back(container, app, config);

  for (;;) {
    std::vector<pollfd> fds;
    for (const Starting& container : launched.containers)
      fds.push_back({.fd = container.helper.answers(), .events = POLLIN, .revents = 0});
    bool all_passed = true;
    for (Trial& trial : trials) {
      if (!trial.is_passed()) go_on(trial, config, began, progress);
      if (trial.is_passed()) continue;
      if (deadline.has_passed()) fail(trial, config);
      all_passed = false;
      fds.push_back(trial.awaited());
    }
    if (all_passed) return;
    (void)progress.cancellation.wait(fds, Deadline(kTryAgain));
    require_running(launched, app.name, progress);
  }
}

}  // namespace hythe
