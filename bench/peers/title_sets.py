"""The sets on which title matching is measured: three with annotations, and a Danish one made
from the labels of the taxonomy by holding out one alternative label of each sampled concept."""

import csv
import random
from dataclasses import dataclass
from pathlib import Path

ANNOTATED = {"sv": "swe_q_sv_c_sv", "no": "nor_q_no_c_no", "de": "deu_q_de_c_de"}
DANISH_QUERIES = 1500
SEED = 2026


@dataclass
class TitleSet:
    name: str
    queries: dict[str, str]
    # Element id, its concept and its label.
    labels: list[tuple[str, str, str]]
    # The concepts that are right for each query.
    right: dict[str, set[str]]


def rows(path: Path) -> list[list[str]]:
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if line.strip()]


def annotated(folder: Path, name: str) -> TitleSet:
    queries = dict(rows(folder / "queries.tsv"))
    labels = [(i, i.split("_")[0], label) for i, label in rows(folder / "corpus_elements.tsv")]
    right: dict[str, set[str]] = {}
    for query, _, element, relevant in rows(folder / "annotations.tsv"):
        if int(relevant) > 0:
            right.setdefault(query, set()).add(element.split("_")[0])
    return TitleSet(name, queries, labels, right)


def danish(path: Path, seed: int = SEED, count: int = DANISH_QUERIES) -> TitleSet:
    """One alternative label of each of `count` sampled occupations is the query and stands no
    longer among the labels; occupations with one label are left out of the sampling and of the
    labels. Ids are drawn by lot, so that they say nothing of the taxonomy's order."""
    concepts: dict[str, list[str]] = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if "/occupation/" in row["uri"]:
                concepts.setdefault(row["uri"], []).append(row["label"])
    concepts = {uri: labels for uri, labels in sorted(concepts.items()) if len(labels) > 1}
    lot = random.Random(seed)
    order = list(concepts)
    lot.shuffle(order)
    sampled = set(order[:count])
    queries: dict[str, str] = {}
    right: dict[str, set[str]] = {}
    labels: list[tuple[str, str, str]] = []
    for number, uri in enumerate(order):
        concept, names = f"C{number:06d}", concepts[uri]
        if uri in sampled:
            # The first is the preferred label and stays.
            held = names.pop(lot.randrange(1, len(names)))
            query = f"Q{len(queries) + 1:06d}"
            queries[query] = held
            right[query] = {concept}
        labels += [(f"{concept}_da_{place:03d}", concept, label)
                   for place, label in enumerate(names)]
    return TitleSet("da", queries, labels, right)


def all_sets(shared: Path) -> list[TitleSet]:
    found = [danish(shared / "esco/labels_da.tsv")]
    found += [annotated(shared / "title-matching" / folder, name)
              for name, folder in ANNOTATED.items()]
    return found


def write(title_set: TitleSet, folder: Path) -> tuple[Path, Path]:
    """The labels and the queries as the command reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    labels, queries = folder / "labels.tsv", folder / "queries.tsv"
    labels.write_text("".join(f"{i}\t{label}\n" for i, _, label in title_set.labels), "utf-8")
    queries.write_text("".join(f"{i}\t{text}\n" for i, text in title_set.queries.items()), "utf-8")
    return labels, queries
