"""Makes up documents and queries for the search: Danish-like words, drawn by Zipf's law from a
vocabulary, always the same for the same seed.

    texts.py FOLDER [--documents 50000] [--words 80] [--queries 2000] [--vocabulary 60000]

Writes documents.txt and queries.txt, one to a line. A query is five different words of one
document, taken at random, so that common words are as common in queries as in documents.
"""

import argparse
from pathlib import Path

import numpy

ONSETS = ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "bl", "br",
          "dr", "fl", "fr", "gr", "kl", "kr", "pl", "pr", "sk", "sl", "sn", "sp", "st", "tr", "kv"]
VOWELS = ["a", "e", "i", "o", "u", "y", "æ", "ø", "å", "e", "e", "a", "ej", "øj"]
CODAS = ["", "", "", "r", "n", "l", "s", "d", "g", "t", "nd", "ng", "rt", "st", "ld", "rs"]


def vocabulary(count, random):
    """Distinct words, the shortest of the first tries among the most common ones."""
    words, known = [], set()
    while len(words) < count:
        syllables = 1 + min(3, len(words) * 4 // count + int(random.integers(0, 2)))
        word = "".join(
            ONSETS[random.integers(len(ONSETS))] + VOWELS[random.integers(len(VOWELS))]
            + CODAS[random.integers(len(CODAS))] for _ in range(syllables)
        )
        # What a query language would read as one of its own words.
        if word not in known and word not in ("and", "or", "not", "near"):
            known.add(word)
            words.append(word)
    return numpy.array(words)


def documents(count, length, words, random):
    """Places in the vocabulary, one row a document; the share of the r-th word falls with
    1 / (r + 2.7) (Zipf's law as Mandelbrot put it)."""
    share = 1 / (numpy.arange(len(words)) + 2.7)
    return random.choice(len(words), size=(count, length), p=share / share.sum())


def queries(found, count, length, random):
    rows = random.integers(0, len(found), size=count)
    for row in rows:
        distinct = numpy.unique(found[row])
        yield random.permutation(distinct)[:length]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--words", type=int, default=80)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--vocabulary", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    random = numpy.random.default_rng(args.seed)
    words = vocabulary(args.vocabulary, random)
    found = documents(args.documents, args.words, words, random)
    args.folder.mkdir(parents=True, exist_ok=True)
    with (args.folder / "documents.txt").open("w", encoding="utf-8") as file:
        for row in found:
            file.write(" ".join(words[row]) + "\n")
    with (args.folder / "queries.txt").open("w", encoding="utf-8") as file:
        for row in queries(found, args.queries, 5, random):
            file.write(" ".join(words[row]) + "\n")


if __name__ == "__main__":
    main()
