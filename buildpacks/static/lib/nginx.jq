# SPDX-License-Identifier: Apache-2.0
# From static.json to nginx.conf.template. @APP@, @LISTEN@, @WORKERS@ and @TMP@
# are filled in by start-static.
#
# Headers and routes are maps, not locations: a location with one add_header of
# its own would lose all those of the server.

def quoted: tostring | gsub("[\r\n]"; " ") | gsub("(?<c>[\\\\\"])"; "\\\(.c)") | "\"" + . + "\"";

# "/docs/**" -> "^/docs/.*$": ** is anything, * anything but a slash.
def glob:
  gsub("(?<c>[.+?^$(){}|\\[\\]\\\\])"; "\\\(.c)")
  | gsub("\\*\\*"; "\u0000") | gsub("\\*"; "[^/]*") | gsub("\u0000"; ".*")
  | "~^" + . + "$";

def path: if startswith("/") then . else "/" + . end;

# The most specific pattern first: the first match counts.
def by_length: to_entries | sort_by(.key | -length);

def headers:
  [(.headers // {}) | by_length[] | .key as $glob | .value | to_entries[]
   | {name: .key, glob: $glob, value}]
  | group_by(.name | ascii_downcase);

(.index // "index.html") as $index
| (.error_page // (if $has_404 then "404.html" else null end)) as $error_page
| headers as $headers
| "# Made by hythe's static buildpack from static.json.
worker_processes @WORKERS@;
daemon off;
pid @TMP@/nginx.pid;

events { worker_connections 1024; }

http {
  include @APP@/.hythe/static/mime.types;
  default_type application/octet-stream;
  charset utf-8;
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
  "  map $path $route {",
  "    default \"\";",
  ((.routes // {}) | by_length[] | "    \(.key | glob | quoted) \(.value | path | quoted);"),
  "  }",
  ($headers | to_entries[]
   | "  map $path $header_\(.key) {",
     "    default \(if .value[0].name | ascii_downcase == "cache-control" then "$cache_control" else "\"\"" end);",
     (.value[] | "    \(.glob | glob | quoted) \(.value | quoted);"),
     "  }"),
"
  server {
    listen @LISTEN@;
    root \("@APP@" + (if $root == "." then "" else "/" + $root end) | quoted);
    index \($index | quoted);",
  (if any($headers[]; .[0].name | ascii_downcase == "cache-control") then empty
   else "    add_header Cache-Control $cache_control;" end),
  ($headers | to_entries[] | "    add_header \(.value[0].name | quoted) $header_\(.key) always;"),
  (if $error_page then "    error_page 403 404 \($error_page | path | quoted);" else empty end),
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
    "      try_files $uri $uri.html $uri/ $route =404;"
   else
    "      try_files $uri $uri/ $route =404;"
   end),
"    }
  }
}"
