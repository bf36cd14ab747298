"""The targets of Package.swift: what each declares to depend on, and what its files import.

The compiler refuses the import of a module that is not declared at all; it does not see a product of a package that another one brings along, nor a
dependency that nobody imports any more.
"""
import functools
import json
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import rooms

# What comes with Swift and the system.
PLATFORM = {"Swift", "Foundation", "FoundationEssentials", "Dispatch", "Synchronization", "Testing", "Glibc", "Darwin"}


class Target(NamedTuple):
    name: str
    declared: set
    packages: set
    swift: list


@functools.cache
def manifest(root):
    done = subprocess.run(["swift", "package", "dump-package", "--manifest-cache", "none"], cwd=root, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def swift_files(root, target):
    folder = root / (target.get("path") or f"Sources/{target['name']}")
    left_out = [folder / name for name in target.get("exclude", [])]
    for source in target.get("sources") or ["."]:
        for path in sorted((folder / source).rglob("*.swift")):
            if not any(out == path or out in path.parents for out in left_out):
                yield path


@functools.cache
def of(root):
    found = []
    for target in manifest(root)["targets"]:
        kinds = [next(iter(one.items())) for one in target["dependencies"]]
        found.append(Target(
            target["name"], {names[0] for _, names in kinds}, {names[1].lower() for kind, names in kinds if kind == "product"},
            [] if target["type"] == "system" else list(swift_files(root, target))))
    return found


def imports(target):
    """Module to the first file of the target that imports it."""
    found = {}
    for path in target.swift:
        for name in rooms.IMPORT.findall(path.read_text()):
            found.setdefault(name, path)
    return {name: path for name, path in found.items() if name not in PLATFORM}


def faults(root):
    for target in of(root):
        if not target.swift:
            continue
        imported = imports(target)
        for name in sorted(imported.keys() - target.declared):
            yield f"{imported[name].relative_to(root)}: {target.name} imports {name} and does not declare it in Package.swift"
        for name in sorted(target.declared - imported.keys()):
            yield f"Package.swift: {target.name} declares {name} and does not import it"
    used = set().union(*(target.packages for target in of(root)))
    for package in manifest(root)["dependencies"]:
        for one in package.get("sourceControl", []):
            if one["identity"] not in used:
                yield f"Package.swift: no target uses a product of {one['identity']}"
