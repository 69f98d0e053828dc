// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hythe {

/// A YAML file as a tree of strings: what our configuration and state are kept in. It has
/// no types, anchors or tags but !!binary, which keeps bytes that are not UTF-8 exact.
class Yaml {
 public:
  using Field = std::pair<std::string, Yaml>;

  Yaml() = default;
  Yaml(std::string text) : text_(std::move(text)) {}  // NOLINT: a scalar is a Yaml
  Yaml(std::string_view text) : text_(text) {}        // NOLINT
  Yaml(const char* text) : text_(text) {}             // NOLINT

  /// `path` is for messages. Throws PushError naming path and line when it is not YAML, or
  /// when a key stands twice.
  [[nodiscard]] static Yaml parse(const std::string& text, std::string_view path);
  /// A file that does not exist is an empty tree.
  [[nodiscard]] static Yaml load(const std::string& path);
  [[nodiscard]] std::string dump() const;

  [[nodiscard]] const std::string& text() const { return text_; }
  /// As add_flag() writes it; anything else is false.
  [[nodiscard]] bool is_true() const { return text_ == "true"; }
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
  [[nodiscard]] const std::vector<Yaml>& items() const { return items_; }

  /// The value of a key; an empty tree when there is none.
  [[nodiscard]] const Yaml& operator[](std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;

  /// Appends a field, in the order of the file.
  Yaml& add(std::string key, Yaml value);
  /// A name of its own, or a pointer would be taken for one.
  Yaml& add_flag(std::string key, bool value) {
    return add(std::move(key), value ? "true" : "false");
  }
  Yaml& append(Yaml item);

 private:
  std::string text_;
  std::vector<Field> fields_;
  std::vector<Yaml> items_;
};

}  // namespace hythe
