// SPDX-License-Identifier: Apache-2.0
#include "stacks/bootstrap.h"

#include <algorithm>

#include "core/decimal.h"
#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "lib/yaml.h"
#include "model/config.h"

namespace hythe::stacks {
namespace {

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kDigits = "0123456789";

bool consists_of(std::string_view text, std::initializer_list<std::string_view> sets) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return std::any_of(sets.begin(), sets.end(), [c](std::string_view set) {
      return set.find(c) != std::string_view::npos;
    });
  });
}

/// deb-control(5): at least two characters.
bool is_package(std::string_view text) {
  return text.size() >= 2 && text.size() <= 100 && text.front() != '-' && text.front() != '+' &&
         text.front() != '.' && consists_of(text, {kLower, kDigits, "+-."});
}

/// Nothing that apt could read as an option in brackets, or as a second word.
bool is_mirror(std::string_view text) {
  return (text.starts_with("http://") || text.starts_with("https://")) && text.size() <= 300 &&
         consists_of(text, {kLower, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", kDigits, ":/.-_~%@"});
}

bool is_component(std::string_view text) {
  return !text.empty() && text.size() <= 40 && text.front() != '-' &&
         consists_of(text, {kLower, kDigits, "-"});
}

[[noreturn]] void refuse(std::string_view path, std::string_view key,
                         const std::string& value) {
  throw PushError(concat("'", path, "': '", key, "': '", printable(value), "' cannot be one"),
                  EX_CONFIG);
}

std::vector<std::string> words(const Yaml& list, std::string_view path, std::string_view key,
                               bool (*is_word)(std::string_view)) {
  std::vector<std::string> out;
  for (const Yaml& item : list.items()) {
    if (!is_word(item.text())) refuse(path, key, item.text());
    out.push_back(item.text());
  }
  return out;
}

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& word : list) out += (out.empty() ? "" : ",") + word;
  return out;
}

}  // namespace

bool is_suite(std::string_view text) {
  return is_component(text) && kLower.find(text.front()) != std::string_view::npos;
}

StackConfig StackConfig::parse(const std::string& text, std::string_view path) {
  StackConfig config;
  const Yaml file = Yaml::parse(text, path);
  for (const auto& [key, value] : file.fields()) {
    if (key == "suite") {
      if (!is_suite(value.text())) refuse(path, key, value.text());
      config.suite = value.text();
    } else if (key == "mirror") {
      if (!is_mirror(value.text())) refuse(path, key, value.text());
      config.mirror = value.text();
    } else if (key == "components") {
      config.components = words(value, path, key, is_component);
      if (config.components.empty()) refuse(path, key, value.text());
    } else if (key == "packages") {
      config.packages = words(value, path, key, is_package);
    } else if (key == "max_size") {
      config.limits.size = parse_size(value.text(), key);
    } else if (key == "max_entries") {
      const auto number = parse_decimal(value.text(), 100'000'000);
      if (!number) refuse(path, key, value.text());
      config.limits.entries = *number;
    } else {
      throw PushError(concat("'", path, "': there is no key '", printable(key), "'"),
                      EX_CONFIG);
    }
  }
  return config;
}

StackConfig StackConfig::load() {
  return parse(read_file(paths::kStackConfig), paths::kStackConfig);
}

std::vector<std::string> StackConfig::command() const {
  std::vector<std::string> out = {paths::kMmdebstrap, "--mode=root", "--variant=minbase",
                                  "--format=tar", "--components=" + joined(components)};
  // Nobody reads manuals in a container.
  for (const char* excluded :
       {"/usr/share/doc/*", "/usr/share/man/*", "/usr/share/info/*", "/usr/share/locale/*"})
    out.push_back(concat("--dpkgopt=path-exclude=", excluded));
  out.emplace_back("--dpkgopt=path-include=/usr/share/doc/*/copyright");
  if (!packages.empty()) out.push_back("--include=" + joined(packages));
  out.insert(out.end(), {suite, "-", mirror});
  return out;
}

}  // namespace hythe::stacks
