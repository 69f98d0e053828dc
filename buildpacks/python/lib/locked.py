# SPDX-License-Identifier: Apache-2.0
"""locked.py APP MANIFEST OUT: what pip is to install here, from what another tool has locked.

Reads Pipfile.lock, poetry.lock, uv.lock or pyproject.toml in APP, for the Python that runs this
(with its pip, whose parsers it borrows), and writes requirement files into OUT: pinned, remote
and local for pip's --no-deps, or wanted. Groups for development and extras are left out.
"""
import json
import os
import re
import sys
from urllib.parse import quote

from pip._vendor.packaging.markers import Marker, default_environment
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.specifiers import SpecifierSet
from pip._vendor.packaging.utils import canonicalize_name
from pip._vendor.packaging.version import Version

try:
    import tomllib
except ImportError:  # before Python 3.11
    from pip._vendor import tomli as tomllib


class Plan:
    def __init__(self):
        self.indexes, self.pinned, self.remote, self.local, self.wanted = [], [], [], [], []

    def index(self, url):
        if url not in self.indexes:
            self.indexes.append(url)

    def pin(self, name, version, hashes):
        if not hashes:
            sys.exit(f" !     {name} {version} is locked without hashes: lock again.")
        self.pinned.append(" ".join([f"{name}=={version}"] + [f"--hash={h}" for h in sorted(set(hashes))]))

    def repository(self, name, scheme, url, commit, subdirectory):
        fragment = f"#subdirectory={subdirectory}" if subdirectory else ""
        self.remote.append(f"{name} @ {scheme}+{url}@{commit}{fragment}")

    def directory(self, path, editable=True):
        path = "." if path in ("", ".") else path if path.startswith((".", "/")) else "./" + path
        self.local.append(("--editable " if editable else "") + path)

    def write(self, out):
        pypi = [i for i in self.indexes if i.rstrip("/") in ("https://pypi.org/simple", "https://pypi.python.org/simple")]
        extra = [i for i in self.indexes if i not in pypi]
        options = []
        # A mirror that the app's variables name stands for the first of the lock's indexes.
        if extra and not pypi and "PIP_INDEX_URL" not in os.environ:
            options.append("--index-url " + extra.pop(0))
        options += ["--extra-index-url " + i for i in extra]
        for name in "pinned", "remote", "local", "wanted":
            lines = getattr(self, name)
            if name == "pinned" and lines:
                lines = options + sorted(lines)
            with open(os.path.join(out, name), "w") as file:
                file.writelines(line + "\n" for line in lines)


def here(marker, extras=()):
    """Whether this marker holds on this Python, with one of these extras if it asks for one."""
    if not marker:
        return True
    return any(Marker(marker).evaluate({"extra": extra}) for extra in (*extras, ""))


def with_password(url, user, password):
    if not user and not password:
        return url
    return re.sub(r"^(https?://)", lambda m: f"{m[1]}{quote(user, '')}:{quote(password, '')}@", url)


def from_pipfile(lock, plan):
    for source in lock.get("_meta", {}).get("sources", []):
        plan.index(os.path.expandvars(source["url"]))
    for name, entry in lock.get("default", {}).items():
        if not here(entry.get("markers")):
            continue
        scheme = next((s for s in ("git", "hg", "svn", "bzr") if s in entry), None)
        if scheme:
            plan.repository(name, scheme, entry[scheme], entry.get("ref", "HEAD"), entry.get("subdirectory"))
        elif entry.get("path"):
            plan.directory(entry["path"], entry.get("editable", False))
        elif entry.get("file") and "version" not in entry:
            if re.match(r"https?://", entry["file"]):
                plan.remote.append(f"{name} @ {entry['file']}")
            else:
                plan.directory(entry["file"], entry.get("editable", False))
        else:
            plan.pin(name, entry["version"].lstrip("="), entry.get("hashes"))


def allows(constraint, version):
    """Poetry's constraints: ^1.2, ~1.2, 1.2, 1.2.*, >=1,<2, *, and || between them."""
    def one(part):
        part = part.strip()
        if part in ("", "*"):
            return True
        match = re.match(r"(\^|~(?!=))\s*v?([0-9][^\s]*)$", part)
        if match:
            low = Version(match[2])
            release = list(low.release)
            if match[1] == "~":
                keep = min(2, len(release))
            else:
                keep = next((i + 1 for i, n in enumerate(release) if n), len(release))
            high = release[:keep]
            high[-1] += 1
            return low <= version < Version(".".join(map(str, high)))
        if re.match(r"v?[0-9]", part):
            part = "==" + part
        elif re.match(r"=\s*v?[0-9]", part):
            part = "=" + part
        return SpecifierSet(re.sub(r"\s", "", part)).contains(version, prereleases=True)

    def every(group):
        return all(one(p) for p in re.split(r",|(?<=[0-9*])\s+(?=[<>=!~^])", group))

    return any(every(group) for group in re.split(r"\|\|?", constraint.strip("() ")))


