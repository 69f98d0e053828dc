// SPDX-License-Identifier: Apache-2.0
#include "lib/text_style.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <vector>

namespace hythe {
namespace {

/// Bold, faint, italic, underlined, blinking, reverse, crossed out.
constexpr unsigned kAttributes[] = {1, 2, 3, 4, 5, 7, 9};

bool is_attribute(unsigned number) {
  return std::find(std::begin(kAttributes), std::end(kAttributes), number) !=
         std::end(kAttributes);
}

constexpr unsigned kWrong = 1000;  // beyond whatever a parameter means

/// An empty parameter is a 0.
unsigned number_of(std::string_view text) {
  unsigned number = 0;
  if (text.empty()) return 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number ? std::min(number, kWrong) : kWrong;
}

std::vector<unsigned> numbers_in(std::string_view text, char separator) {
  std::vector<unsigned> numbers;
  for (;;) {
    const auto end = std::min(text.find(separator), text.size());
    numbers.push_back(number_of(text.substr(0, end)));
    if (end == text.size()) return numbers;
    text.remove_prefix(end + 1);
  }
}

bool is_from(unsigned number, unsigned first, unsigned last) {
  return number >= first && number <= last;
}

/// What follows 38 or 48, "5;N" or "2;R;G;B": how many numbers that takes, 0 when it is none.
std::size_t length_of_colour(const std::vector<unsigned>& numbers, std::size_t begin) {
  constexpr unsigned kMax = 255;
  const std::size_t left = numbers.size() - begin;
  const auto is_byte = [&](std::size_t i) { return numbers[begin + i] <= kMax; };
  if (left >= 2 && numbers[begin] == 5 && is_byte(1)) return 2;
  if (left >= 4 && numbers[begin] == 2 && is_byte(1) && is_byte(2) && is_byte(3)) return 4;
  return 0;
}

std::string colour_of(const std::vector<unsigned>& numbers, std::size_t begin,
                      std::size_t length) {
  std::string text = std::to_string(numbers[begin]);
  for (std::size_t i = 1; i < length; ++i) text += ';' + std::to_string(numbers[begin + i]);
  return text;
}

/// One parameter, as those without colons say the same: of "38:2:SPACE:R:G:B" without the
/// colour space, which nobody uses, and of "4:3" without the kind of underline.
std::vector<unsigned> without_colons(std::string_view parameter) {
  auto numbers = numbers_in(parameter, ':');
  constexpr std::size_t kWithSpace = 6;
  if (numbers.size() == kWithSpace && numbers[1] == 2) numbers.erase(numbers.begin() + 2);
  if (numbers.size() == 1) return numbers;
  if (numbers[0] == 4) return {numbers[1] == 0 ? 24U : 4U};
  const bool is_colour = (numbers[0] == 38 || numbers[0] == 48) &&
                         length_of_colour(numbers, 1) + 1 == numbers.size();
  return is_colour ? numbers : std::vector<unsigned>{kWrong};
}

std::vector<unsigned> all_numbers_in(std::string_view parameters) {
  std::vector<unsigned> all;
  for (;;) {
    const auto end = std::min(parameters.find(';'), parameters.size());
    const auto numbers = without_colons(parameters.substr(0, end));
    all.insert(all.end(), numbers.begin(), numbers.end());
    if (end == parameters.size()) return all;
    parameters.remove_prefix(end + 1);
  }
}

}  // namespace

void TextStyle::apply(std::string_view parameters) {
  const auto numbers = all_numbers_in(parameters);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const unsigned number = numbers[i];
    const auto off = [this](unsigned attribute) { attributes_ &= ~(1U << attribute); };
    if (number == 38 || number == 48) {
      const std::size_t length = length_of_colour(numbers, i + 1);
      if (length == 0) return;  // what follows could mean anything
      (number == 38 ? foreground_ : background_) = colour_of(numbers, i, length + 1);
      i += length;
    } else if (number == 0) {
      *this = TextStyle();
    } else if (is_attribute(number)) {
      attributes_ |= 1U << number;
    } else if (number == 22) {
      off(1);
      off(2);
    } else if (is_from(number, 23, 29)) {
      off(number - 20);
    } else if (is_from(number, 30, 37) || is_from(number, 90, 97)) {
      foreground_ = std::to_string(number);
    } else if (is_from(number, 40, 47) || is_from(number, 100, 107)) {
      background_ = std::to_string(number);
    } else if (number == 39) {
      foreground_.clear();
    } else if (number == 49) {
      background_.clear();
    }
  }
}

std::string TextStyle::parameters() const {
  std::string text;
  const auto add = [&text](const std::string& more) {
    if (!more.empty()) text += (text.empty() ? "" : ";") + more;
  };
  for (const unsigned attribute : kAttributes)
    if ((attributes_ & (1U << attribute)) != 0) add(std::to_string(attribute));
  add(foreground_);
  add(background_);
  return text;
}

std::string TextStyle::change_to(const TextStyle& other) const {
  if (*this == other) return "";
  const char* const begin = is_plain() ? "" : other.is_plain() ? "0" : "0;";
  return "\033[" + (begin + other.parameters()) + "m";
}

}  // namespace hythe
