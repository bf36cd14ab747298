#!/usr/bin/env python3
"""House rules that a compiler does not see. Prints what breaks them, then "N passed, N failed".

    python3 Tests/Tidy/tidy.py
"""
import re
import subprocess
import sys
from pathlib import Path

import rooms
import targets

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE, LONGEST_FUNCTION = 400, 70
FORBIDDEN_NAMES = re.compile(r"(Utils?|Helpers?|Manager|Base|Core)$|\+")
SQL_WORDS = re.compile(r'"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|ALTER TABLE)\s', re.M)
# Where SQL may stand: the Domain floors, the database library, tests; and where rows are written in bulk and the operator stands for
# the rules: imports, and the filler of the benchmarks.
SQL_FLOORS = re.compile(r"/(Domain|Tests)/|^Sources/Database/|^Sources/Imports/|^Sources/isegoria/BenchData|^Tests/")


def swift_files():
    for folder in ("Sources", "Features", "Tests"):
        yield from sorted((ROOT / folder).rglob("*.swift"))


def code_of(text):
    """The text with comments and the words of strings blanked, lines kept."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    text = re.sub(r'#*"""(?:[^\\]|\\.)*?"""#*', blank, text, flags=re.S)
    text = re.sub(r'#"[^"\n]*"#', blank, text)
    text = re.sub(r'"(?:[^"\\\n]|\\\((?:[^()\n]|\([^()\n]*\))*\)|\\.)*"', blank, text)
    text = re.sub(r"//[^\n]*", blank, text)
    return re.sub(r"`[^`\n]*`", lambda m: "x" * len(m.group(0)), text)


def functions(code):
    """Line and length of each function, by counting braces."""
    lines = code.split("\n")
    for start, line in enumerate(lines):
        if not re.search(r"\b(func|init)\b\s*[^=]*[(<]", line) or line.strip().startswith("@available"):
            continue
        depth, opened = 0, False
        for end in range(start, len(lines)):
            depth += lines[end].count("{") - lines[end].count("}")
            opened = opened or "{" in lines[end]
            if opened and depth <= 0:
                yield start + 1, end - start + 1
                break
            if not opened and end - start > 12:
                break


def check_files():
    for path in swift_files():
        name, text = path.relative_to(ROOT).as_posix(), path.read_text()
        lines = text.count("\n")
        if lines > LONGEST_FILE:
            yield f"{name}: {lines} lines, {LONGEST_FILE} at most"
        if FORBIDDEN_NAMES.search(path.stem):
            yield f"{name}: a name that says nothing"
        code = code_of(text)
        for line, length in functions(code):
            # A list of routes is a list, not a function to hold in one's head.
            if length > LONGEST_FUNCTION and "func routes(" not in code.split("\n")[line - 1]:
                yield f"{name}:{line}: a function of {length} lines, {LONGEST_FUNCTION} at most"
        is_test = "/Tests/" in f"/{name}"
        if not is_test:
            for pattern, what in ((r"\btry!", "try!"), (r"\bas!", "as!"), (r"\bfatalError\b", "fatalError"), (r"[\w)\]]!(?![=\w])", "a forced unwrap")):
                for match in re.finditer(pattern, code):
                    yield f"{name}:{code.count(chr(10), 0, match.start()) + 1}: {what}"
        if not SQL_FLOORS.search(name):
            for match in SQL_WORDS.finditer(text):
                yield f"{name}:{text.count(chr(10), 0, match.start()) + 1}: SQL outside of a Domain floor"
        if re.search(r":\s*Follower\b", code) and re.search(r"switch\s+\w*\.?kind\b", code):
            yield f"{name}: a follower that switches on kinds of events"


def forbidden_words():
    """The glossary's "Never on any page", by language."""
    text = (ROOT / "docs/GLOSSARY.md").read_text()
    words, language = {}, None
    for line in text.split("## Never on any page")[1].split("\n"):
        if line.rstrip(":") in ("English", "French"):
            language = {"English": "en", "French": "fr"}[line.rstrip(":")]
        elif line.startswith("- ") and language:
            words.setdefault(language, []).append(line[2:].strip())
    return words


