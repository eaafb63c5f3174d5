"""Rankings of a taxonomy's labels by `fodfaeste match titles` beside four peers that know the
labels only: BM25, edit distance (two kinds) and TF-IDF over runs of letters.

    python bench/peers/titles.py ../shared/data --ours .build/release/fodfaeste \
        --document docs/matching.md

The program is a black box: it is handed the two files and answers with a run file. Rankings of
labels are made rankings of concepts, a concept standing where its best label does, and cut at
the same depth for all. The figures are computed by pytrec-eval. Each peer has its best setting
of those tried, chosen on the set it is measured on; ours has one setting for all sets.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

import bm25s
import numpy as np
import pytrec_eval
from rapidfuzz import distance, fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

import title_sets

DEPTH = 1000
MEASURES = {"recip_rank": "MRR", "success_1": "acc@1", "success_5": "acc@5",
            "success_10": "acc@10", "map": "MAP"}
NAMES = {"da": "Danish, held out", "sv": "Swedish", "no": "Norwegian", "de": "German"}
OURS = "Fodfæste"
MARK = "<!-- measured: titles -->"
# What the program is held to: so much more MRR than the best peer.
MARGIN = 0.05


def collapsed(elements, concept_of):
    """Element ids, best first, as concepts at their first place; scores that fall with the rank."""
    concepts = list(dict.fromkeys(concept_of[element] for element in elements))[:DEPTH]
    return {concept: float(DEPTH - place) for place, concept in enumerate(concepts)}


def by_scores(titles, scores):
    """Runs from each query's scores of all labels. Ties are left to the measuring tool."""
    names = sorted({concept for _, concept, _ in titles.labels})
    number = {name: place for place, name in enumerate(names)}
    column = np.array([number[concept] for _, concept, _ in titles.labels])
    run = {}
    for query, row in zip(titles.queries, scores):
        best = np.zeros(len(names))
        np.maximum.at(best, column, row)
        top = np.argsort(-best, kind="stable")[:DEPTH]
        run[query] = {names[place]: float(best[place]) for place in top if best[place] > 0}
    return run


def measured(titles, run):
    right = {query: {concept: 1 for concept in found} for query, found in titles.right.items()}
    evaluator = pytrec_eval.RelevanceEvaluator(right, {"recip_rank", "success.1,5,10", "map"})
    # A query without any answer counts with nothing found.
    results = evaluator.evaluate({query: run.get(query) or {"": 0.0} for query in right})
    assert len(results) == len(right)
    return {name: float(np.mean([result[key] for result in results.values()]))
            for key, name in MEASURES.items()}


def letters(low, high):
    def ranked(titles):
        model = TfidfVectorizer(analyzer="char_wb", ngram_range=(low, high))
        labels = model.fit_transform([label for _, _, label in titles.labels])
        products = model.transform(titles.queries.values()) @ labels.T
        return (products[place].toarray()[0] for place in range(products.shape[0]))
    return ranked


def bm25(titles):
    def words(text):
        return re.findall(r"\w+", text.lower())
    model = bm25s.BM25()
    model.index([words(label) for _, _, label in titles.labels], show_progress=False)
    for title in titles.queries.values():
        known = [word for word in words(title) if word in model.vocab_dict]
        yield model.get_scores(known) if known else np.zeros(len(titles.labels))


def edits(scorer):
    def ranked(titles):
        labels = [label.lower() for _, _, label in titles.labels]
        for title in titles.queries.values():
            yield process.cdist([title.lower()], labels, scorer=scorer)[0]
    return ranked


PEERS = {
    "BM25": {"": bm25},
    "edit distance": {
        "Levenshtein": edits(distance.Levenshtein.normalized_similarity), "Indel": edits(fuzz.ratio),
    },
    "TF-IDF, runs of letters": {
        f"{low} to {high}": letters(low, high) for low, high in [(2, 4), (3, 4), (3, 5), (2, 5)]
    },
}


def ours(titles, program):
    with tempfile.TemporaryDirectory() as folder:
        labels, queries = title_sets.write(titles, Path(folder))
        begun = time.monotonic()
        done = subprocess.run(
            [program, "match", "titles", "--labels", labels, "--queries", queries,
             "--top", str(DEPTH), "--format", "trec"], capture_output=True, text=True, check=True)
        seconds = time.monotonic() - begun
    concept_of = {element: concept for element, concept, _ in titles.labels}
    found = {}
    for line in done.stdout.splitlines():
        query, _, element, _, _, _ = line.split()
        found.setdefault(query, []).append(element)
    return {query: collapsed(elements, concept_of) for query, elements in found.items()}, seconds


def table(sets, program):
    lines = ["| set | titles | labels | concepts | method | " + " | ".join(MEASURES.values()) + " |",
             "|---|---|---|---|---|" + "---|" * len(MEASURES)]
    summary = []
    for titles in sets:
        rows = []
        for peer, settings in PEERS.items():
            figures = {setting: measured(titles, by_scores(titles, ranked(titles)))
                       for setting, ranked in settings.items()}
            setting = max(figures, key=lambda name: figures[name]["MRR"])
            rows.append((f"{peer} ({setting})" if setting else peer, figures[setting]))
        best = max(figures["MRR"] for _, figures in rows)
        run, seconds = ours(titles, program)
        own = measured(titles, run)
        rows.insert(0, (f"**{OURS}**", own))
        counts = [len(titles.queries), len(titles.labels), len({c for _, c, _ in titles.labels})]
        for place, (name, figures) in enumerate(rows):
            head = [NAMES[titles.name], *map(str, counts)] if place == 0 else [""] * 4
            lines.append("| " + " | ".join(
                [*head, name, *(f"{figures[key]:.3f}" for key in MEASURES.values())]) + " |")
        gain = own["MRR"] - best
        summary.append(
            f"- {NAMES[titles.name]}: MRR {gain:+.3f} beside the best peer (aim: +{MARGIN:.2f}, "
            f"{'met' if gain >= MARGIN else '**not met**'}); {seconds:.1f} s in all, "
            f"the index and {DEPTH:,} concepts for each title written out included.")
        print(*lines[-len(rows):], summary[-1], sep="\n", flush=True)
    return lines + [""] + summary


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--ours", default=".build/release/fodfaeste")
    parser.add_argument("--sets", nargs="*", default=list(NAMES))
    parser.add_argument("--document", type=Path, help="replace what stands below its mark")
    options = parser.parse_args()
    if not (options.shared / "title-matching").is_dir():
        print(f"The title sets are not at {options.shared}; nothing was measured.")
        return
    sets = [one for one in title_sets.all_sets(options.shared) if one.name in options.sets]
    lines = table(sets, options.ours)
    tools = ["pytrec-eval-terrier", "bm25s", "rapidfuzz", "scikit-learn"]
    load = os.getloadavg()[0]
    lines += ["", f"Measured on {date.today():%-d %B %Y}, {platform.machine()}, {os.cpu_count()} "
              f"cores which others used, too (load {load:.0f} at the end), Python "
              f"{sys.version.split()[0]}, " + ", ".join(f"{t} {version(t)}" for t in tools) + "."]
    if options.document:
        above = options.document.read_text("utf-8").split(MARK)[0]
        options.document.write_text(above + MARK + "\n\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
