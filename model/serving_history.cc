// SPDX-License-Identifier: Apache-2.0
#include "model/serving_history.h"

#include <algorithm>
#include <limits>

#include "model/deployment.h"

namespace hythe {

ServingHistory ServingHistory::of(const AppName& app) {
  auto records = Deployment::newest(app, std::numeric_limits<std::size_t>::max());
  // Of those that wait for the app's lock, any may be next: numbers do not tell the order.
  std::stable_sort(
      records.begin(), records.end(),
      [](const Deployment& a, const Deployment& b) { return a.finished > b.finished; });
  Entries entries;
  for (Deployment& record : records)
    if (record.status == Status::success && record.release != 0)
      entries.push_back({record.number, record.release, std::move(record.trigger)});
  return ServingHistory(std::move(entries));
}

bool ServingHistory::has_served(Number release) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const Entry& entry) { return entry.release == release; });
}

ServingHistory::Entries::const_iterator ServingHistory::until(Number serving) const {
  return std::find_if(entries_.begin(), entries_.end(),
                      [&](const Entry& entry) { return entry.release != serving; });
}

Number ServingHistory::before(Number serving) const {
  const auto earlier = until(serving);
  return earlier == entries_.end() ? 0 : earlier->release;
}

Number ServingHistory::rolled_back_from(Number serving) const {
  const auto earlier = until(serving);
  if (earlier == entries_.begin() || earlier == entries_.end()) return 0;
  return std::prev(earlier)->trigger == kRollback ? earlier->release : 0;
}

std::set<Number> ServingHistory::newest(std::size_t count) const {
  std::set<Number> releases;
  for (const Entry& entry : entries_) releases.insert(entry.release);
  while (releases.size() > count) releases.erase(releases.begin());
  return releases;
}

std::set<Number> ServingHistory::needed(const std::set<Number>& releases,
                                        Number serving) const {
  std::set<Number> numbers;
  std::set<Number> seen;
  for (const Entry& entry : entries_)
    if (releases.contains(entry.release) && seen.insert(entry.release).second)
      numbers.insert(entry.deployment);
  const auto earlier = until(serving);
  if (earlier != entries_.begin()) numbers.insert(std::prev(earlier)->deployment);
  if (earlier != entries_.end()) numbers.insert(earlier->deployment);
  return numbers;
}

}  // namespace hythe
