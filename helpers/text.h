// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hythe::root {

/// The decimal digits of a number, as long as the object lives.
class Decimal {
 public:
  explicit Decimal(std::uint64_t value) noexcept {
    do {
      digits_[--first_] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value != 0);
  }
  operator std::string_view() const noexcept { return {digits_ + first_, kMost - first_}; }

 private:
  static constexpr std::size_t kMost = 20;  // 2^64 - 1
  char digits_[kMost] = {};
  std::size_t first_ = kMost;
};

/// Text that grows in memory of a fixed size. What does not fit is never cut silently: the
/// process dies (EX_SOFTWARE), since a shorter text would be a different one.
class Text {
 public:
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;

  Text& add(std::string_view part) noexcept {
    // One byte stays for the NUL of c_str().
    if (part.size() >= capacity_ - length_) overflow();
    if (!part.empty()) std::memcpy(bytes_ + length_, part.data(), part.size());
    length_ += part.size();
    bytes_[length_] = '\0';
    return *this;
  }
  Text& add(char c) noexcept { return add(std::string_view(&c, 1)); }
  Text& add(std::uint64_t number) noexcept { return add(std::string_view(Decimal(number))); }
  Text& add(std::uint32_t number) noexcept { return add(std::uint64_t{number}); }
  Text& add(const char* part) noexcept { return add(std::string_view(part)); }
  template <class... Parts>
  Text& line(const Parts&... parts) noexcept {
    (add(parts), ...);
    return add('\n');
  }
  void clear() noexcept { bytes_[length_ = 0] = '\0'; }

  [[nodiscard]] std::string_view view() const noexcept { return {bytes_, length_}; }
  [[nodiscard]] const char* c_str() const noexcept { return bytes_; }
  [[nodiscard]] std::size_t room() const noexcept { return capacity_ - 1 - length_; }

 protected:
  Text(char* bytes, std::size_t capacity) noexcept : bytes_(bytes), capacity_(capacity) {}
  ~Text() = default;

 private:
  [[noreturn]] static void overflow() noexcept;
  char* bytes_;
  std::size_t capacity_;
  std::size_t length_ = 0;
};

/// A Text with its memory: at most Capacity - 1 bytes.
template <std::size_t Capacity>
class FixedText final : public Text {
 public:
  FixedText() noexcept : Text(memory_, Capacity) {}
  template <class... Parts>
  explicit FixedText(const Parts&... parts) noexcept : Text(memory_, Capacity) {
    (add(parts), ...);
  }

 private:
  char memory_[Capacity] = {};
};

/// The name of a file or its path, built in place.
using PathText = FixedText<512>;

}  // namespace hythe::root
