// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/app_name.h"

namespace hythe {

/// A pull or merge request as its forge told of it last: deliveries/APP.requests/NUMBER.yml,
/// for as long as it is open. Whatever is made for requests is made from these records.
struct ChangeRequest {
  std::uint64_t number = 0;
  std::string action{};  // the forge's word
  bool is_open = false;
  bool is_from_fork = false;
  std::string branch{};  // that is to be merged
  std::string base{};    // into that
  std::string commit{};

  /// Open ones are written down, at most kMost of an app, of forks half as many; others are
  /// forgotten. False when there is no room for one more.
  [[nodiscard]] bool record(const AppName& app) const;
  /// nullopt unless it is open.
  [[nodiscard]] static std::optional<ChangeRequest> find(const AppName& app,
                                                         std::uint64_t number);
  /// By number.
  [[nodiscard]] static std::vector<ChangeRequest> open_ones(const AppName& app);

  static constexpr std::size_t kMost = 500;
};

}  // namespace hythe
