// SPDX-License-Identifier: Apache-2.0
#include "pipeline/progress.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

namespace hythe {
namespace {

constexpr std::size_t kCompared = 10;

/// Of the same phase in earlier successful deployments.
std::optional<Milliseconds> median(const std::vector<Deployment>& earlier,
                                   const std::string& phase) {
  std::vector<Milliseconds> times;
  for (const Deployment& deployment : earlier)
    for (const Deployment::Phase& known : deployment.phases)
      if (known.name == phase && deployment.status == Status::success)
        times.push_back(known.took);
  if (times.empty()) return std::nullopt;
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

double seconds(Milliseconds time) {
  return static_cast<double>(time.count()) / 1000.0;
}

}  // namespace

void Progress::close_phase() {
  if (phase_.empty()) return;
  const auto took = std::chrono::steady_clock::now() - phase_began_;
  record.phases.push_back({phase_, std::chrono::duration_cast<Milliseconds>(took)});
  phase_.clear();
}

void Progress::enter(Status status, std::string phase) {
  close_phase();
  phase_ = std::move(phase);
  phase_began_ = std::chrono::steady_clock::now();
  if (status == record.status) return;
  record.status = status;
  record.save();
  if (lock_ != nullptr) lock_->describe(as_holder());
}

void Progress::hold(const AppLock* lock) {
  lock_ = lock;
}

void Progress::finish(Status status, const std::string& reason) {
  close_phase();
  record.status = status;
  record.reason = reason;
  record.finished = unix_time();
  record.save();
}

void Progress::print_phases() {
  close_phase();
  const auto earlier = Deployment::newest(record.app, kCompared + 1);
  Milliseconds total{0};
  console.detail("phase        seconds   usually");
  for (const Deployment::Phase& phase : record.phases) {
    char line[80];
    total += phase.took;
    if (const auto usual = median(earlier, phase.name))
      std::snprintf(line, sizeof line, "%-12s %7.2f   %7.2f", phase.name.c_str(),
                    seconds(phase.took), seconds(*usual));
    else
      std::snprintf(line, sizeof line, "%-12s %7.2f", phase.name.c_str(), seconds(phase.took));
    console.detail(line);
  }
  char line[80];
  std::snprintf(line, sizeof line, "%-12s %7.2f", "total", seconds(total));
  console.detail(line);
}

LockHolder Progress::as_holder() const {
  return {.deployment = record.number,
          .who = record.who,
          .doing = word(record.status),
          .since = record.started};
}

}  // namespace hythe
