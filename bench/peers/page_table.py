"""Copies the ledger's database and puts the plan's figures into it as the peers' table:
for each target its baseline and its figure, as `fodfaeste plan status` gave them.

    python page_table.py DATABASE COPY STATUS.json PLAN
"""

import json
import sqlite3
import sys
from pathlib import Path


def main():
    source, copy, status, plan = sys.argv[1:]
    Path(copy).unlink(missing_ok=True)
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as original:
        with sqlite3.connect(copy) as target:
            original.backup(target)
    with sqlite3.connect(copy) as connection:
        connection.execute("DROP TABLE IF EXISTS page_figure")
        connection.execute(
            "CREATE TABLE page_figure(plan TEXT, goal INTEGER, target TEXT, label TEXT, "
            "month TEXT, value REAL, target_value REAL, verdict TEXT)"
        )
        for number, goal in enumerate(json.loads(Path(status).read_text())["goals"], 1):
            for target in goal["targets"]:
                for name in ("baseline", "figure"):
                    figure = target.get(name) or {}
                    row = (plan, number, target["id"], target["text"], figure.get("period", name))
                    row += (figure.get("value"), target.get("aim"), target["verdict"])
                    connection.execute("INSERT INTO page_figure VALUES (?,?,?,?,?,?,?,?)", row)
        connection.execute("CREATE INDEX page_figure_plan ON page_figure(plan)")


if __name__ == "__main__":
    main()
