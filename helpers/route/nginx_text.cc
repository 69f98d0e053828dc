// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/nginx_text.h"

#include "core/paths.h"

namespace hythe::route_helper {
namespace {

constexpr std::string_view kServerName = "    server_name ";

// A pool of connections per lane, which closes them before any app server would (1 s), and
// never sulks about a lane whose last containers went away (max_fails=0).
void write_upstream(root::Text& out, const AppName& app, Slot slot, Lane lane,
                    unsigned containers) noexcept {
  out.line("upstream ", app.view(), '-', letter(lane), " {");
  for (unsigned i = 0; i < containers; ++i)
    out.line("    server ", address_of(slot, lane, {i}).text().c_str, ':', kAppPort,
             " max_fails=0;");
  // An upstream must have a server; this one answers 502 without connecting anywhere.
  if (containers == 0) out.line("    server 127.0.0.1:9 down;");
  out.line("    keepalive 32;");
  out.line("    keepalive_timeout 1s;");
  out.line("}");
}

// open_file_cache: an administrator's would hide a marker from nginx for its validity.
//
// Host: $host is the name by which nginx chose this server, also where a request line with an
// absolute URI says otherwise than the Host header ($http_host), so that app and nginx never
// disagree about whom a request is for. It is lower-case and has no port; the port is in
// X-Forwarded-Port.
//
// What a client says about itself (X-Forwarded-…, Forwarded, Proxy) is overwritten, never
// appended to. Of the X-Accel headers an app may send only -Buffering, which turns buffering
// off for its streams; the others would reach into nginx.
//
// What a slow client does not take waits in the app, not on the host's disk.
constexpr const char* kServerBody = R"(    server_tokens off;
    open_file_cache off;
    client_max_body_size 100m;

    proxy_http_version 1.1;
    proxy_set_header Host $host;
    proxy_set_header Connection $hythe_connection;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header X-Real-IP $remote_addr;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-Host $host;
    proxy_set_header X-Forwarded-Port $server_port;
    proxy_set_header X-Request-Id $request_id;
    proxy_set_header X-Request-Start t=$msec;
    proxy_set_header Forwarded "";
    proxy_set_header Proxy "";
    proxy_ignore_headers X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Charset;
    proxy_redirect off;
    proxy_connect_timeout 5s;
    proxy_send_timeout 60s;
    proxy_read_timeout 60s;
    proxy_next_upstream error;
    proxy_next_upstream_timeout 10s;
    proxy_buffer_size 16k;
    proxy_buffers 8 16k;
    proxy_max_temp_file_size 0;
)";

constexpr const char* kNobody =
    "nothing of this app answers here at the moment: it is stopped, or has no web process";

// Literal names: with a variable nginx would search all upstreams for every request. From the
// highest marker down, as a switch expects; without any it is a. `break` keeps nginx from what
// follows.
void write_lanes(root::Text& out, const AppName& app, const RouteTable& table) noexcept {
  const auto write_target = [&](Lane lane) {
    if (table.web[lane] != 0)
      out.add("proxy_pass http://").add(app.view()).add('-').add(letter(lane)).add(';');
    else
      out.add("return 503 \"").add(kNobody).add("\\n\";");
  };
  out.line("        default_type text/plain;");
  for (auto lane = kLiveLanes.rbegin(); *lane != Lane::a; ++lane) {
    out.add("        if (-e ").add(paths::kLanes).add('/').add(app.view()).add('/');
    out.add(letter(*lane)).add(") { ");
    write_target(*lane);
    out.line(" break; }");
  }
  out.add("        ");
  write_target(Lane::a);
  out.line();
}

void write_public_server(root::Text& out, const AppName& app, const RouteTable& table,
                         Ipv6 ipv6) noexcept {
  out.line("server {");
  out.line("    listen 80;");
  if (ipv6 == Ipv6::present) out.line("    listen [::]:80;");
  for (const std::string_view domain : table.domains) out.line(kServerName, domain, ';');
  out.add(kServerBody);
  // While a reload is about to come, each answer closes its connection: the reload would, and
  // take a request with it that is on its way. 418 is nobody's answer; it only leads there.
  out.line("    error_page 418 = @closing;");
  out.line("    location / {");
  out.line("        if (-e ", paths::kReloading, ") { return 418; }");
  write_lanes(out, app, table);
  out.line("    }");
  out.line("    location @closing {");
  out.line("        keepalive_timeout 0;");
  write_lanes(out, app, table);
  out.line("    }");
  out.line("}");
}

// Answers three lines to whoever may enter /run/hythe/private, that is, to root: lane,
// generation, app. The app's name tells this server from nginx's default for the socket.
void write_observed_server(root::Text& out, const AppName& app) noexcept {
  out.line("server {");
  out.line("    listen unix:", paths::kNginxSocket, ';');
  out.line(kServerName, app.view(), ';');
  out.line("    access_log off;");
  out.line("    open_file_cache off;");
  out.line("    set $hythe_lane a;");
  for (const Lane lane : kLiveLanes)
    if (lane != Lane::a)
      out.line("    if (-e ", paths::kLanes, '/', app.view(), '/', letter(lane),
               ") { set $hythe_lane ", letter(lane), "; }");
}

/// FNV-1a. Nobody gains by a collision: the only texts that are compared are an app's own.
Generation hash(std::string_view text) noexcept {
  Generation value = 0xcbf29ce484222325U;
  for (const char c : text) {
    value ^= static_cast<unsigned char>(c);
    value *= 0x100000001b3U;
  }
  return value == 0 ? 1 : value;
}

}  // namespace

Generation write_nginx_text(root::Text& out, const AppName& app, Slot slot,
                            const RouteTable& table, Ipv6 ipv6) noexcept {
  out.line("# Written by hythe-route; what is changed here is lost. App: ", app.view());
  for (const Lane lane : kLiveLanes) write_upstream(out, app, slot, lane, table.web[lane]);
  write_public_server(out, app, table, ipv6);
  write_observed_server(out, app);
  const Generation generation = hash(out.view());
  out.line("    return 200 \"$hythe_lane\\n", generation, "\\n", app.view(), "\\n\";");
  out.line("}");
  return generation;
}

DomainList domains_of_nginx_text(std::string_view text) noexcept {
  DomainList domains;
  for (;;) {
    const std::size_t at = text.find(kServerName);
    if (at == std::string_view::npos) return domains;
    text.remove_prefix(at + kServerName.size());
    const std::size_t length = text.find(';');
    if (length == std::string_view::npos) return domains;
    // The observed server has the app's name, which is none.
    const auto domain = Domain::parse(std::string_view(text.data(), length));
    if (domain && !domains.add(*domain)) return domains;
  }
}

}  // namespace hythe::route_helper
