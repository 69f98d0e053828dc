// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/port_text.h"

namespace hythe::route_helper {
namespace {

// Rules are found again by their comments: how nft lists a rule differs from version to
// version.
constexpr const char* kFrameMark = "comment \"hythe ";

/// An app may be called like one of nft's own words.
constexpr const char* kChain = "app-";

void write_base_chain(root::Text& out, std::string_view name) noexcept {
  out.line("add chain ip hythe_tcp ", name, " { type nat hook ", name,
           " priority -100; policy accept; }");
  out.line("flush chain ip hythe_tcp ", name);
  out.line("add rule ip hythe_tcp ", name,
           " ip daddr != 127.0.0.0/8 fib daddr type local tcp dport vmap @live ", kFrameMark,
           name, "\"");
}

void write_element(root::Text& out, std::string_view verb, const AppName& app,
                   unsigned port) noexcept {
  out.line(verb, " element ip hythe_tcp live { ", port, " : goto ", kChain, app.view(), " }");
}

void write_target(root::Text& out, const PortTarget& target) noexcept {
  if (target.count == 1) {
    out.add(target.addresses[0].text().c_str);
    return;
  }
  out.add("numgen inc mod ").add(target.count).add(" map { ");
  for (unsigned i = 0; i < target.count; ++i) {
    out.add(i == 0 ? "" : ", ").add(i).add(" : ");
    out.add(target.addresses[i].text().c_str);
  }
  out.add(" }");
}

/// Says all that a rule does: two rules with one mark are one rule. FNV-1a of the addresses.
void write_mark(root::Text& out, const AppName& app, const PortTarget& target) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (unsigned i = 0; i < target.count; ++i) {
    hash ^= target.addresses[i].value;
    hash *= 0x100000001b3U;
  }
  out.add("comment \"").add(app.view()).add(' ').add(letter(target.lane)).add(' ').add(hash);
  out.add('"');
}

}  // namespace

void write_port_frame(root::Text& out) noexcept {
  out.line("add table ip hythe_tcp");
  out.line("add map ip hythe_tcp live { type inet_service : verdict; }");
  // As they arrive from elsewhere, and as programs of the host send them.
  write_base_chain(out, "prerouting");
  write_base_chain(out, "output");
}

void write_port(root::Text& out, const AppName& app, unsigned port,
                const PortTarget& target) noexcept {
  out.line("add chain ip hythe_tcp ", kChain, app.view());
  out.line("flush chain ip hythe_tcp ", kChain, app.view());
  out.add("add rule ip hythe_tcp ").add(kChain).add(app.view());
  out.add(" meta l4proto tcp dnat to ");
  write_target(out, target);
  out.add(target.count == 1 ? ":" : " : ").add(kAppPort).add(' ');
  write_mark(out, app, target);
  out.line();
  write_element(out, "add", app, port);
}

void write_no_port(root::Text& out, const AppName& app, unsigned port) noexcept {
  // Added first, it is there to be deleted.
  out.line("add chain ip hythe_tcp ", kChain, app.view());
  write_element(out, "add", app, port);
  write_element(out, "delete", app, port);
  out.line("flush chain ip hythe_tcp ", kChain, app.view());
  out.line("delete chain ip hythe_tcp ", kChain, app.view());
}

void write_no_ports(root::Text& out) noexcept {
  out.line("add table ip hythe_tcp");
  out.line("delete table ip hythe_tcp");
}

bool lists_port_frame(std::string_view listing) noexcept {
  for (const char* name : {"prerouting", "output"}) {
    const root::FixedText<64> mark(kFrameMark, name, "\"");
    if (listing.find(mark.view()) == std::string_view::npos) return false;
  }
  return true;
}

bool lists_port(std::string_view listing, const AppName& app, unsigned port,
                const PortTarget& target) noexcept {
  root::FixedText<128> mark;
  write_mark(mark, app, target);
  if (listing.find(mark.view()) == std::string_view::npos) return false;
  const root::FixedText<128> element(port, " : goto ", kChain, app.view());
  const std::size_t at = listing.find(element.view());
  if (at == std::string_view::npos || at + element.view().size() == listing.size())
    return false;
  // Not that of an app with a longer name.
  const char after = listing[at + element.view().size()];
  return after == ',' || after == ' ' || after == '\n';
}

}  // namespace hythe::route_helper
