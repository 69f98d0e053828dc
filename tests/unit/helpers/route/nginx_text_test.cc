// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/nginx_text.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace hythe::route_helper {
namespace {

struct Written {
  std::string text;
  Generation generation;
};

Written write(const char* app, unsigned slot, const std::string& table_text,
              Ipv6 ipv6 = Ipv6::present) {
  const auto table = parse_route_table(table_text);
  EXPECT_TRUE(table) << table_text;
  root::FixedText<kMaxNginxText> text;
  const auto generation = write_nginx_text(text, *AppName::parse(app), {slot}, *table, ipv6);
  return {std::string(text.view()), generation};
}

std::string table_of(unsigned a, unsigned b, unsigned c, unsigned d,
                     const std::string& domains) {
  return "route 1\ncontainers " + std::to_string(a) + ' ' + std::to_string(b) + ' ' +
         std::to_string(c) + ' ' + std::to_string(d) + '\n' + domains + "end\n";
}

/// As many as an app may have, each as long as may be.
std::string most_domains() {
  std::string domains;
  for (int i = 10; i < 74; ++i)
    domains += "domain " + std::string(63, 'a') + '.' + std::string(63, 'b') + '.' +
               std::string(63, 'c') + '.' + std::string(58, 'd') + 'x' + std::to_string(i) +
               '\n';
  return domains;
}

/// nginx's own way to read a file, as far as we use it: words, ';', '{', '}', "…", #.
/// A directive is its words and its depth.
struct Directive {
  std::vector<std::string> words;
  int depth;
};

std::vector<Directive> read_as_nginx(const std::string& text) {
  std::vector<Directive> all;
  std::vector<std::string> words;
  int depth = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      ++i;
    } else if (c == '#') {
      i = text.find('\n', i);
    } else if (c == ';' || c == '{') {
      EXPECT_FALSE(words.empty());
      all.push_back({words, depth});
      words.clear();
      if (c == '{') ++depth;
      ++i;
    } else if (c == '}') {
      EXPECT_TRUE(words.empty());
      --depth;
      EXPECT_GE(depth, 0);
      ++i;
    } else if (c == '"') {
      const std::size_t end = text.find('"', i + 1);
      words.push_back(text.substr(i + 1, end - i - 1));
      i = end + 1;
    } else {
      const std::size_t end = text.find_first_of(" \n\t\r;{}", i);
      words.push_back(text.substr(i, end - i));
      i = end;
    }
  }
  EXPECT_EQ(depth, 0);
  EXPECT_TRUE(words.empty());
  return all;
}

