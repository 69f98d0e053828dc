// SPDX-License-Identifier: Apache-2.0
#include "lib/app_manifest.h"

#include <sysexits.h>

#include "core/decimal.h"
#include "core/slot.h"
#include "lib/env_name.h"
#include "lib/errors.h"
#include "lib/json.h"
#include "lib/printable.h"

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

/// nullopt when it is only described.
std::optional<Variable> read_variable(const Json& environment, const std::string& name) {
  const auto described = environment.at(name);
  if (!described) return with_value(environment.text({name.c_str()}));
  if (const std::string generator = described->text({"generator"}); !generator.empty())
    return Variable{.kind = parse_generator(generator), .text = described->text({"template"})};
  if (described->has("value")) return with_value(described->text({"value"}));
  // Heroku's word for one that has no default.
  if (described->text({"required"}) == "true")
    return Variable{.kind = Variable::Kind::required};
  return std::nullopt;
}

/// Heroku says quantity, Scalingo amount.
AppManifest::Process read_process(const Json& process) {
  std::string count = process.text({"quantity"});
  if (count.empty()) count = process.text({"amount"});
  const auto parsed = parse_decimal(count, Position::kCount);
  if (!count.empty() && !parsed)
    throw PushError(concat("'", printable(count, 40),
                           "' is not a number of containers from 0 to ", Position::kCount));
  AppManifest::Process out{.size = process.text({"size"})};
  if (parsed) out.count = static_cast<unsigned>(*parsed);
  return out;
}

void read(const Json& root, AppManifest& manifest) {
  if (const auto environment = root.at("env"))
    for (const std::string& name : environment->keys())
      if (auto variable = read_variable(*environment, name)) {
        check_env_variable(name, variable->text);
        manifest.environment[name] = std::move(*variable);
      }
  if (const auto formation = root.at("formation"))
    for (const std::string& type : formation->keys())
      if (const auto process = formation->at(type))
        manifest.formation[type] = read_process(*process);
  // What Heroku calls postdeploy is run once, too; of Scalingo's it is what a Procfile has.
  for (const char* key : {"postdeploy", "first-deploy"}) {
    const bool is_herokus =
        manifest.file == "app.json" || key != std::string_view("postdeploy");
    if (std::string command = root.text({"scripts", key}); is_herokus && !command.empty())
      manifest.first_deploy = std::move(command);
  }
  if (const auto add_ons = root.at("addons")) manifest.has_add_ons = add_ons->size() != 0;
}

}  // namespace

AppManifest AppManifest::parse(const std::string& text, std::string_view file) {
  AppManifest manifest{.file = std::string(file)};
  const auto root = Json::parse(text);
  if (!root) throw PushError(concat("'", file, "' is not JSON"), EX_DATAERR);
  try {
    read(*root, manifest);
    if (const auto environments = root->at("environments"))
      if (const auto review = environments->at("review")) read(*review, manifest);
  } catch (const PushError& error) {
    throw PushError(concat("'", file, "': ", error.what()), EX_DATAERR);
  }
  return manifest;
}

}  // namespace hythe