def check_words():
    words = forbidden_words()
    for language, list_ in words.items():
        pattern = re.compile(r"\b(" + "|".join(map(re.escape, list_)) + r")\b", re.I)
        catalogue = (ROOT / f"Locales/{language}.json").read_text()
        for number, line in enumerate(catalogue.split("\n"), 1):
            value = line.split(":", 1)[-1]
            found = pattern.search(value)
            if found:
                yield f"Locales/{language}.json:{number}: “{found.group(0)}” stands on no page"
    if not words.get("en") or not words.get("fr"):
        yield "docs/GLOSSARY.md: its list of words for no page was not found"


def check_map():
    path = ROOT / "docs/ARCHITECTURE.md"
    if not path.exists():
        return
    text = path.read_text()
    for group in ("Commons", "Components"):
        for room in sorted(p.name for p in (ROOT / "Features" / group).iterdir() if p.is_dir()):
            if not re.search(rf"\b{room}\b", text):
                yield f"docs/ARCHITECTURE.md: {group}/{room} is not on the map"
    for library in sorted(p.name for p in (ROOT / "Sources").iterdir() if p.is_dir()):
        if f"- `Sources/{library}` —" not in text:
            yield f"docs/ARCHITECTURE.md: Sources/{library} is not on the map"
    table = "".join(line for line in text.split("\n") if line.startswith("| "))
    for target in targets.of(ROOT):
        if target.swift and f"`{target.name}`" not in table:
            yield f"docs/ARCHITECTURE.md: the target {target.name} is not in the table of floors"


def check_paths_in_docs():
    """What a page names in backticks as a path of ours is there."""
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "Features").rglob("README.md"))]:
        for number, line in enumerate(path.read_text().split("\n"), 1):
            for name in re.findall(r"`((?:Sources|Features|Tests|Assets|scripts|packaging|Benchmarks)/[\w./-]*[\w/])`", line):
                if not (ROOT / name).exists():
                    yield f"{path.relative_to(ROOT)}:{number}: {name} is not there"


def check_targets():
    """A target declares what it imports, and nothing else."""
    yield from targets.faults(ROOT)


def check_circles():
    files = [p.relative_to(ROOT).as_posix() for p in swift_files()]
    leaning = rooms.leanings(ROOT, [f for f in files if "/Tests/" not in f"/{f}"], code_of)
    for depth in (2, 3, 4):
        for ring, ties in rooms.circles(leaning, depth):
            yield f"rooms that lean on one another in a circle: {', '.join(ring)}; " + "; ".join(ties[:12])


def check_french_spaces():
    """French puts a no-break space before ? ! ; : » and after «: an ordinary one lets the mark fall to the next line."""
    for number, line in enumerate((ROOT / "Locales/fr.json").read_text().split("\n"), 1):
        words = line.partition('": ')[2] or line
        if re.search(r"[^\s\"] [?!;:»]|« ", words):
            yield f"Locales/fr.json:{number}: an ordinary space beside ? ! ; : « or »"


def check_script(name):
    def check():
        done = subprocess.run([sys.executable, str(ROOT / "scripts" / name), "--check"], capture_output=True, text=True, cwd=ROOT)
        if done.returncode != 0:
            yield f"scripts/{name} --check: " + (done.stdout + done.stderr).strip()[-1500:]
    return check


def main():
    checks = {
        "files and functions": check_files, "words for no page": check_words, "the map": check_map, "paths in docs": check_paths_in_docs,
        "imports and dependencies": check_targets, "no circle between rooms": check_circles,
        "French spaces": check_french_spaces, "message keys": check_script("message-keys"), "embedded files": check_script("embed-assets"),
    }
    passed = failed = 0
    for name, check in checks.items():
        faults = list(check())
        passed, failed = (passed + 1, failed) if not faults else (passed, failed + 1)
        for fault in faults:
            print(f"FAULT {name}: {fault}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
