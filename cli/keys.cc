// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>
#include <unistd.h>

#include <iostream>

#include "cli/commands.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "model/key_ring.h"

namespace hythe {
namespace {

std::string key_name(Arguments& arguments) {
  const std::string name = arguments.word();
  if (!is_key_name(name))
    throw PushError(
        concat("'", printable(name, 64), "' cannot name a key",
               "\na name is 1 to 64 characters of A-Z, a-z, 0-9, '.', '_', '@' and '-'"),
        EX_USAGE);
  return name;
}

PublicKey key_from_stdin() {
  std::string text;
  while (text.size() <= PublicKey::kMaxLength && read_some(STDIN_FILENO, text)) {
  }
  return PublicKey::parse(text);
}

/// A key that could add others could never be taken away for good.
void refuse_remote(const Caller& caller) {
  if (caller.is_remote)
    throw PushError(
        "keys are added and removed on the host only\nask its administrator: sudo hythe keys …",
        EX_NOPERM);
}

}  // namespace

int keys(Arguments& arguments, const Caller& caller) {
  const std::string action = arguments.optional_word().value_or("list");
  if (action == "list") {
    arguments.end();
    for (const auto& entry : KeyRing::all())
      std::cout << entry.name << "  " << entry.key.type() << "  "
                << printable(entry.key.comment()) << '\n';
    return EX_OK;
  }
  if (action != "add" && action != "remove")
    arguments.usage_error(concat("'", printable(action, 40), "' is not understood"));
  refuse_remote(caller);
  const std::string name = key_name(arguments);
  arguments.end();
  if (action == "add")
    KeyRing::add(name, key_from_stdin());
  else
    KeyRing::remove(name);
  std::cout << (action == "add" ? "Added " : "Removed ") << name << '\n';
  return EX_OK;
}

}  // namespace hythe
