"""Citizens' front page under load: as many signed-in citizens as there are users, each another,
with a pause between two pages and without.

    citizen_load.py http://127.0.0.1:8080 DATABASE USERS SECONDS

Prints a line of JSON for each way with the median and the 95th percentile in ms, pages a second,
the largest page in bytes, and how many failed.
"""

import asyncio
import json
import random
import sqlite3
import sys
import time
from urllib.parse import urlsplit

PAUSE = (0.5, 1.5)  # seconds between two pages of a citizen who reads


def citizens(database, count):
    """Citizens who live here, spread over all."""
    with sqlite3.connect(database) as store:
        rows = store.execute(
            "SELECT citizen FROM residence WHERE superseded_by IS NULL AND valid_to IS NULL "
            "AND citizen IN (SELECT citizen FROM benefit_spell) ORDER BY citizen"
        ).fetchall()
    step = max(1, len(rows) // count)
    return [row[0] for row in rows[::step][:count]]


class User:
    def __init__(self, host, port):
        self.host, self.port, self.cookie = host, port, ""

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection(self.host, self.port)

    async def send(self, head, body=b""):
        self.writer.write(head.encode() + body)
        status, length, cookies = 0, 0, []
        while line := (await self.reader.readline()).strip():
            if line.startswith(b"HTTP/"):
                status = int(line.split()[1])
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            if name.lower() == b"set-cookie":
                cookies.append(value.strip().split(b";")[0].decode())
        return status, await self.reader.readexactly(length), cookies

    async def sign_in(self, citizen):
        body = f"role=citizen&citizen={citizen}".encode()
        status, _, cookies = await self.send(
            f"POST /sign-in HTTP/1.1\r\nHost: {self.host}\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n", body)
        assert status == 303, status
        self.cookie = "; ".join(cookies)

    async def page(self, path):
        start = time.perf_counter()
        status, body, _ = await self.send(
            f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nCookie: {self.cookie}\r\n\r\n")
        return (time.perf_counter() - start) * 1000, status, len(body)


async def read(user, until, pause, out, seed):
    chance = random.Random(seed)
    if pause:
        await asyncio.sleep(chance.uniform(0, pause[1]))
    while time.perf_counter() < until:
        out.append(await user.page("/me"))
        if pause:
            await asyncio.sleep(chance.uniform(*pause))


async def main():
    parts = urlsplit(sys.argv[1])
    database, count, seconds = sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    users = [User(parts.hostname, parts.port) for _ in range(count)]
    for user, citizen in zip(users, citizens(database, count), strict=True):
        await user.open()
        await user.sign_in(citizen)
        user.citizen = citizen
    for what, pause in [("first", PAUSE), ("reading", PAUSE), ("back to back", None)]:
        out = []
        start = time.perf_counter()
        await asyncio.gather(
            *(read(user, start + seconds, pause, out, place) for place, user in enumerate(users)))
        took = sorted(each[0] for each in out)
        print(json.dumps({
            "what": what, "users": count, "p50": round(took[len(took) // 2], 1),
            "p95": round(took[int(len(took) * 0.95)], 1),
            "a second": round(len(took) / (time.perf_counter() - start)),
            "largest": max(each[2] for each in out),
            "failed": sum(each[1] != 200 for each in out)}), flush=True)


asyncio.run(main())
