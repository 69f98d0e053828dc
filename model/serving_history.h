// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/app_name.h"
#include "core/helper_contract.h"

namespace hythe {

/// What the deployments of a rollback call their trigger.
inline constexpr const char* kRollback = "rollback";

/// Which release served when, as the deployments that succeeded tell.
class ServingHistory {
 public:
  struct Entry {
    Number deployment = 0;
    Number release = 0;
    std::string trigger{};
  };

  explicit ServingHistory(std::vector<Entry> newest_first)
      : entries_(std::move(newest_first)) {}
  [[nodiscard]] static ServingHistory of(const AppName& app);

  [[nodiscard]] bool has_served(Number release) const;
  /// The release that served before this one, which serves now; 0 when none is known.
  [[nodiscard]] Number before(Number serving) const;
  /// The release that served when this one, which serves now, was rolled back to; 0 when it
  /// was not.
  [[nodiscard]] Number rolled_back_from(Number serving) const;

  /// The newest of the releases that have served.
  [[nodiscard]] std::set<Number> newest(std::size_t count) const;
  /// The deployments without which the above could not be told of these releases and of the
  /// one that serves.
  [[nodiscard]] std::set<Number> needed(const std::set<Number>& releases, Number serving) const;

 private:
  using Entries = std::vector<Entry>;
  /// Behind the newest entries that are all of `serving`: those before it began to serve.
  [[nodiscard]] Entries::const_iterator until(Number serving) const;

  Entries entries_;
};

}  // namespace hythe
