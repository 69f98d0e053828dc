// SPDX-License-Identifier: Apache-2.0
#include "webhook/listen/rate_limit.h"

#include <algorithm>

namespace hythe {

double RateLimit::left(const Bucket& bucket, Clock::time_point now) const {
  const double seconds = std::chrono::duration<double>(now - bucket.at).count();
  return std::min(at_once_, bucket.left + seconds * per_second_);
}

bool RateLimit::take(const std::string& key, Clock::time_point now) {
  if (buckets_.size() >= keys_ && !buckets_.contains(key)) forget_quietest();
  Bucket& bucket = buckets_.try_emplace(key, Bucket{at_once_, now}).first->second;
  bucket.left = left(bucket, now);
  bucket.at = now;
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}

bool RateLimit::has(const std::string& key, Clock::time_point now) const {
  const auto bucket = buckets_.find(key);
  return (bucket == buckets_.end() ? at_once_ : left(bucket->second, now)) >= 1;
}

void RateLimit::forget_quietest() {
  const auto quietest =
      std::min_element(buckets_.begin(), buckets_.end(),
                       [](const auto& a, const auto& b) { return a.second.at < b.second.at; });
  if (quietest != buckets_.end()) buckets_.erase(quietest);
}

}  // namespace hythe
