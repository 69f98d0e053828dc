// SPDX-License-Identifier: Apache-2.0
#include "helpers/slot_of.h"

#include "core/paths.h"
#include "helpers/die.h"
#include "helpers/directory.h"

namespace hythe::root {

std::optional<Slot> slot_of(const AppName& app) noexcept {
  char memory[16];
  auto text = Directory::open(paths::kSlots).read(app.c_str(), memory);
  if (!text) return std::nullopt;
  const bool ends_well = text->ends_with('\n');
  if (ends_well) text->remove_suffix(1);
  const auto slot = Slot::parse(*text);
  if (!ends_well || !slot) die(EX_CONFIG, "the slot of '", app.view(), "' is damaged");
  return slot;
}

}  // namespace hythe::root
