// SPDX-License-Identifier: Apache-2.0
#include "lib/json.h"

#include <nlohmann/json.hpp>

namespace hythe {
namespace {

using Value = nlohmann::json;

/// nlohmann's parser takes any depth, and with a look at each value a time that grows with the
/// square of the length.
bool is_too_deep(const std::string& text) {
  constexpr int kDeepest = 64;
  int depth = 0;
  bool is_in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_in_string && c == '\\') ++i;
    if (c == '"') is_in_string = !is_in_string;
    if (is_in_string) continue;
    if ((c == '{' || c == '[') && ++depth > kDeepest) return true;
    if (c == '}' || c == ']') --depth;
  }
  return false;
}

const Value* child(const Value& value, const std::string& key) {
  if (!value.is_object()) return nullptr;
  const auto found = value.find(key);
  return found == value.end() ? nullptr : &*found;
}

}  // namespace

struct Json::Tree {
  Value value;
};

std::optional<Json> Json::parse(const std::string& text) {
  if (is_too_deep(text)) return std::nullopt;
  Value value = Value::parse(text, nullptr, false);
  if (value.is_discarded() || !value.is_structured()) return std::nullopt;
  return Json(std::make_shared<Tree>(Tree{std::move(value)}));
}

std::string Json::text(std::initializer_list<const char*> path) const {
  const Value* value = &tree_->value;
  for (const char* key : path) {
    value = child(*value, key);
    if (value == nullptr) return {};
  }
  if (value->is_string()) return value->get<std::string>();
  return value->is_primitive() && !value->is_null() ? value->dump() : std::string();
}

std::optional<Json> Json::at(const std::string& key) const {
  const Value* value = child(tree_->value, key);
  if (value == nullptr || !value->is_structured()) return std::nullopt;
  return Json(std::make_shared<Tree>(Tree{*value}));
}

bool Json::is_object() const {
  return tree_->value.is_object();
}

bool Json::has(const std::string& key) const {
  return child(tree_->value, key) != nullptr;
}

std::size_t Json::size() const {
  return tree_->value.size();
}

std::vector<std::string> Json::keys() const {
  std::vector<std::string> names;
  if (tree_->value.is_object())
    for (const auto& item : tree_->value.items()) names.push_back(item.key());
  return names;
}

std::vector<Json> Json::items(const char* key) const {
  const Value* list = key == nullptr ? &tree_->value : child(tree_->value, key);
  std::vector<Json> out;
  if (list == nullptr || !list->is_array()) return out;
  for (const Value& item : *list)
    if (item.is_object()) out.push_back(Json(std::make_shared<Tree>(Tree{item})));
  return out;
}

std::string Json::object(const std::vector<std::pair<std::string, std::string>>& fields) {
  Value object = Value::object();
  for (const auto& [key, value] : fields) object[key] = value;
  return object.dump(-1, ' ', false, Value::error_handler_t::replace);
}

}  // namespace hythe
