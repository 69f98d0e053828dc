// SPDX-License-Identifier: Apache-2.0
#include "model/state.h"

#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr const char* kKey = "version";

}  // namespace

void require_current_state() {
  const StateAge age = age_of_state();
  if (age != StateAge::current) refuse_state(age);
}

void refuse_state(StateAge age) {
  const StateComplaint complaint = complaint_about(age);
  throw PushError(concat(complaint.what, '\n', complaint.way_out), EX_CONFIG);
}

Yaml begin_state_file() {
  return Yaml().add(kKey, std::to_string(kStateVersion));
}

Yaml load_state_file(const std::string& path) {
  Yaml file = Yaml::load(path);
  const std::string& version = file[kKey].text();
  if (!version.empty() && !parse_decimal(version, kStateVersion))
    throw PushError(
        concat("'", path, "' is of version ", printable(version, 20), ", and this hythe knows ",
               kStateVersion, "\nput it back from a backup of this hythe's time"),
        EX_CONFIG);
  return file;
}

}  // namespace hythe
