"""Which room leans on which, by the names they use, and the circles among them.

Swift imports name modules only; inside a module nothing keeps two folders from leaning on each other. A file leans on the file that declares a name
at its top level, when exactly one file does. A room is a folder; asked for at several depths, since a circle of floors hides in a line of folders.
"""
import re
from pathlib import Path

DECLARATION = re.compile(r"^(?!.*\b(?:private|fileprivate)\b)(?:[a-z@]+(?:\([a-z]+\))? )*(?:struct|class|enum|protocol|actor|typealias) (\w+)", re.M)


IMPORT = re.compile(r"^\s*(?:package |public |internal |private |fileprivate |@\w+ )*import (?:\w+ )?(\w+).*$", re.M)


def module(file):
    """The compiler target that the file belongs to, as Package.swift cuts them."""
    parts = Path(file).parts
    if parts[0] == "Sources":
        return parts[1]
    floor = parts[-2]
    return floor if floor != "Domain" else {"Commons": "CommonsDomain"}.get(parts[1], "Participation")


def leanings(root, files, code_of):
    """File to the pairs (file that declares a name, that name) which it uses, in its own module or in one that it imports."""
    code = {file: code_of((root / file).read_text()) for file in files}
    seen = {file: {module(file), *IMPORT.findall(text)} for file, text in code.items()}
    owners = {}
    for file, text in code.items():
        for name in DECLARATION.findall(text):
            owners.setdefault(name, set()).add(file)
    owner = {name: next(iter(where)) for name, where in owners.items() if len(where) == 1}
    return {
        file: {(owner[word], word) for word in set(re.findall(r"\b[A-Z]\w*", IMPORT.sub("", text)))
               if owner.get(word, file) != file and module(owner[word]) in seen[file]}
        for file, text in code.items()}


def room(file, depth):
    return "/".join(Path(file).parts[:-1][:depth])


def circles(leaning, depth):
    """The rooms from which a walk along the arrows leads back, as sorted lists, each with the names that tie it."""
    arrows = {}
    for file, others in leaning.items():
        for other, name in others:
            a, b = room(file, depth), room(other, depth)
            if a != b:
                arrows.setdefault(a, {}).setdefault(b, set()).add(name)

    def reach(start):
        seen, open_ = set(), [start]
        while open_:
            for next_ in arrows.get(open_.pop(), {}):
                if next_ not in seen:
                    seen.add(next_)
                    open_.append(next_)
        return seen

    reached = {a: reach(a) for a in arrows}
    found = {tuple(sorted(b for b in reached[a] if a in reached.get(b, ()))) for a in arrows if a in reached[a]}
    for ring in sorted(found):
        ties = [f"{a} → {b}: {', '.join(sorted(names)[:4])}" for a in ring for b, names in sorted(arrows[a].items()) if b in ring]
        yield ring, ties
