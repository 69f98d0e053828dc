// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <iostream>

#include "cli/commands.h"
#include "core/version.h"

namespace hythe {

int version(Arguments& arguments, const Caller&) {
  arguments.end();
  std::cout << "hythe " << kVersion << '\n';
  return EX_OK;
}

}  // namespace hythe
