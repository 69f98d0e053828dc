// SPDX-License-Identifier: Apache-2.0
#include "lib/json.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <sstream>

namespace hythe {

struct Json::Value {
  Poco::Dynamic::Var var;

  [[nodiscard]] static Poco::JSON::Object::Ptr object(const Poco::Dynamic::Var& var) {
    if (var.type() != typeid(Poco::JSON::Object::Ptr)) return {};
    return var.extract<Poco::JSON::Object::Ptr>();
  }
  [[nodiscard]] static Poco::JSON::Array::Ptr array(const Poco::Dynamic::Var& var) {
    if (var.type() != typeid(Poco::JSON::Array::Ptr)) return {};
    return var.extract<Poco::JSON::Array::Ptr>();
  }
};

std::optional<Json> Json::parse(const std::string& text) {
  constexpr std::size_t kDeepest = 64;
  try {
    Poco::JSON::Parser parser;
    parser.setDepth(kDeepest);
    auto value = std::make_shared<Value>(Value{parser.parse(text)});
    if (!Value::object(value->var) && !Value::array(value->var)) return std::nullopt;
    return Json(std::move(value));
  } catch (const std::exception&) {  // Poco's are such
    return std::nullopt;
  }
}

std::string Json::text(std::initializer_list<const char*> path) const {
  Poco::Dynamic::Var var = value_->var;
  for (const char* key : path) {
    const auto object = Value::object(var);
    if (!object || !object->has(key)) return {};
    var = object->get(key);
  }
  if (var.isEmpty() || Value::object(var) || Value::array(var)) return {};
  return var.toString();
}

std::optional<Json> Json::at(const std::string& key) const {
  const auto object = Value::object(value_->var);
  if (!object || !object->has(key)) return std::nullopt;
  Poco::Dynamic::Var var = object->get(key);
  if (!Value::object(var) && !Value::array(var)) return std::nullopt;
  return Json(std::make_shared<Value>(Value{std::move(var)}));
}

bool Json::has(const std::string& key) const {
  const auto object = Value::object(value_->var);
  return object && object->has(key);
}

std::size_t Json::size() const {
  if (const auto object = Value::object(value_->var)) return object->size();
  return Value::array(value_->var)->size();
}

std::vector<std::string> Json::keys() const {
  std::vector<std::string> names;
  if (const auto object = Value::object(value_->var)) object->getNames(names);
  return names;
}

std::vector<Json> Json::items(const char* key) const {
  Poco::Dynamic::Var var = value_->var;
  if (key != nullptr) {
    const auto object = Value::object(var);
    if (!object || !object->has(key)) return {};
    var = object->get(key);
  }
  const auto array = Value::array(var);
  if (!array) return {};
  std::vector<Json> out;
  for (const auto& item : *array)
    if (Value::object(item)) out.push_back(Json(std::make_shared<Value>(Value{item})));
  return out;
}

std::string Json::object(const std::vector<std::pair<std::string, std::string>>& fields) {
  Poco::JSON::Object object;
  for (const auto& [key, value] : fields) object.set(key, value);
  std::ostringstream out;
  object.stringify(out);
  return out.str();
}

}  // namespace hythe
