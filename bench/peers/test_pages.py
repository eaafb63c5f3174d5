"""Both page peers show the same page, with the figures that the database holds."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROGRAM = """
import asyncio, sys
if sys.argv[1] == "flask":
    from flask_app import app
    reply = app.test_client().get(sys.argv[2])
    print(reply.status_code, reply.get_data(as_text=True), sep="\\n")
else:
    from fastapi import HTTPException
    from fastapi_app import plan
    try:
        print(200, asyncio.run(plan(sys.argv[2].split("/")[-1])).body.decode(), sep="\\n")
    except HTTPException as problem:
        print(problem.status_code, "", sep="\\n")
"""


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "plan.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TABLE page_figure(plan TEXT, goal INTEGER, target TEXT, label TEXT, "
            "month TEXT, value REAL, target_value REAL, verdict TEXT)"
        )
        for goal, target in ((1, "b"), (1, "a"), (2, "c")):
            for month in range(1, 16):
                when = f"{2023 + month // 13}M{(month - 1) % 12 + 1:02}"
                row = ("herlev", goal, target, f"<{target}>", when, 1000.5 + month, None, "På vej")
                connection.execute("INSERT INTO page_figure VALUES (?,?,?,?,?,?,?,?)", row)
    return path


def ask(database, peer, path):
    command = [sys.executable, "-c", PROGRAM, peer, path]
    environment = {"PLAN_DATABASE": str(database), "PYTHONPATH": str(HERE)}
    output = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    status, _, body = output.stdout.partition("\n")
    return int(status), body.strip()


def test_pages(database):
    status, page = ask(database, "fastapi", "/plan/herlev")
    assert status == 200
    assert ask(database, "flask", "/plan/herlev") == (200, page)
    assert page.count("<tr><th scope=\"row\">") == 3 * 12
    assert "<h3>&lt;a&gt;</h3>" in page and page.index("&lt;a&gt;") < page.index("&lt;b&gt;")
    assert "<p><strong>På vej</strong>: 1.015,5 mod målet –</p>" in page
    assert "2023M03" not in page and "2023M04" in page


@pytest.mark.parametrize("peer", ["fastapi", "flask"])
def test_unknown_plan(database, peer):
    assert ask(database, peer, "/plan/atlantis")[0] == 404
