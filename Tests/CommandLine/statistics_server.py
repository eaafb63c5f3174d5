"""A server that answers as jobindsats.dk (version 3) and Statistikbanken do, and misbehaves.

The shapes are those that public clients of the two interfaces read; every figure is made up.
`Server` is started by a test, told how to misbehave with its attributes, and asked afterwards
what it was asked.
"""
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "a-token-for-tests"
AREAS = ["Hele landet", "Herlev", "Hillerød", "Læsø", "Uoplyst område"]
MEASURES = ["Ledige fuldtidspersoner", "Ledige i pct. af arbejdsstyrken"]
GROUPS = {None: "Ydelser i alt", "/": "Ydelser i alt", "/2/": "A-dagpenge", "/3/": "Kontanthjælp"}
CODES = {"000": "Hele landet", "084": "Region Hovedstaden", "163": "Herlev", "219": "Hillerød"}
UNKNOWN_PERIODS = {"code": 422, "cause": "Unknown period type: M", "request_id": "made-up"}


def months(count, last=(2026, 8)):
    index = last[0] * 12 + last[1] - 1
    return [f"{i // 12}M{i % 12 + 1:02}" for i in range(index - count + 1, index + 1)]


def catalogue():
    table = {
        "table_id": "y25i01", "table_name": "Ledige fuldtidspersoner", "update_freq": "Månedligt",
        "update_latest": "2026-10-01", "update_next": "2026-11-02", "link_infopage": "",
        "link_tablepage": "", "mgroups": [],
    }
    other = {**table, "table_id": "y25i09", "table_name": "Langtidsledige personer"}
    return [{"subject_name": "Ledighed", "table_groups": [
        {"table_group_name": "Ledige", "tables": [table, other]}]}]


def description():
    def level(name, values):
        return {"level_id": name,
                "values": [{"value_id": key, "value_name": value} for key, value in values]}

    areas = [("/", AREAS[0])] + [(f"/{n}/", name) for n, name in enumerate(AREAS[1:], 1)]
    groups = [(key, value) for key, value in GROUPS.items() if key]
    return {
        "periods": [
            {"periodtype_id": "M", "values": [{"period_id": p} for p in months(36)]},
            {"periodtype_id": "Q", "values": [{"period_id": "2026Q01"}, {"period_id": "2026Q02"}]},
            {"periodtype_id": "QMAT", "values": [{"period_id": "2026QMAT02"}]},
            {"periodtype_id": "MYTD", "values": [{"period_id": "2026MYTD08"}]},
            {"periodtype_id": "Y", "values": [{"period_id": "2025Y01"}]},
        ],
        "dimensions": [
            {"dimension_id": "_omrade", "dimension_name": "Område", "hierarchies": [
                {"hierarchy_id": "_nykom", "hierarchy_name": "Kommune",
                 "levels": [level("0", areas[:1]), level("1", areas[1:])]}]},
            {"dimension_id": "_ygrp", "dimension_name": "Ydelsesgrupper", "hierarchies": [
                {"hierarchy_id": "_ygrpi09", "hierarchy_name": "Ydelsesgrupper",
                 "levels": [level("0", groups[:1]), level("1", groups[1:])]}]},
        ],
        "mgroups": [
            {"mgroup_id": "mgrpi01_1", "mgroup_name": "Ledige",
             "measures": [{"measure_id": f"measi01_{n}", "measure_name": name}
                          for n, name in enumerate(MEASURES, 1)]}],
    }


def figure(area, period):
    """A made-up figure; the smallest municipality's share is not shown."""
    if area == "Læsø":
        return 3, None
    size = {"Hele landet": 80_000, "Herlev": 380, "Hillerød": 590}.get(area, 20)
    number = int(period[-2:])
    return size + number + 0.5, 2.5 + number / 10


def bank_table():
    def values(pairs):
        return [{"id": key, "text": text} for key, text in pairs]

    return {
        "id": "AUS08", "text": "Bruttoledige", "unit": "Antal", "updated": "2026-10-01T08:00:00",
        "active": True, "variables": [
            {"id": "OMRÅDE", "text": "område", "elimination": True, "time": False,
             "map": "denmark_municipality", "values": values(CODES.items())},
            {"id": "SAESONFAK", "text": "sæsonkorrigering", "elimination": False, "time": False,
             "values": values([("9", "Faktiske tal"), ("10", "Sæsonkorrigeret")])},
            {"id": "Tid", "text": "tid", "elimination": False, "time": True,
             "values": values((p, p) for p in months(24))},
        ],
    }


def bank_cube(asked):
    chosen = {v["code"]: v["values"] for v in asked["variables"]}
    ids = ["OMRÅDE", "SAESONFAK", "ContentsCode", "Tid"]
    codes = {**chosen, "ContentsCode": ["AUS08"]}
    size = [len(codes[key]) for key in ids]
    value = []
    for area in codes["OMRÅDE"]:
        for season in codes["SAESONFAK"]:
            for period in codes["Tid"]:
                hidden = area == "219" and period.endswith("M08")
                value.append(None if hidden else int(area) + int(season) + int(period[-2:]) / 10)
    dimension = {"id": ids, "size": size, "role": {"time": ["Tid"]}}
    for key in ids:
        index = {code: n for n, code in enumerate(codes[key])}
        dimension[key] = {"label": key, "category": {
            "index": index, "label": {code: CODES.get(code, code) for code in codes[key]}}}
    return {"dataset": {"dimension": dimension, "label": "made up", "value": value}}


