"""The comparison of answers passes over ties and rounding, and over nothing else."""

import json

import numpy
import search
import texts


def found(capsys, theirs, own):
    search.compare("peer", [theirs], [own])
    row = json.loads(capsys.readouterr().out)
    return row["scores"], row["documents"], row["places"]


OURS = [(number, 5.0 - number / 2) for number in range(8)] + [(8, 1.0), (9, 1.0)]


def test_the_same_is_the_same(capsys):
    assert found(capsys, OURS, OURS) == (1, 1, 1)


def test_another_document_with_the_tenth_score_is_a_tie(capsys):
    assert found(capsys, [*OURS[:9], (70, 1.00001)], OURS) == (1, 1, 0)


def test_another_document_above_the_tenth_score_is_a_difference(capsys):
    assert found(capsys, [(70, 5.0), *OURS[1:]], OURS) == (1, 0, 0)


def test_another_score_is_a_difference(capsys):
    assert found(capsys, [(0, 5.01), *OURS[1:]], OURS)[0] == 0


def test_the_same_seed_makes_the_same_texts():
    def made():
        random = numpy.random.default_rng(3)
        words = texts.vocabulary(400, random)
        rows = texts.documents(50, 20, words, random)
        return [" ".join(words[row]) for row in rows], list(texts.queries(rows, 5, 4, random))

    (first, asked), (second, again) = made(), made()
    assert first == second and len(set(first)) == 50
    assert all((one == other).all() and len(set(one)) == 4 for one, other in zip(asked, again))
