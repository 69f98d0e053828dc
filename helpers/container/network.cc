// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/network.h"

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <unistd.h>

#include <string_view>

#include "core/paths.h"
#include "helpers/container/complain.h"
#include "helpers/container/file.h"

namespace hythe::container {
namespace {

constexpr const char* kOwnNamespace = "/proc/self/ns/net";
constexpr const char* const kIp[] = {paths::kIp, "-batch", "-", nullptr};

/// Makes a new namespace and returns to the host's. The process has one thread.
UniqueFd make_namespace(int host) {
  if (::unshare(CLONE_NEWNET) != 0) return {};
  // Containers have no IPv6: nothing would filter it, and nginx does not need it. Before
  // there is any interface. A kernel without IPv6 has no such file.
  (void)write_kernel_file("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
  (void)write_kernel_file("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
  UniqueFd made(::open(kOwnNamespace, O_RDONLY | O_CLOEXEC));
  if (::setns(host, CLONE_NEWNET) != 0) return {};
  return made;
}

}  // namespace

std::string link_name(Slot slot, Lane lane, Position position) {
  return "hy" + std::to_string(slot.value) + letter(lane) + std::to_string(position.value);
}

bool has_link(const std::string& link) {
  return ::if_nametoindex(link.c_str()) != 0;
}

void remove_link(const std::string& link) {
  auto removal = Program::start(kIp, "link delete " + link + "\n");
  if (removal) (void)removal->wait();
}

UsedSlots slots_with_links() {
  UsedSlots out;
  struct if_nameindex* const all = ::if_nameindex();
  for (const struct if_nameindex* i = all; i != nullptr && i->if_index != 0; ++i) {
    std::string_view name = i->if_name;
    if (!name.starts_with("hy")) continue;
    name.remove_prefix(2);
    const auto slot = Slot::parse(name.substr(0, name.find_first_not_of("0123456789")));
    if (slot) out.set(slot->value);
  }
  if (all != nullptr) ::if_freenameindex(all);
  return out;
}

std::optional<ContainerNetwork> ContainerNetwork::begin(Slot slot, Lane lane,
                                                        Position position) {
  UniqueFd host(::open(kOwnNamespace, O_RDONLY | O_CLOEXEC));
  UniqueFd made = host ? make_namespace(host.get()) : UniqueFd();
  if (!made) {
    complain_errno("make a network namespace");
    return std::nullopt;
  }
  ContainerNetwork network(std::move(made), std::move(host), link_name(slot, lane, position),
                           address_of(slot, lane, position).text().c_str);
  if (!network.start_inside()) return std::nullopt;
  return network;
}

bool ContainerNetwork::start_inside() {
  // ip runs inside and puts the other end outside, so that the container's end never exists
  // on the host. All of the text is ours and numbers.
  const std::string host =
      "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(host_.get());
  const std::string text = "link add eth0 type veth peer name " + link_ + " netns " + host +
                           "\n"
                           "link set lo up\n"
                           "link set eth0 up\n"
                           "address add " +
                           address_ +
                           "/32 dev eth0\n"
                           "route add default via " +
                           kGatewayText + " dev eth0 onlink\n";
  inside_ = Program::start(kIp, text, namespace_.get());
  return inside_.has_value();
}

bool ContainerNetwork::inside_is_ready() {
  if (!inside_->wait()) {
    // A link of that name may still be on its way out, with a container that was killed a
    // moment ago, or that lost its monitor.
    remove_link(link_);
    if (!start_inside() || !inside_->wait()) {
      complain("cannot make the link '", link_, "': ", inside_ ? inside_->output() : "");
      return false;
    }
  }
  // What belongs to no container is refused at once, instead of leaving by the default route.
  const std::string text = "address add " + std::string(kGatewayText) + "/32 dev " + link_ +
                           "\nlink set " + link_ + " up\nroute replace " + address_ +
                           "/32 dev " + link_ + "\nroute replace unreachable " + kNetworkText +
                           "\n";
  inside_.reset();
  host_.reset();
  outside_ = Program::start(kIp, text);
  return outside_.has_value();
}

bool ContainerNetwork::outside_is_ready() {
  const bool is_ready = !outside_ || outside_->wait();  // the second time it is as it was
  if (!is_ready) complain("cannot set up the link '", link_, "': ", outside_->output());
  outside_.reset();
  return is_ready;
}

std::string ContainerNetwork::path() const {
  return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(namespace_.get());
}

}  // namespace hythe::container