class Server:
    """Serves until it is stopped. Everything that is an attribute can be changed meanwhile."""

    def __init__(self):
        self.asked = []          # (method, path with query, body)
        self.seen_at = []        # when, in seconds
        self.token = TOKEN
        self.failures = []       # statuses answered first, one each, then all is well
        self.always = None       # a status answered for ever
        self.retry_after = None
        self.only = ""           # the path that failures are about; all when empty
        self.byte_order_mark = False
        self.change = lambda columns, rows: (columns, rows)
        self.changed_cube = lambda document: document
        self.body = None         # the answer to /data, whatever was asked
        self.cut = None          # bytes after which the connection breaks
        self.delay = 0           # seconds before an answer to /data
        self.drip = 0            # seconds between its pieces
        self.redirect = None
        self.revise = {}         # (area, period): figure
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.http.daemon_threads = True
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)
        self.thread.start()

    @property
    def port(self):
        return self.http.server_address[1]

    @property
    def jobindsats(self):
        return f"http://127.0.0.1:{self.port}/v3"

    @property
    def statbank(self):
        return f"http://127.0.0.1:{self.port}/v1"

    def stop(self):
        self.http.shutdown()
        self.http.server_close()

    def data(self, query):
        kind, wanted = next((key[7:], value[0]) for key, value in query.items()
                            if key.startswith("period."))
        count = int(wanted.removeprefix("latest:"))
        known = {p["periodtype_id"]: [v["period_id"] for v in p["values"]]
                 for p in description()["periods"]}
        if kind not in known:
            return 422, {**UNKNOWN_PERIODS, "cause": f"Unknown period type: {kind}"}
        if count > len(known[kind]):
            return 422, {**UNKNOWN_PERIODS,
                         "cause": f"only {len(known[kind])} periods are available"}
        group = query.get("hierarchy._ygrpi09", ["/"])[0]
        rows = []
        for period in known[kind][-count:]:
            for area in AREAS:
                full, share = figure(area, period)
                full = self.revise.get((area, period), full)
                rows.append([period, area, GROUPS[group], full, share])
        columns, rows = self.change(["Periode", "Område", "Ydelsesgrupper", *MEASURES], rows)
        return 200, {"columns": columns, "rows": rows}


def handler(server):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def answer(self, status, document, headers=()):
            body = document if isinstance(document, bytes) else json.dumps(
                document, ensure_ascii=False).encode()
            if server.byte_order_mark and status == 200:
                body = b"\xef\xbb\xbf" + body
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            try:
                if "/data" in self.path:
                    time.sleep(server.delay)
                if server.drip and "/data" in self.path:
                    for start in range(0, len(body), 200):
                        self.wfile.write(body[start:start + 200])
                        time.sleep(server.drip)
                    return
                if server.cut is not None and "/data" in self.path:
                    self.wfile.write(body[:server.cut])
                    self.wfile.flush()
                    self.close_connection = True
                    self.connection.close()
                    return
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client has heard enough

        def misbehaves(self, path):
            if server.only not in path:
                return False
            if server.redirect and "/data" in path:
                self.answer(302, b"", [("Location", server.redirect)])
                return True
            status = server.failures.pop(0) if server.failures else server.always
            if status is None:
                return False
            if status == "drop":
                self.close_connection = True
                self.connection.close()
                return True
            headers = [("Retry-After", server.retry_after)] if server.retry_after else []
            self.answer(status, {"code": status, "cause": f"made-up {status}"}, headers)
            return True

        def do_GET(self):
            server.asked.append(("GET", unquote(self.path), ""))
            server.seen_at.append(time.monotonic())
            parts = urlsplit(self.path)
            path = parts.path
            if self.misbehaves(path):
                return
            if path.startswith("/v1/tableinfo/"):
                if path.endswith("/AUS08"):
                    return self.answer(200, bank_table())
                return self.answer(404, {"errorTypeCode": "NOTFOUND", "message": "Ukendt tabel"})
            if self.headers.get("Authorization") != f"Bearer {server.token}":
                return self.answer(401, {"code": 401, "cause": "Unauthorized"})
            if path == "/v3/tables":
                return self.answer(200, catalogue())
            if path == "/v3/table/y25i01":
                return self.answer(200, description())
            if path in ("/v3/data/y25i01", "/v3/moved/y25i01"):
                if server.body is not None:
                    return self.answer(200, server.body)
                return self.answer(*server.data(parse_qs(parts.query)))
            self.answer(404, {"code": 404, "cause": "No such table"})

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.asked.append(("POST", unquote(self.path), body.decode()))
            server.seen_at.append(time.monotonic())
            if self.misbehaves(self.path):
                return
            if server.body is not None:
                return self.answer(200, server.body)
            self.answer(200, server.changed_cube(bank_cube(json.loads(body))))

    return Handler
