"""bm25s, tantivy and SQLite FTS5 on the documents and queries of texts.py, one thread each.

    search.py FOLDER [--runs 5] [--peers bm25s tantivy fts5]

Prints a line of JSON for each measurement and, where our own answers lie beside the documents
(ours-<peer>.txt, each with the peer's own formula), one for how they compare: the ten scores of
every query, and the documents up to those that share the tenth score.
"""

import argparse
import json
import sqlite3
import time
from pathlib import Path

# FTS5 sorts every document that holds any of the words.
FEW = 200
# Rounding of single precision.
CLOSE = 1e-4


def line(program, what, run, seconds, rows, **more):
    print(json.dumps({"program": program, "what": what, "threads": 1, "run": run,
                      "seconds": seconds, "rows": rows, **more}), flush=True)


def bm25s(documents, queries, runs):
    import bm25s as library

    start = time.perf_counter()
    index = library.BM25(method="lucene", k1=1.5, b=0.75, backend="numba")
    index.index([text.split() for text in documents], show_progress=False)
    line("bm25s", "build", 0, time.perf_counter() - start, len(documents))
    words = [query.split() for query in queries]
    # Compiles what it needs at the first call.
    index.retrieve(words[:10], k=10, show_progress=False, n_threads=1)
    for run in range(runs):
        start = time.perf_counter()
        found, scores = index.retrieve(words, k=10, show_progress=False, n_threads=1)
        line("bm25s", "search", run, time.perf_counter() - start, len(queries))
    return [
        [(int(d), float(s)) for d, s in zip(row, of) if s > 0] for row, of in zip(found, scores)]


def tantivy(documents, queries, runs):
    import tantivy as library

    start = time.perf_counter()
    builder = library.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("number", stored=True)
    index = library.Index(builder.build())
    writer = index.writer(400_000_000, 1)
    for number, text in enumerate(documents):
        writer.add_document(library.Document(text=text, number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    line("tantivy", "build", 0, time.perf_counter() - start, len(documents),
         segments=searcher.num_segments)
    for run in range(runs):
        start = time.perf_counter()
        for query in queries:
            searcher.search(index.parse_query(query, ["text"]), 10, count=False)
        line("tantivy", "search", run, time.perf_counter() - start, len(queries))
    found = []
    for query in queries:
        hits = searcher.search(index.parse_query(query, ["text"]), 10, count=False).hits
        # Its formula has the factor k1 + 1, which changes no order.
        found.append([(searcher.doc(place)["number"][0], score / 2.2) for score, place in hits])
    return found


def fts5(documents, queries, runs):
    start = time.perf_counter()
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE d USING fts5(t, tokenize = 'unicode61 remove_diacritics 0')")
    database.executemany("INSERT INTO d(rowid, t) VALUES (?, ?)", enumerate(documents))
    database.execute("INSERT INTO d(d) VALUES ('optimize')")
    database.commit()
    line("SQLite FTS5", "build", 0, time.perf_counter() - start, len(documents))
    select = "SELECT rowid, rank FROM d WHERE d MATCH ? ORDER BY rank LIMIT 10"
    asked = [" OR ".join(query.split()) for query in queries[:FEW]]
    for run in range(min(runs, 3)):
        start = time.perf_counter()
        found = [database.execute(select, (query,)).fetchall() for query in asked]
        line("SQLite FTS5", "search", run, time.perf_counter() - start, len(asked))
    return [[(number, -rank / 2.2) for number, rank in hits] for hits in found]


def ours(file):
    return [
        [(int(number), float(score))
         for number, score in (hit.split(":") for hit in row.split())]
        for row in file.read_text().splitlines()
    ]


def compare(peer, theirs, own):
    """How many queries have the same scores, the same documents, and the same in each place."""
    scores = documents = places = 0
    for they, we in zip(theirs, own):
        scores += len(they) == len(we) and all(
            abs(a[1] - b[1]) <= CLOSE * max(1, b[1]) for a, b in zip(they, we))
        last = we[-1][1] + CLOSE * max(1, we[-1][1]) if len(we) == 10 else -1
        documents += {d for d, s in they if s > last} == {d for d, s in we if s > last}
        places += [d for d, _ in they] == [d for d, _ in we]
    print(json.dumps({"what": "equal", "program": peer, "queries": len(theirs), "scores": scores,
                      "documents": documents, "places": places}), flush=True)


PEERS = {"bm25s": bm25s, "tantivy": tantivy, "fts5": fts5}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS))
    args = parser.parse_args()
    documents, queries = (
        (args.folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        for name in ("documents", "queries"))
    for peer in args.peers:
        found = PEERS[peer](documents, queries, args.runs)
        own = args.folder / f"ours-{peer}.txt"
        if own.exists():
            compare(peer, found, ours(own))


if __name__ == "__main__":
    main()
