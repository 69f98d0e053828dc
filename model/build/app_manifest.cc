// SPDX-License-Identifier: Apache-2.0
#include "model/build/app_manifest.h"

#include <sysexits.h>

#include "core/decimal.h"
#include "core/process_name.h"
#include "core/slot.h"
#include "lib/errors.h"
#include "lib/json.h"
#include "lib/printable.h"
#include "model/env_name.h"

namespace hythe {
namespace {

using Variable = AppManifest::Variable;

Variable::Kind parse_generator(const std::string& word) {
  if (word == "secret") return Variable::Kind::secret;
  if (word == "url") return Variable::Kind::url;
  if (word == "template") return Variable::Kind::text;
  throw PushError(
      concat("there is no generator '", printable(word, 40), "', only secret, url, template"));
}

/// Scalingo: null, or an empty text, takes away what would be inherited.
Variable with_value(std::string value) {
  if (value.empty()) return {.kind = Variable::Kind::unset};
  return {.kind = Variable::Kind::value, .text = std::move(value)};
}

/// Something else in its place would be taken for nothing, and what it was to keep from the
/// review app would be inherited. nullopt when the key is not there.
std::optional<Json> object_at(const Json& parent, const std::string& key) {
  if (!parent.has(key)) return std::nullopt;
  auto object = parent.at(key);
  if (!object || !object->is_object())
    throw PushError(concat("'", printable(key, 60), "' is not an object"));
  return object;
}

std::string text_at(const Json& parent, const std::string& key) {
  if (parent.at(key)) throw PushError(concat("'", printable(key, 60), "' is not a text"));
  return parent.text({key.c_str()});
}

/// nullopt when it is only described.
std::optional<Variable> read_variable(const Json& environment, const std::string& name) {
  const auto described = environment.at(name);
  if (!described || !described->is_object()) return with_value(text_at(environment, name));
  if (const std::string generator = text_at(*described, "generator"); !generator.empty())
    return Variable{.kind = parse_generator(generator),
                    .text = text_at(*described, "template")};
  if (described->has("value")) return with_value(text_at(*described, "value"));
  // Heroku's word for one that has no default.
  if (described->text({"required"}) == "true")
    return Variable{.kind = Variable::Kind::required};
  return std::nullopt;
}

/// Heroku says quantity, Scalingo amount. What it does not say stays.
void read_process(const Json& process, AppManifest::Process& out) {
  std::string count = text_at(process, "quantity");
  if (count.empty()) count = text_at(process, "amount");
  const auto parsed = parse_decimal(count, Position::kCount);
  if (!count.empty() && !parsed)
    throw PushError(concat("'", printable(count, 40),
                           "' is not a number of containers from 0 to ", Position::kCount));
  if (parsed) out.count = static_cast<unsigned>(*parsed);
  if (std::string size = text_at(process, "size"); !size.empty()) out.size = std::move(size);
}

void read_formation(const Json& formation, AppManifest& manifest) {
  for (const std::string& type : formation.keys()) {
    if (!ProcessType::parse(type))
      throw PushError(concat("'", printable(type, 60), "' is not a process type's name"));
    read_process(*object_at(formation, type), manifest.formation[type]);
  }
}

void read(const Json& root, AppManifest& manifest) {
  if (const auto environment = object_at(root, "env"))
    for (const std::string& name : environment->keys())
      if (auto variable = read_variable(*environment, name)) {
        check_env_variable(name, variable->text);
        manifest.environment[name] = std::move(*variable);
      }
  if (const auto formation = object_at(root, "formation")) read_formation(*formation, manifest);
  if (const auto scripts = object_at(root, "scripts"))
    // What Heroku calls postdeploy is run once, too; of Scalingo's it is what a Procfile has.
    for (const std::string key : {"postdeploy", "first-deploy"}) {
      const bool counts = key == "first-deploy" || manifest.file == "app.json";
      if (std::string command = text_at(*scripts, key); counts && !command.empty())
        manifest.first_deploy = std::move(command);
    }
  if (const auto add_ons = root.at("addons"))
    manifest.has_add_ons = manifest.has_add_ons || add_ons->size() != 0;
}

}  // namespace

AppManifest AppManifest::parse(const std::string& text, std::string_view file) {
  AppManifest manifest{.file = std::string(file)};
  const auto root = Json::parse(text);
  if (!root || !root->is_object())
    throw PushError(concat("'", file, "' is not an object of JSON"), EX_DATAERR);
  try {
    read(*root, manifest);
    if (const auto environments = object_at(*root, "environments"))
      if (const auto review = object_at(*environments, "review")) read(*review, manifest);
  } catch (const PushError& error) {
    throw PushError(concat("'", file, "': ", error.what()), EX_DATAERR);
  }
  return manifest;
}

}  // namespace hythe
