// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/relay.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "inside/build_report.h"

namespace hythe::container {
namespace {

constexpr std::size_t kChunk = 65536;
constexpr std::string_view kOurs[] = {"address", "started", "stack", "exit", "signal",
                                      "oom",     "timeout", "disk",  "size", "pids"};

}  // namespace

struct pollfd Relay::source() const noexcept {
  const bool wants = (to_ < 0 || pending_.empty()) && pause_ms() < 0;
  return {.fd = wants ? from_ : -1, .events = POLLIN, .revents = 0};
}

struct pollfd Relay::target() const noexcept {
  const short wanted = pending_.empty() ? short{0} : short{POLLOUT};
  return {.fd = to_, .events = wanted, .revents = 0};
}

void Relay::move(short source_events, short target_events) {
  if ((target_events & (POLLERR | POLLNVAL)) != 0) to_ = -1;
  if ((target_events & POLLOUT) != 0) write_some();
  if (source_events != 0) read_some();
}

void Relay::read_some() {
  char buffer[kChunk];
  const ssize_t n = ::read(from_, buffer, sizeof buffer);
  if (n > 0 && to_ < 0) return;
  if (n > 0) return accept({buffer, static_cast<std::size_t>(n)}, pending_);
  if (n == 0 || (errno != EINTR && errno != EAGAIN)) from_ = -1;
}

void Relay::write_some() {
  const ssize_t n = ::write(to_, pending_.data(), std::min(pending_.size(), most_));
  if (n < 0 && errno != EINTR && errno != EAGAIN) to_ = -1;
  if (n > 0) pending_.erase(0, static_cast<std::size_t>(n));
}

void AnswerRelay::accept(std::string_view bytes, std::string& pending) {
  total_ += bytes.size();
  if (total_ > build_report::kMaxReport) return;  // whoever reads stops there as well
  incomplete_.append(bytes);
  for (;;) {
    const auto key = incomplete_.find('\0');
    const auto end = key == std::string::npos ? key : incomplete_.find('\0', key + 1);
    if (end == std::string::npos) return;
    const std::string_view word(incomplete_.data(), key);
    if (std::find(std::begin(kOurs), std::end(kOurs), word) == std::end(kOurs))
      pending.append(incomplete_, 0, end + 1);
    incomplete_.erase(0, end + 1);
  }
}

}  // namespace hythe::container
