// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/port_share.h"

#include <algorithm>

#include "core/paths.h"
#include "helpers/container/clock.h"
#include "helpers/container/complain.h"
#include "helpers/container/program.h"
#include "helpers/tcp_table.h"

namespace hythe::container {
namespace {

constexpr std::int64_t kFirstPauseMs = 20;
constexpr std::int64_t kLastPauseMs = 1'000;

/// Without an app's name: of all.
bool balance(const char* app) {
  // Safe: hythe-route finds out by itself what is down; all it is told is where to look.
  const char* const words[] = {paths::kRouteHelper, "balance", app, nullptr};
  auto route = Program::start(words, "");
  if (!route) return false;
  if (route->wait()) return true;
  complain("cannot put the ports of apps right: ", route->output());
  return false;
}

}  // namespace

bool balance_all_ports() {
  return balance(nullptr);
}

void PortShare::forget_connections() const {
  if (!has_port_) return;
  const Address::Text address = address_.text();
  // Safe: the one word that is not fixed is made of a slot, a lane and a position.
  const char* const words[] = {paths::kConntrack, "-D",          "-p",   "tcp",
                               "--reply-src",     address.c_str, nullptr};
  auto conntrack = Program::start(words, "");
  if (conntrack) (void)conntrack->wait();  // it also fails when there were none
}

void PortShare::give_up() {
  look_at_ms_ = INT64_MAX;
  if (has_port_) (void)balance(app_.c_str());
}

void PortShare::await(pid_t pid) {
  pid_ = pid;
  pause_ms_ = kFirstPauseMs;
  if (has_port_) look_at_ms_ = monotonic_ms();
}

void PortShare::look() {
  if (monotonic_ms() < look_at_ms_) return;
  look_at_ms_ = INT64_MAX;
  const bool is_back =
      root::has_tcp_socket(pid_, kAppPort, root::TcpState::listening) && balance(app_.c_str());
  if (is_back) return;
  look_at_ms_ = monotonic_ms() + pause_ms_;
  pause_ms_ = std::min(pause_ms_ * 2, kLastPauseMs);
}

}  // namespace hythe::container
