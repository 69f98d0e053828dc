// SPDX-License-Identifier: Apache-2.0
#include "pipeline/build_queue.h"

#include "lib/errors.h"

namespace hythe {

BuildSlot wait_for_build_slot(const Config& config, const Cancellation& cancellation,
                              Console& console, const std::function<void()>& on_first_wait) {
  bool is_first = true;
  return BuildSlot::take(config.builds, cancellation, [&](std::size_t before) {
    if (is_first) on_first_wait();
    is_first = false;
    console.step(concat("Waiting for a build slot: ",
                        before == 0 ? "you are next" : concat(before, " before you")));
  });
}

}  // namespace hythe
