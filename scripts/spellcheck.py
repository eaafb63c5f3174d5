"""Checks the Danish texts with hunspell and the project's own word list.

Read are the texts under every `da:` key of the YAML files that ship, and the
Danish pages of docs/da. Every unknown word is printed with its file; a word that
is right goes into scripts/words-da.txt.
"""

import re
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
YAML_FILES = [
    "Sources/*/Resources/**/*.yaml",
    "plans/**/*.yaml",
]
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?-?")
NOT_PROSE = re.compile(
    r"\{[^{}]*\}"  # arguments
    r"|https?://\S+|www\.\S+|\S+@\S+"
    r"|</?[a-z][^>]*>"
)
NOT_PROSE_MARKDOWN = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)", re.DOTALL)


def danish(node):
    """Every text that stands under a `da` key, however deep."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "da" and isinstance(value, str):
                yield value
            else:
                yield from danish(value)
    elif isinstance(node, list):
        for value in node:
            yield from danish(value)


def texts():
    """Pairs of a file's path from the root and one Danish text in it."""
    for pattern in YAML_FILES:
        for path in sorted(ROOT.glob(pattern)):
            # The C loader is the same libyaml that the program reads with.
            for text in danish(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)):
                yield path.relative_to(ROOT), text
    for path in sorted((ROOT / "docs/da").glob("*.md")):
        text = NOT_PROSE_MARKDOWN.sub(" ", path.read_text(encoding="utf-8"))
        yield path.relative_to(ROOT), text


def words(text):
    """The words to check, each with whether a hyphen follows: the first part of a
    compound may then carry a binding s. What has a capital after its first letter
    is an abbreviation or a name from code and no word."""
    for match in WORD.finditer(NOT_PROSE.sub(" ", text)):
        word = match.group().replace("’", "'")
        stem = word.rstrip("-")
        if len(stem) < 2 or stem[1:] != stem[1:].lower():
            continue
        yield stem, word.endswith("-")


def own_words():
    lines = (ROOT / "scripts/words-da.txt").read_text(encoding="utf-8").splitlines()
    return {line.strip().lower() for line in lines if line.strip() and not line.startswith("#")}


def unknown_to_hunspell(candidates):
    answer = subprocess.run(
        ["hunspell", "-d", "da_DK", "-i", "utf-8", "-l"],
        input="\n".join(sorted(candidates)) + "\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(answer.stdout.split())


def main():
    places = {}
    number = 0
    for path, text in texts():
        number += 1
        for word, is_first_part in words(text):
            places.setdefault((word, is_first_part), set()).add(str(path))
    own = own_words()
    candidates = {word for word, _ in places} | {word[:-1] for word, first in places if first}
    unknown = {word for word in unknown_to_hunspell(candidates) if word.lower() not in own}
    wrong = [
        (word, first)
        for word, first in sorted(places)
        if word in unknown and not (first and word.endswith("s") and word[:-1] not in unknown)
    ]
    for word, first in wrong:
        print(f"spelling: {word}: {', '.join(sorted(places[word, first]))}")
    print(f"spelling: {number} Danish texts, {len(places)} different words, {len(wrong)} unknown")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
