// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hythe {

/// What somebody else says as JSON, for reading: strings, numbers and booleans as text,
/// wherever they are.
class Json {
 public:
  /// nullopt when it is not one object or list of JSON, or nested beyond all that is sensible.
  [[nodiscard]] static std::optional<Json> parse(const std::string& text);

  /// The value at a path of keys; empty when there is none, or when it is an object or a list.
  [[nodiscard]] std::string text(std::initializer_list<const char*> path) const;
  /// The object or list at a key; nullopt when there is none, or something else.
  [[nodiscard]] std::optional<Json> at(const std::string& key) const;
  [[nodiscard]] bool is_object() const;
  /// Whether this object has the key, with whatever value.
  [[nodiscard]] bool has(const std::string& key) const;
  /// The keys of this object, sorted; a list has none.
  [[nodiscard]] std::vector<std::string> keys() const;
  /// Of a list, or of an object.
  [[nodiscard]] std::size_t size() const;
  /// The objects of the list at a key, or of this list when there is no key.
  [[nodiscard]] std::vector<Json> items(const char* key = nullptr) const;

  /// An object of texts, as it is sent.
  [[nodiscard]] static std::string object(
      const std::vector<std::pair<std::string, std::string>>& fields);

 private:
  struct Tree;
  explicit Json(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}
  std::shared_ptr<const Tree> tree_;
};

}  // namespace hythe
