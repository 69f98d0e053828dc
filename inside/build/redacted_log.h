// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <thread>

#include "core/unique_fd.h"
#include "inside/build/redaction.h"

namespace hythe::builder {

/// As long as this object lives, what is written to our stderr, by whomever, is redacted.
class RedactedLog {
 public:
  explicit RedactedLog(const Variables& app);
  RedactedLog(const RedactedLog&) = delete;
  RedactedLog& operator=(const RedactedLog&) = delete;
  ~RedactedLog();

 private:
  void pass_on(Redaction redaction) const;

  UniqueFd log_;     // the real stderr
  UniqueFd output_;  // the reading end of what stderr is now
  UniqueFd end_;     // an eventfd: no more is to come
  std::thread reader_;
};

}  // namespace hythe::builder
