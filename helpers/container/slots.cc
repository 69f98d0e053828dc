// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/slots.h"

#include "core/paths.h"
#include "helpers/die.h"
#include "helpers/slot_of.h"
#include "helpers/text.h"

namespace hythe::container {
namespace {

// No app is called like these.
constexpr const char* kLock = ".lock";
constexpr const char* kNext = ".next";
constexpr int kLockMs = 30'000;

/// Where the search for a free one begins. What cannot be read is no reason to begin
/// elsewhere than at the first.
Slot next_of(const root::Directory& slots) {
  char memory[16];
  const auto text = slots.read(kNext, memory).value_or("");
  return Slot::parse(text.substr(0, text.find('\n'))).value_or(Slot{Slot::kFirst});
}

}  // namespace

std::optional<Slot> choose_slot(const UsedSlots& used, Slot next) {
  for (unsigned i = 0; i < Slot::kLast; ++i) {
    const unsigned value = Slot::kFirst + (next.value - Slot::kFirst + i) % Slot::kLast;
    if (!used[value]) return Slot{value};
  }
  return std::nullopt;
}

SlotTable SlotTable::lock() {
  root::Directory slots = root::Directory::make(paths::kSlots, 0700);
  root::Lock held = root::Lock::take(slots, kLock, root::Deadline::in_ms(kLockMs));
  return {std::move(slots), std::move(held)};
}

Slot SlotTable::propose() const {
  UsedSlots used = slots_with_links();  // of apps that are gone, on their way out
  directory_.for_each([&](const char* name) {
    const auto app = AppName::parse(name);
    const auto slot = app ? root::slot_of(*app) : std::nullopt;
    if (slot) used.set(slot->value);
  });
  const auto slot = choose_slot(used, next_of(directory_));
  if (!slot) root::die(EX_UNAVAILABLE, "all ", root::Decimal(Slot::kLast), " slots are taken");
  const root::FixedText<16> next(slot->value % Slot::kLast + 1, '\n');
  directory_.replace(kNext, 0600, next.view());
  return *slot;
}

void SlotTable::assign(const AppName& app, Slot slot) const {
  directory_.replace(app.c_str(), 0600, root::FixedText<16>(slot.value, '\n').view());
}

void SlotTable::free(const AppName& app) const {
  directory_.remove(app.c_str());
  directory_.sync();
}

Slot require_slot(const AppName& app) {
  const auto slot = root::slot_of(app);
  if (!slot) root::die(EX_NOINPUT, "there is no app '", app.view(), "'");
  return *slot;
}

}  // namespace hythe::container