def as_list(value):
    return value if isinstance(value, list) else [value]


def as_table(dependency):
    return {"version": dependency} if isinstance(dependency, str) else dependency


def poetrys_own(pyproject):
    """The app's own dependencies, as pairs of a name and a table of what is asked of it."""
    poetry = pyproject.get("tool", {}).get("poetry", {})
    project = pyproject.get("project", {})
    if "dependencies" in project:
        for text in project["dependencies"]:
            wanted = Requirement(text)
            yield wanted.name, {"version": str(wanted.specifier) or "*", "extras": list(wanted.extras),
                                "markers": str(wanted.marker) if wanted.marker else None}
        if "dependencies" not in project.get("dynamic", []):
            return
    for name, asked in poetry.get("dependencies", {}).items():
        for table in map(as_table, as_list(asked)):
            if name.lower() != "python" and not table.get("optional"):
                yield name, table


# What Poetry before 1.4 left out of its lock.
UNLOCKED = ("setuptools", "distribute", "pip")


def from_poetry(lock, plan, pyproject, app):
    packages = {}
    for package in lock.get("package", []):
        packages.setdefault(canonicalize_name(package["name"]), []).append(package)
    python = Version(default_environment()["python_full_version"])
    poetry = pyproject.get("tool", {}).get("poetry", {})
    own = canonicalize_name(poetry.get("name") or pyproject.get("project", {}).get("name", ""))
    done, queue = {}, [(name, table, ()) for name, table in poetrys_own(pyproject)]
    while queue:
        name, asked, of_extras = queue.pop()
        if asked.get("python") and not allows(asked["python"], python):
            continue
        if not here(asked.get("markers"), of_extras):
            continue
        fitting = [p for p in packages.get(canonicalize_name(name), [])
                   if allows(p.get("python-versions", "*"), python)
                   and allows(asked.get("version") or "*", Version(p["version"]))]
        if canonicalize_name(name) == own or (name in UNLOCKED and canonicalize_name(name) not in packages):
            continue
        if not fitting:
            sys.exit(f" !     poetry.lock has no {name} {asked.get('version') or ''} for Python {python}:"
                     " run poetry lock, and commit it.")
        package = max(fitting, key=lambda p: Version(p["version"]))
        key = canonicalize_name(name), package["version"]
        extras = set(map(canonicalize_name, asked.get("extras") or ()))
        if key in done and extras <= done[key][1]:
            continue
        extras |= done[key][1] if key in done else set()
        done[key] = package, extras
        chosen = {canonicalize_name(re.split(r"[^A-Za-z0-9._-]", needed)[0])
                  for extra, names in package.get("extras", {}).items() if canonicalize_name(extra) in extras
                  for needed in names}
        for needed, tables in package.get("dependencies", {}).items():
            for table in map(as_table, as_list(tables)):
                if not table.get("optional") or canonicalize_name(needed) in chosen:
                    queue.append((needed, table, tuple(extras)))

    files = lock.get("metadata", {}).get("files", {})
    for package, _ in done.values():
        name, source = package["name"], package.get("source", {})
        kind = source.get("type", "legacy")
        hashes = [f["hash"] for f in package.get("files") or files.get(name, [])]
        if kind in ("git", "hg"):
            plan.repository(name, kind, source["url"], source["resolved_reference"], source.get("subdirectory"))
        elif kind == "url":
            plan.remote.append(f"{name} @ {source['url']}")
        elif kind in ("directory", "file"):
            plan.directory(source["url"], kind == "directory" and package.get("develop", False))
        else:
            if source:
                label = re.sub(r"[^A-Za-z0-9]", "_", source.get("reference", "")).upper()
                secret = [os.environ.get(f"POETRY_HTTP_BASIC_{label}_{what}", "") for what in ("USERNAME", "PASSWORD")]
                plan.index(with_password(source["url"], *secret))
            else:
                plan.index("https://pypi.org/simple")
            plan.pin(name, package["version"], hashes)

    module = own.replace("-", "_")
    found = own and any(os.path.exists(os.path.join(app, directory, module + suffix))
                        for directory in ("", "src") for suffix in ("", ".py"))
    if poetry.get("package-mode", True) and "build-system" in pyproject and (found or poetry.get("packages")):
        plan.directory(".")