TEST(NginxText, IsExactlyThis) {
  const Written written = write(
      "shop", 1, table_of(1, 2, 0, 1, "domain shop.example.org\ndomain *.shop.example.org\n"));
  EXPECT_EQ(written.text, R"(# Written by hythe-route; what is changed here is lost. App: shop
upstream shop-a {
    server 10.214.1.1:8080 max_fails=0;
    keepalive 32;
    keepalive_timeout 1s;
}
upstream shop-b {
    server 10.214.1.33:8080 max_fails=0;
    server 10.214.1.34:8080 max_fails=0;
    keepalive 32;
    keepalive_timeout 1s;
}
upstream shop-c {
    server 127.0.0.1:9 down;
    keepalive 32;
    keepalive_timeout 1s;
}
upstream shop-d {
    server 10.214.1.97:8080 max_fails=0;
    keepalive 32;
    keepalive_timeout 1s;
}
server {
    listen 80;
    listen [::]:80;
    server_name shop.example.org;
    server_name *.shop.example.org;
    server_tokens off;
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
    error_page 418 = @closing;
    location / {
        if (-e /run/hythe/reloading) { return 418; }
        default_type text/plain;
        if (-e /run/hythe/lanes/shop/d) { proxy_pass http://shop-d; break; }
        if (-e /run/hythe/lanes/shop/c) { return 503 "nothing of this app answers here at the moment: it is stopped, or has no web process\n"; break; }
        if (-e /run/hythe/lanes/shop/b) { proxy_pass http://shop-b; break; }
        proxy_pass http://shop-a;
    }
    location @closing {
        keepalive_timeout 0;
        default_type text/plain;
        if (-e /run/hythe/lanes/shop/d) { proxy_pass http://shop-d; break; }
        if (-e /run/hythe/lanes/shop/c) { return 503 "nothing of this app answers here at the moment: it is stopped, or has no web process\n"; break; }
        if (-e /run/hythe/lanes/shop/b) { proxy_pass http://shop-b; break; }
        proxy_pass http://shop-a;
    }
}
server {
    listen unix:/run/hythe/private/nginx.sock;
    server_name shop;
    access_log off;
    open_file_cache off;
    set $hythe_lane a;
    if (-e /run/hythe/lanes/shop/b) { set $hythe_lane b; }
    if (-e /run/hythe/lanes/shop/c) { set $hythe_lane c; }
    if (-e /run/hythe/lanes/shop/d) { set $hythe_lane d; }
    return 200 "$hythe_lane\n)" +
                              std::to_string(written.generation) + R"(\nshop\n";
}
)");
}

TEST(NginxText, ReadByNginxHasTheseDirectivesAndNoOthers) {
  for (const unsigned slot : {1U, 255U, 510U})
    for (const char* app : {"a", "shop", "abcdefghijklmnopqrstuvwxyz-123"})
      for (const unsigned count : {1U, 2U, 30U}) {
        const auto read =
            read_as_nginx(write(app, slot, table_of(count, 30, 0, 30, most_domains())).text);
        std::map<std::string, unsigned> times;
        for (const Directive& each : read)
          ++times[std::to_string(each.depth) + each.words.front()];
        const std::map<std::string, unsigned> expected{{"0upstream", 4},
                                                       {"0server", 2},
                                                       {"1server", count + 61},
                                                       {"1keepalive", 4},
                                                       {"1keepalive_timeout", 4},
                                                       {"1listen", 3},
                                                       {"1server_name", 65},
                                                       {"1server_tokens", 1},
                                                       {"1open_file_cache", 2},
                                                       {"1client_max_body_size", 1},
                                                       {"1proxy_http_version", 1},
                                                       {"1proxy_max_temp_file_size", 1},
                                                       {"1proxy_set_header", 12},
                                                       {"1proxy_ignore_headers", 1},
                                                       {"1proxy_redirect", 1},
                                                       {"1proxy_connect_timeout", 1},
                                                       {"1proxy_send_timeout", 1},
                                                       {"1proxy_read_timeout", 1},
                                                       {"1proxy_next_upstream", 1},
                                                       {"1proxy_next_upstream_timeout", 1},
                                                       {"1proxy_buffer_size", 1},
                                                       {"1proxy_buffers", 1},
                                                       {"1error_page", 1},
                                                       {"1location", 2},
                                                       {"2keepalive_timeout", 1},
                                                       {"2default_type", 2},
                                                       {"2if", 7},
                                                       {"3return", 3},
                                                       {"3proxy_pass", 4},
                                                       {"3break", 6},
                                                       {"2proxy_pass", 2},
                                                       {"1access_log", 1},
                                                       {"1set", 1},
                                                       {"1if", 3},
                                                       {"2set", 3},
                                                       {"1return", 1}};
        EXPECT_EQ(times, expected);
      }
}

TEST(NginxText, HasRoomForTheMost) {
  const std::string app(AppName::kMaxLength, 'x');
  const auto table = table_of(30, 30, 30, 30, most_domains());
  EXPECT_LT(write(app.c_str(), Slot::kLast, table).text.size(), kMaxNginxText);
}

TEST(NginxText, ListensOnIpv4OnlyWhereThereIsNothingElse) {
  const auto text = write("shop", 1, table_of(1, 1, 1, 1, "domain a.ex\n"), Ipv6::absent).text;
  EXPECT_EQ(text.find("[::]"), std::string::npos);
}

TEST(NginxText, HasAnotherGenerationForEveryOtherText) {
  const auto base = write("shop", 1, table_of(1, 1, 1, 1, "domain a.ex\n"));
  EXPECT_EQ(base.generation,
            write("shop", 1, table_of(1, 1, 1, 1, "domain a.ex\n")).generation);
  EXPECT_NE(base.generation, 0U);
  EXPECT_NE(base.generation,
            write("shop", 2, table_of(1, 1, 1, 1, "domain a.ex\n")).generation);
  EXPECT_NE(base.generation,
            write("shop", 1, table_of(1, 2, 1, 1, "domain a.ex\n")).generation);
  EXPECT_NE(base.generation,
            write("shop", 1, table_of(1, 1, 1, 1, "domain b.ex\n")).generation);
  EXPECT_NE(base.generation,
            write("shoq", 1, table_of(1, 1, 1, 1, "domain a.ex\n")).generation);
}

}  // namespace
}  // namespace hythe::route_helper
