# SPDX-License-Identifier: Apache-2.0
# From static.json to nginx.conf.template. @APP@, @LISTEN@, @WORKERS@, @TMP@, @AUTH@, @RESOLVER@ and
# @VAR:NAME@, a variable of the app, are filled in by fill-static.
#
# Headers and routes are maps, not locations: a location with one add_header of
# its own would lose all those of the server.
include "settings";

def quoted: tostring | gsub("[\r\n]"; " ") | gsub("(?<c>[\\\\\"])"; "\\\(.c)") | "\"" + . + "\"";
def escaped: gsub("(?<c>[.+?^$(){}|\\[\\]\\\\])"; "\\\(.c)");

# "/docs/**" -> "^/docs/.*$": ** is anything, * anything but a slash.
def glob:
  escaped | gsub("\\*\\*"; "\u0000") | gsub("\\*"; "[^/]*") | gsub("\u0000"; ".*") | "~^" + . + "$";

def path: if startswith("/") then . else "/" + . end;

# The most specific pattern first: the first match counts.
def by_length: to_entries | sort_by(.key | -length);

def headers:
  [(.headers // {}) | by_length[] | .key as $glob | .value | to_entries[]
   | {name: .key, glob: $glob, value}]
  | group_by(.name | ascii_downcase);

# What is asked where there is no file: another server, whose address is that of the origin; its
# answers name this one, too.
def proxy($i; $path; $origin):
  "
    location @proxy_\($i) {
      set $origin \($origin | with_variables | quoted);
      if ($origin ~ \"^(https?)://([^/]+)(.*?)/?$\") {
        set $origin_scheme $1;
        set $origin_host $2;
        set $origin_path $3;
      }
      rewrite \("^" + ($path | rtrimstr("/") | escaped) + "/?(.*)$" | quoted) $origin_path/$1 break;
      proxy_pass $origin_scheme://$origin_host;
      proxy_redirect http://$origin_host$origin_path/ \($path | rtrimstr("/") + "/" | quoted);
      proxy_redirect https://$origin_host$origin_path/ \($path | rtrimstr("/") + "/" | quoted);
      proxy_http_version 1.1;
      proxy_ssl_server_name on;
      # The server in front has a limit.
      client_max_body_size 0;
    }";

def redirect($i; $to):
  "
    location @redirect_\($i) { return \($to.status // 301) \($to.url | with_variables | quoted); }";

(.index // "index.html") as $index
| (.error_page // (if $has_404 then "404.html" else null end)) as $error_page
| headers as $headers
| ((.proxies // {}) | by_length) as $proxies
| ((.redirects // {}) | to_entries) as $redirects
| "# Made by hythe's static buildpack from static.json.
worker_processes @WORKERS@;
daemon off;
pid @TMP@/nginx.pid;
error_log stderr \(.logging.error // "error");

events { worker_connections \(.worker_connections // 1024); }

http {
  include @APP@/.hythe/static/mime.types;
  default_type application/octet-stream;
  charset \(.encoding // "utf-8" | ascii_downcase);
  # The server in front logs every request.
  access_log off;
  log_not_found off;
  client_body_temp_path @TMP@/body;
  proxy_temp_path @TMP@/proxy;
  fastcgi_temp_path @TMP@/fastcgi;
  uwsgi_temp_path @TMP@/uwsgi;
  scgi_temp_path @TMP@/scgi;

  sendfile on;
  tcp_nopush on;
  # Longer than the connections that the server in front keeps open.
  keepalive_timeout 75s;
  server_tokens off;
  # This port is not the one that visitors see.
  absolute_redirect off;

  gzip on;
  gzip_vary on;
  gzip_proxied any;
  gzip_min_length 1024;
  gzip_types text/css text/plain text/xml text/javascript application/javascript application/json
             application/manifest+json application/xml application/rss+xml application/wasm image/svg+xml;

  map $request_uri $path { \"~^(?<before_query>[^?]*)\" $before_query; }
  # A name with a hash in it never changes its content; all else is asked for again.
  map $uri $cache_control {
    default no-cache;
    \"~[.-](?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\\.(?:css|js|mjs|woff2?|png|jpe?g|gif|svg|webp|avif|wasm)$\" \"public, max-age=31536000, immutable\";
    \"~[.-](?=\\w*[0-9])(?=\\w*[a-z])(?=\\w*[A-Z])\\w{8}\\.(?:css|js|mjs|woff2?|png|jpe?g|gif|svg|webp|avif|wasm)$\" \"public, max-age=31536000, immutable\";
  }",
  "  # Where there is no file: other servers and redirects come before routes.
  map $path $fallback {",
  "    default \"@404\";",
  ($redirects | to_entries[] | "    \(.value.key | path | quoted) @redirect_\(.key);"),
  ($proxies | to_entries[] | "    \("~^" + (.value.key | path | escaped) | quoted) @proxy_\(.key);"),
  "  }",
  "  map $path $route_of_path {",
  "    default \"\";",
  ((.routes // {}) | by_length[] | "    \(.key | glob | quoted) \(.value | path | quoted);"),
  "  }",
  "  map $fallback $route {
    default \"\";
    @404 $route_of_path;
  }",
  ($headers | to_entries[]
   | "  map $path $header_\(.key) {",
     "    default \(if .value[0].name | ascii_downcase == "cache-control" then "$cache_control" else "\"\"" end);",
     (.value[] | "    \(.glob | glob | quoted) \(.value | quoted);"),
     "  }"),
  (if .canonical_host then
  "  # Whoever asks without the server in front does so on purpose.
  map $host $is_elsewhere {
    default 1;
    \(.canonical_host | with_variables | quoted) 0;
  }
  map $http_x_forwarded_proto:$is_elsewhere $moves_from {
    default \"\";
    http:1 http;
    https:1 https;
  }"
   else empty end),
"
  server {
    listen @LISTEN@;
    root \("@APP@" + (if $root == "." then "" else "/" + $root end) | quoted);
    index \($index | quoted);
    @AUTH@",
  (if any($headers[]; .[0].name | ascii_downcase == "cache-control") then empty
   else "    add_header Cache-Control $cache_control;" end),
  ($headers | to_entries[] | "    add_header \(.value[0].name | quoted) $header_\(.key) always;"),
  (if $error_page then "    error_page 403 404 500 \($error_page | path | quoted);" else empty end),
  (if .https_only then "    if ($http_x_forwarded_proto = http) { return 301 https://$host$request_uri; }" else empty end),
  (if .canonical_host then
   "    if ($moves_from) { return 301 $moves_from://\(.canonical_host | with_variables)$request_uri; }"
   else empty end),
  (if $proxies == [] then empty else "    resolver @RESOLVER@ ipv6=off;" end),
  "
    # Not part of the site.
    location ~ /\\.(?!well-known/) { return 404; }",
  (if $root == "." then
    "    location ~ ^/(?:Procfile|static\\.json|Staticfile|app\\.json|scalingo\\.json)$ { return 404; }"
   else empty end),
  "
    location / {",
  (if .clean_urls == true then
    "      # Not where the path begins with two slashes: that would lead to another host.",
    "      if ($request_uri ~ \"^(/(?![/\\\\\\\\])(?:[^?]*/)?)index\\.html(\\?.*)?$\") { return 301 $1$2; }",
    "      if ($request_uri ~ \"^(/(?![/\\\\\\\\])[^?]*)\\.html(\\?.*)?$\") { return 301 $1$2; }",
    "      try_files $uri $uri.html $uri/ $route $fallback;"
   else
    "      try_files $uri $uri/ $route $fallback;"
   end),
"    }

    location @404 { return 404; }",
  ($proxies | to_entries[] | proxy(.key; .value.key | path; .value.value.origin)),
  ($redirects | to_entries[] | redirect(.key; .value.value)),
"  }
}"
