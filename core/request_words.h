// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/decimal.h"

namespace hythe {

/// Takes the words of a request one after the other; a missing or malformed one spoils the
/// whole request, and so does one too many.
class RequestWords {
 public:
  explicit RequestWords(std::span<const char* const> words) noexcept : words_(words) {}

  std::string_view text() noexcept {
    if (taken_ == words_.size() || words_[taken_] == nullptr) {
      spoilt_ = true;
      return {};
    }
    return words_[taken_++];
  }
  std::uint32_t number(std::uint32_t first, std::uint32_t last) noexcept {
    const auto value = parse_decimal(text(), last);
    if (!value || *value < first) spoilt_ = true;
    return spoilt_ ? 0 : static_cast<std::uint32_t>(*value);
  }
  template <class T>
  T or_spoil(std::optional<T> parsed, T otherwise) noexcept {
    if (!parsed) spoilt_ = true;
    return parsed.value_or(otherwise);
  }
  std::span<const char* const> all() noexcept {
    const auto rest = words_.subspan(taken_);
    taken_ = words_.size();
    return rest;
  }
  [[nodiscard]] bool all_taken() const noexcept { return !spoilt_ && taken_ == words_.size(); }

 private:
  std::span<const char* const> words_;
  std::size_t taken_ = 0;
  bool spoilt_ = false;
};

}  // namespace hythe
