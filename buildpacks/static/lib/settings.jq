# SPDX-License-Identifier: Apache-2.0
# What static.json may say, as on Heroku.

# Where an address has ${NAME} in it, the variable of that name is meant.
def variable: "\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\\}";
def with_variables: gsub(variable; "@VAR:\(.name)@");
def addresses: .canonical_host | select(. and . != true);
def variables: [addresses, .redirects[]?.url?, .proxies[]?.origin? | strings | match(variable; "g").captures[0].string] | unique;

def is($type; $what): if . == null or type == $type then . else error("\($what) is not of the type \($type)") end;
def fits($regex; $what; $example):
  if type == "string" and test($regex) then . else error("\($what) is \(tojson): write for example \($example)") end;

# An address without what would end it, or the line that it is in.
def address($what): fits("^[^\\s\"'\\\\;{}]*(\\$\\{[A-Za-z0-9_]+\\}[^\\s\"'\\\\;{}]*)*$"; $what; "\"https://example.com/\"");

# The first thing that nothing can be made of is an error.
def checked:
  (.root | is("string"; "root")),
  (.index | is("string"; "index")),
  (.error_page | is("string"; "error_page")),
  (.clean_urls | is("boolean"; "clean_urls")),
  (.https_only | is("boolean"; "https_only")),
  (.basic_auth | is("boolean"; "basic_auth")),
  (.worker_connections | is("number"; "worker_connections")),
  (.logging | is("object"; "logging") | .error? // "error"
   | fits("^(debug|info|notice|warn|error|crit|alert|emerg)$"; "logging.error"; "\"warn\"")),
  (.encoding // "utf-8" | fits("^[A-Za-z0-9_-]+$"; "encoding"; "\"UTF-8\"")),
  (.canonical_host // "none" | fits("^([A-Za-z0-9.:-]|\\$\\{[A-Za-z0-9_]+\\})+$"; "canonical_host"; "\"www.example.com\"")),
  (.routes | is("object"; "routes") // {} | .[] | is("string"; "a route")),
  (.headers | is("object"; "headers") // {} | .[] | is("object"; "a path of headers")),
  (.redirects | is("object"; "redirects") // {} | to_entries[] | .key as $from
   | .value | is("object"; "redirects of \($from)")
   | (.url | address("the url of \($from)")),
     (.status // 301 | select(IN(301, 302, 303, 307, 308) | not)
      | error("the status of \($from) is \(tojson): write 301, 302, 303, 307 or 308"))),
  (.proxies | is("object"; "proxies") // {} | to_entries[] | .key as $from
   | .value | is("object"; "proxies of \($from)")
   | .origin | address("the origin of \($from)")
     | fits("^(https?://[^/]|\\$\\{)"; "the origin of \($from)"; "\"https://api.example.com/\""));

def known: ["root", "index", "error_page", "routes", "headers", "clean_urls", "https_only", "canonical_host", "encoding",
  "logging", "redirects", "proxies", "basic_auth", "worker_connections"];

# What is not done, a line each.
def ignored:
  (keys - known | .[] | "\(.): not supported, ignored"),
  (select(.logging.access? == true) | "logging.access: the server in front logs every request, ignored"),
  (.logging // {} | keys - ["access", "error"] | .[] | "logging.\(.): not supported, ignored");
