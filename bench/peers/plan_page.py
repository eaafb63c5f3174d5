"""What the two page peers share: the rows of a plan from SQLite, grouped as the page
shows them. The table is

  page_figure(plan TEXT, goal INTEGER, target TEXT, label TEXT, month TEXT, value REAL,
              target_value REAL, verdict TEXT)

and the latest 12 months of each target are shown.
"""

import os
import sqlite3
import threading

QUERY = """
SELECT goal, target, label, month, value, target_value, verdict FROM (
    SELECT *, row_number() OVER (PARTITION BY goal, target ORDER BY month DESC) AS latest
    FROM page_figure WHERE plan = ?)
WHERE latest <= 12 ORDER BY goal, target, month
"""

_connections = threading.local()


def connection():
    """One read-only connection per thread, as each peer's own advice has it."""
    if not hasattr(_connections, "open"):
        path = os.environ["PLAN_DATABASE"]
        _connections.open = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        _connections.open.row_factory = sqlite3.Row
    return _connections.open


def goals(plan):
    """The plan's goals with their targets and months; empty for an unknown plan."""
    found = []
    for row in connection().execute(QUERY, (plan,)):
        if not found or found[-1]["number"] != row["goal"]:
            found.append({"number": row["goal"], "targets": []})
        targets = found[-1]["targets"]
        if not targets or targets[-1]["target"] != row["target"]:
            targets.append({"target": row["target"], "label": row["label"], "months": []})
        # The last month's figure and verdict stand for the target.
        targets[-1].update(
            value=row["value"], target_value=row["target_value"], verdict=row["verdict"]
        )
        targets[-1]["months"].append(row)
    return found


def number(value):
    """1.234,5 as Danes write it; a dash when there is none."""
    if value is None:
        return "–"
    return f"{value:,.1f}".translate(str.maketrans(",.", ".,"))
