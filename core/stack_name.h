// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hythe {

/// The name of a stack: [a-z0-9][a-z0-9.-]{0,31}. Holding one is proof that it is safe in a
/// path. `host` is the stack that every host has, and is nobody's to make or remove.
class StackName {
 public:
  static constexpr std::size_t kMaxLength = 32;

  [[nodiscard]] static std::optional<StackName> parse(std::string_view text) noexcept;
  [[nodiscard]] static StackName host() noexcept;

  [[nodiscard]] const char* c_str() const noexcept { return text_; }
  [[nodiscard]] std::string_view view() const noexcept { return text_; }
  [[nodiscard]] bool is_host() const noexcept { return view() == "host"; }
  friend bool operator==(const StackName& a, const StackName& b) noexcept {
    return a.view() == b.view();
  }

 private:
  StackName() = default;
  char text_[kMaxLength + 1] = {};
};

/// One version of a stack, which never changes: NAME@YYYYMMDD for the first of a day,
/// NAME@YYYYMMDD.N for the second to the 999th. Its text is a directory's name.
class StackVersion {
 public:
  static constexpr std::uint32_t kMaxNumber = 999;
  static constexpr std::size_t kMaxLength = StackName::kMaxLength + sizeof "@20261125.999" - 1;

  /// nullopt unless `date` has eight digits and `number` is 1 to kMaxNumber.
  [[nodiscard]] static std::optional<StackVersion> of(const StackName& name, std::uint32_t date,
                                                      std::uint32_t number) noexcept;
  [[nodiscard]] static std::optional<StackVersion> parse(std::string_view text) noexcept;

  [[nodiscard]] const StackName& name() const noexcept { return name_; }
  [[nodiscard]] std::uint32_t date() const noexcept { return date_; }
  [[nodiscard]] std::uint32_t number() const noexcept { return number_; }
  [[nodiscard]] const char* c_str() const noexcept { return text_; }
  [[nodiscard]] std::string_view view() const noexcept { return text_; }

  friend bool operator==(const StackVersion& a, const StackVersion& b) noexcept {
    return a.view() == b.view();
  }
  /// Whether it was made after the other, which is of the same name.
  [[nodiscard]] bool is_newer_than(const StackVersion& other) const noexcept {
    return date_ != other.date_ ? date_ > other.date_ : number_ > other.number_;
  }

 private:
  explicit StackVersion(const StackName& name) noexcept : name_(name) {}
  StackName name_;
  std::uint32_t date_ = 0;
  std::uint32_t number_ = 1;
  char text_[kMaxLength + 1] = {};
};

}  // namespace hythe
