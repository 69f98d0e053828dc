// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/one_off.h"

#include "helpers/container/app_trees.h"
#include "helpers/container/caller.h"
#include "helpers/container/clock.h"
#include "helpers/container/complain.h"
#include "helpers/container/installed_stack.h"
#include "helpers/container/slots.h"
#include "helpers/container/state_file.h"

namespace hythe::container {

OneOffSpec::OneOffSpec(const LaunchRequest& request)
    : request_(request),
      slot_(require_slot(request.app)),
      stack_(remembered_stack(require_release(request.app, request.release, slot_))),
      bytes_(read_spec()),
      spec_(parse_spec(bytes_)) {}

std::optional<OneOff> OneOffSpec::start(Claim claim, Streams streams) const {
  const std::string_view name = request_.name->view();
  State state{.release = request_.release, .name = std::string(name)};
  state.save(claim);
  auto place =
      Place::make(std::move(claim), slot_, {.release = request_.release, .stack = stack_},
                  host_name_of(request_.app, name), spec_, bytes_);
  auto running = place ? place->run(streams) : std::nullopt;
  if (!running) return std::nullopt;
  state.status = Status::running;
  state.pid = running->pid;
  state.started_ms = unix_ms();
  state.save(place->claim());
  return OneOff{std::move(*place), std::move(*running)};
}

std::optional<Claim> claim_named_one_off(const LaunchRequest& request) {
  auto claim = Claim::take({request.app, Lane::one_off, request.position});
  if (!claim)
    complain("'", request.name->view(), "' of '", request.app.view(), "' runs already");
  return claim;
}

int exit_code_of(const End& end) {
  return end.signal != 0 ? 128 + end.signal : end.code;
}

}  // namespace hythe::container
