# SPDX-License-Identifier: Apache-2.0
# What a build wants to know of composer.json, as assignments of bash. $locks[0] is composer.lock,
# or null. Scalingo's names for extra.hythe are understood.

def object($what): if . == null then {} elif type == "object" then . else error("\($what) is not an object") end;
def string($what): if . == null or type == "string" then . // "" else error("\($what) is not a string") end;
def strings($what):
  if . == null then [] elif type == "string" then [.]
  elif type == "array" and all(.[]; type == "string") then . else error("\($what) is not a list of strings") end;

# "php", "ext-intl", "composer-runtime-api": not from a repository of packages.
def is_platform: test("^(php(-64bit|-ipv6|-zts|-debug)?|hhvm|(ext|lib)-.*|composer(-(runtime|plugin)-api)?)$");
def extensions: keys | map(select(startswith("ext-")) | ltrimstr("ext-") | ascii_downcase);

($locks[0]) as $lock
| (.extra | if type == "object" then . else {} end) as $extra
| (first("hythe", "scalingo", "paas" | select($extra[.] != null)) // "hythe") as $name
| ($extra[$name] | object("extra.\($name)")) as $settings
| (.require | if . == [] then {} else object("require") end) as $require
| ([$lock.packages[]? | (.replace, .provide) | objects | extensions[]]) as $provided
| first(
    ($file_version | select(. != "") | [., ".php-version"]),
    ($settings.engines.php? | values | [., "extra.\($name).engines.php"]),
    ($PHP_VERSION | select(. != "") | [., "PHP_VERSION"]),
    # What the dependencies were chosen for: any release of that series will do.
    (.config.platform.php? | strings | [sub("^(?<series>[0-9]+\\.[0-9]+).*$"; "\(.series).*"), "config.platform.php of composer.json"]),
    ($require.php | values | [., "require.php of composer.json"]),
    ["", ""]) as [$wanted, $source]
# One list, so that an error comes before all output.
| [ @sh "wanted_php=\($wanted | string($source))",
    @sh "wanted_source=\($source)",
    @sh "extensions=(\($require | extensions))",
    # Some of these may be met in another way, which composer knows.
    @sh "lock_extensions=(\([$lock.packages[]?.require | objects | extensions[]] | unique - $provided))",
    "has_dependencies=\(any($require | keys[]; is_platform | not))",
    "has_autoload=\(.autoload | . != null and length > 0)",
    "has_compile_script=\(.scripts.compile? != null)",
    # Without a lock, composer calls it an update.
    "install_calls_node=\([.scripts | objects
        | .[("pre", "post") + "-" + ((if $lock then "install" else "update" end) + "-cmd", "autoload-dump")], .["auto-scripts"]]
      | tostring | test("(^|[^A-Za-z0-9_./-])(node|npm|npx|yarn|pnpm|bun|bunx)[^A-Za-z0-9_./-]"))",
    @sh "vendor_dir=\(.config["vendor-dir"]? | string("config.vendor-dir") | if . == "" then "vendor" else rtrimstr("/") end)",
    @sh "settings=extra.\($name)",
    @sh "document_root=\($settings["document-root"] | string("document-root"))",
    @sh "index_document=\($settings["index-document"] | string("index-document") | if . == "" then "index.php" else . end)",
    @sh "nginx_includes=(\($settings["nginx-includes"] | strings("nginx-includes")))",
    @sh "php_config=(\($settings["php-config"] | strings("php-config")))",
    @sh "php_includes=(\($settings["php-includes"] | strings("php-includes")))",
    @sh "log_files=(\($settings["log-files"] | strings("log-files")))",
    # It writes its log to a file, unless it is told otherwise.
    "is_laravel=\([($require | keys[]), $lock.packages[]?.name] | any(. == "laravel/framework" or . == "laravel/lumen-framework"))",
    @sh "compile_commands=(\($settings.compile | strings("compile")))",
    @sh "unknown_settings=(\(($settings | keys - ["engines", "document-root", "index-document", "nginx-includes",
      "php-config", "php-includes", "log-files", "compile"])
      + [$settings.engines? | objects | keys - ["php"] | .[] | "engines.\(.)"]))" ]
| .[]
