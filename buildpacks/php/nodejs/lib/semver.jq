# SPDX-License-Identifier: Apache-2.0
# npm's version ranges. A version is an array, [24, 1, 0]; a range is a list of
# alternatives, each a list of {low, below} that must all hold: low <= v < below.
# jq orders arrays as versions are ordered, and [24] comes before [24, 0, 0], so
# a partial version is a bound as it stands.
#
# Prerelease tags are dropped: only finished releases are offered here.

def to_numbers: split(".") | map(tonumber);

# "18.x" -> [18], "*" -> []
def parts:
  sub("^[v=]+"; "") | sub("[-+].*$"; "") | split(".") | .[:3]
  | (map(test("^[xX*]?$")) | index(true)) as $wild
  | .[:($wild // length)] | map(tonumber);

# The first version that no longer begins with these parts: [18, 2] -> [18, 3]
def bump: if . == [] then null else .[:-1] + [.[-1] + 1] end;

def caret: (map(. > 0) | index(true)) as $first | .[:(($first // (length - 1)) + 1)] | bump;

def bounds($operator):
  parts as $p
  | if   $operator == ">=" then {low: $p}
    elif $operator == ">"  then if $p == [] then {below: []} else {low: ($p | bump)} end
    elif $operator == "<"  then {below: $p}
    elif $operator == "<=" then {below: ($p | bump)}
    elif $operator == "^"  then {low: $p, below: ($p | caret)}
    elif $operator == "~" or $operator == "~>" then {low: $p, below: ($p[:2] | bump)}
    else {low: $p, below: ($p | bump)} end;

def version_form: "[v=]*[0-9xX*]+(?:\\.[0-9xX*]+){0,2}(?:[-+][0-9A-Za-z.+-]+)?";

def alternative:
  ([capture("^\\s*(?<from>" + version_form + ")\\s+-\\s+(?<to>" + version_form + ")\\s*$")] | first) as $hyphen
  | if $hyphen then
      [$hyphen | (.from | bounds(">=")), (.to | bounds("<="))]
    elif test("^\\s*$") then
      [{}]
    elif test("^\\s*((\\^|~>?|>=|<=|>|<|=)?\\s*" + version_form + "(\\s+|,\\s*|$|(?=[\\^~<>=])))+$") then
      [scan("(\\^|~>?|>=|<=|>|<|=)?\\s*(" + version_form + ")")
       | .[0] as $operator | .[1] | bounds($operator)]
    else
      error("not a version range")
    end;

def range: [splits("\\|\\|") | alternative];

def satisfies($range):
  . as $v
  | any($range[]; all(.[]; (.low == null or $v >= .low) and (.below == null or $v < .below)));

# Node.js majors enter long-term support in the last week of October: until 26
# the even ones, in the year they appear (2013 + major / 2); from 27 on each one,
# one a year. The registry does not say it, so it is reckoned.
def is_lts($today):
  .[0] as $major
  | (if $major >= 27 then 2000 + $major elif $major % 2 == 0 then 2013 + $major / 2 else null end) as $year
  | $major >= 4 and $year != null and $today >= "\($year)-10-28";

# The best of a list of version strings: the newest in the range, but rather an
# LTS release than a newer one that is not, when $today is given.
def best($range; $today):
  map(to_numbers | select(satisfies($range)))
  | (if $today == "" then . else (map(select(is_lts($today))) | if . == [] then null else . end) // . end)
  | max | if . == null then empty else map(tostring) | join(".") end;
