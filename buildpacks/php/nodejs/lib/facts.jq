# SPDX-License-Identifier: Apache-2.0
# What a build wants to know of package.json, as assignments of bash.

def some: . != null and length > 0;
def text: . // "" | tostring;
def directories:
  .cacheDirectories? // .cache_directories? // []
  | if type == "array" then map(tostring) else error("cacheDirectories is not a list of directories") end;

# Which package manager the app names: "pnpm@9.1.0+sha512.0a1b…" as corepack writes it.
def named:
  (.packageManager? | strings | capture("^(?<name>[^@]+)(@(?<version>[^+]*)(\\+(?<pin>.*))?)?$")
   | .source = "packageManager"),
  (.devEngines?.packageManager? | if type == "array" then .[] else . end
   | objects | select(.name | type == "string") | .source = "devEngines.packageManager");

# What it asks of one: a range, where it asks, and the sum of the archive.
def wish($name):
  first((named | select(.name == $name and (.version | some))),
        {version: (.engines[$name]? // null), source: "engines.\($name)"})
  | "\($name)_wish=(" + @sh "\(.version | text) \(.source) \(.pin | text)" + ")";

# One list, so that an error comes before all output.
[ @sh "engines_node=\(.engines.node? | text)",
  wish("npm", "yarn", "pnpm", "bun"),
  @sh "named_manager=\(first(named.name, ""))",
  @sh "engines=\(" " + ([.engines? | objects | keys[]] | join(" ")) + " ")",
  "has_engine=\(.engine? | some)",
  "cache_directories=(" + @sh "\(directories)" + ")",
  @sh "scripts=\(" " + ((.scripts // {}) | keys | join(" ")) + " ")",
  @sh "empty_scripts=\(" " + ([.scripts // {} | to_entries[] | select(.value == "").key] | join(" ")) + " ")",
  "has_dependencies=\(any(.dependencies, .optionalDependencies, .peerDependencies, .workspaces; some))",
  "has_dev_dependencies=\(.devDependencies | some)",
  "has_workspaces=\(.workspaces | some)" ]
| .[]
