// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace hythe::init {

/// The bytes of the container's spec, mapped, not copied: up to 4 MiB that only the command
/// needs. unmap() gives them back, so that the one who stays resident does not hold them.
class SpecFile {
 public:
  /// Says why on stderr and exits when there is none.
  [[nodiscard]] static SpecFile map(const char* path) noexcept;

  [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }
  void unmap() noexcept;

 private:
  explicit SpecFile(std::string_view bytes) noexcept : bytes_(bytes) {}
  std::string_view bytes_;
};

}  // namespace hythe::init
