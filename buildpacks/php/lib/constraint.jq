# SPDX-License-Identifier: Apache-2.0
# composer's version constraints. A version is an array, [8, 2, 29]; a constraint is a list of
# alternatives, each a list of {low, below, not} that must all hold: low <= v < below, v != not.
# jq orders arrays as versions are ordered, and [8] comes before [8, 0, 0], so a partial version
# is a bound as it stands. Where composer reads "8.2" as 8.2.0 alone, it is any 8.2 here: nobody
# who writes it for PHP means the first release.

def to_numbers: split(".") | map(tonumber);

# "8.x" -> [8], "*" -> []
def parts: split(".") | (map(test("^[0-9]+$") | not) | index(true)) as $wild | .[:($wild // length)] | map(tonumber);

# The first version that no longer begins with these parts: [8, 2] -> [8, 3]
def bump: if . == [] then null else .[:-1] + [.[-1] + 1] end;

# composer fills up with zeros: ">8.2" has 8.2.1 in it, and "<=8.2" has not.
def full: (. + [0, 0, 0])[:3];

def bounds($operator):
  parts as $p
  | if   $operator == ">=" then {low: $p}
    elif $operator == ">"  then {low: ($p | full | bump)}
    elif $operator == "<"  then {below: $p}
    elif $operator == "<=" then {below: ($p | full | bump)}
    elif $operator == "!=" then {not: $p}
    elif $operator == "^"  then {low: $p, below: ($p[:1] | bump)}
    elif $operator == "~"  then {low: $p, below: ($p | if length > 1 then .[:-1] else . end | bump)}
    else {low: $p, below: ($p | bump)} end;

def clean: ltrimstr("v") | sub("[-@].*$"; "");
def version_form: "v?[0-9xX*]+(?:\\.[0-9xX*]+){0,3}(?:-[0-9A-Za-z.]+)?(?:@[a-zA-Z]+)?";

def alternative:
  ([capture("^\\s*(?<from>" + version_form + ")\\s+-\\s+(?<to>" + version_form + ")\\s*$")] | first) as $hyphen
  | if $hyphen then
      [{low: ($hyphen.from | clean | parts), below: ($hyphen.to | clean | parts | bump)}]
    elif test("^\\s*((\\^|~|>=|<=|>|<|!=|==?)?\\s*" + version_form + "(\\s+|\\s*,\\s*|$))+$") then
      [scan("(\\^|~|>=|<=|>|<|!=|==?)?\\s*(" + version_form + ")")
       | .[0] as $operator | .[1] | clean | bounds($operator)]
    else
      error("not a version constraint")
    end;

def constraint: if test("^\\s*$") then [[{}]] else [splits("\\s*\\|\\|?\\s*") | alternative] end;

def satisfies($constraint):
  . as $v
  | any($constraint[]; all(.[];
      (.low == null or $v >= .low) and (.below == null or $v < .below) and (.not == null or $v[:(.not | length)] != .not)));
