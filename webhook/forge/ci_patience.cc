// SPDX-License-Identifier: Apache-2.0
#include "webhook/forge/ci_patience.h"

namespace hythe {

CiVerdict CiPatience::judge(const CiTally& tally, Clock::time_point now) {
  const CiVerdict verdict = tally.verdict();
  const bool may_begin = tally.has_announced && now - begun_ < kLongestAnnounced;
  if (verdict != CiVerdict::success || may_begin) {
    since_.reset();
    return verdict == CiVerdict::success ? CiVerdict::undecided : verdict;
  }
  if (!since_ || count_ != tally.count) {
    since_ = now;
    count_ = tally.count;
  }
  return now - *since_ >= kSettled ? CiVerdict::success : CiVerdict::undecided;
}

}  // namespace hythe
