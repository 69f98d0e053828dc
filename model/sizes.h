// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace hythe {

/// What each container of a size may take; a zero is no limit.
struct ContainerSize {
  std::uint64_t memory = 512ULL << 20U;
  std::uint64_t pids = 256;
  std::uint64_t cpu_shares = 1024;  // of contested processors
};

/// The sizes that a container may have, by name: Scalingo's, S to 3XL, and what `sizes` of
/// hythe.yml makes of them or adds to them.
class Sizes {
 public:
  Sizes();

  /// nullptr when there is none of that name.
  [[nodiscard]] const ContainerSize* find(const std::string& name) const;
  /// To be changed; a new one begins as M does. Throws PushError (EX_CONFIG) for what is no
  /// name.
  [[nodiscard]] ContainerSize& at(const std::string& name);
  /// "S M L", the smallest first.
  [[nodiscard]] std::string names() const;

 private:
  std::map<std::string, ContainerSize> sizes_;
};

}  // namespace hythe