def from_uv(lock, plan, pyproject):
    packages = lock.get("package", [])

    def find(asked):
        fitting = [p for p in packages if p["name"] == asked["name"]
                   and asked.get("version", p.get("version")) == p.get("version")
                   and asked.get("source", p["source"]) == p["source"]]
        if len(fitting) > 1:
            fitting = [p for p in fitting if any(map(here, p.get("resolution-markers", [""])))]
        if not fitting:
            sys.exit(f" !     uv.lock has no {asked['name']} {asked.get('version', '')}: run uv lock, and commit it.")
        return fitting[0]

    members = lock.get("manifest", {}).get("members", [])
    app = [p for p in packages if "." in (p["source"].get("virtual"), p["source"].get("editable"))]
    if "project" in pyproject and not app:
        sys.exit(" !     uv.lock does not have the app itself: run uv lock next to its pyproject.toml.")
    # A workspace whose root is no project stands for all of its members.
    done, queue = {}, [(p, ()) for p in app or packages if app or p["name"] in members]
    while queue:
        package, extras = queue.pop()
        key = package["name"], package.get("version")
        if key in done and set(extras) <= done[key][1]:
            continue
        extras = set(extras) | (done[key][1] if key in done else set())
        done[key] = package, extras
        optional = package.get("optional-dependencies", {})
        for asked in package.get("dependencies", []) + [a for extra in extras for a in optional.get(extra, [])]:
            if here(asked.get("marker")):
                queue.append((find(asked), asked.get("extra", ())))

    wanted = pyproject.get("project", {}).get("dependencies", [])
    locked = {canonicalize_name(a["name"]) for p in app for a in p.get("dependencies", [])}
    behind = [r.name for r in map(Requirement, wanted) if canonicalize_name(r.name) not in locked]
    if behind:
        sys.exit(f" !     uv.lock does not have {', '.join(behind)} of pyproject.toml: run uv lock, and commit it.")

    names = {i.get("url", "").rstrip("/"): i.get("name", "") for i in pyproject.get("tool", {}).get("uv", {}).get("index", [])}
    for package, _ in done.values():
        name, source = package["name"], package["source"]
        files = package.get("wheels", []) + [package[s] for s in ("sdist",) if s in package]
        if "registry" in source:
            label = re.sub(r"[^A-Za-z0-9]", "_", names.get(source["registry"].rstrip("/"), "")).upper()
            secret = [os.environ.get(f"UV_INDEX_{label}_{what}", "") for what in ("USERNAME", "PASSWORD")]
            if re.match(r"https?://", source["registry"]):
                plan.index(with_password(source["registry"], *secret))
            plan.pin(name, package["version"], [f["hash"] for f in files if "hash" in f])
        elif "git" in source:
            url, _, commit = source["git"].partition("#")
            url, _, query = url.partition("?")
            subdirectory = re.search(r"(?:^|&)subdirectory=([^&]+)", query)
            plan.repository(name, "git", url, commit, subdirectory and subdirectory[1])
        elif "url" in source:
            plan.remote.append(f"{name} @ {source['url']}")
        elif "virtual" not in source:
            plan.directory(next(iter(source.values())), "editable" in source)


def from_pyproject(plan, pyproject):
    project = pyproject.get("project", {})
    if "build-system" not in pyproject:
        plan.wanted += project.get("dependencies", [])
    elif project and "dependencies" not in project.get("dynamic", []):
        plan.wanted += project.get("dependencies", [])
        plan.directory(".")
    else:
        plan.wanted.append("--editable .")


def read(app, name):
    try:
        with open(os.path.join(app, name), "rb") as file:
            return json.load(file) if name == "Pipfile.lock" else tomllib.load(file)
    except ValueError as error:  # both parsers' errors are ValueErrors
        sys.exit(f" !     {name}: {error}")


def main(app, manifest, out):
    plan = Plan()
    lock = read(app, manifest)
    try:
        if manifest == "Pipfile.lock":
            from_pipfile(lock, plan)
        elif manifest == "poetry.lock":
            from_poetry(lock, plan, read(app, "pyproject.toml"), app)
        elif manifest == "uv.lock":
            from_uv(lock, plan, read(app, "pyproject.toml"))
        else:
            from_pyproject(plan, lock)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        sys.exit(f" !     {manifest} is not as expected: {type(error).__name__} {error}")
    plan.write(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
