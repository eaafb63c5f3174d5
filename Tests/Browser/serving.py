"""Starts the program on a municipality of its own and stops it again.

FODFAESTE_URL         use this server, which is already running, instead
FODFAESTE_BINARY      the program (default .build/debug/fodfaeste)
FODFAESTE_POPULATION  the number of citizens (default 2000)
"""

import contextlib
import fcntl
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds; a debug build fills even a small municipality slowly


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def start(binary, population, database, port, log, more=()):
    """The running demonstration, once it answers; `more` are further arguments."""
    return start_as(
        [binary, "demo", "--population", population, "--database", database, *more], port, log
    )


def start_as(command, port, log):
    """The running program, once it answers at the port."""
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    deadline = time.monotonic() + PATIENCE
    while not answers(f"http://127.0.0.1:{port}/health"):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            process.wait()
            told = pathlib.Path(log.name).read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{command[0]} did not start to serve:\n{told}")
        time.sleep(0.2)
    return process


def stop(process):
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def made_up(binary, population, folder):
    """The demonstration's files, made once for all processes that share the folder."""
    with open(folder / "demo.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        database = folder / "demo" / "demo.sqlite"
        if not database.exists():
            database.parent.mkdir(exist_ok=True)
            port = free_port()
            with open(folder / "demo.txt", "w", encoding="utf-8") as log:
                stop(start(str(binary), population, str(database), port, log, ["--partners"]))
    return database.parent


@contextlib.contextmanager
def served(shared):
    """The address of a running Fodfæste without a slash at the end. What it shows is made in the
    folder `shared`, once for all who share it."""
    given = os.environ.get("FODFAESTE_URL")
    if given:
        yield given.rstrip("/")
        return
    binary = ROOT / os.environ.get("FODFAESTE_BINARY", ".build/debug/fodfaeste")
    population = os.environ.get("FODFAESTE_POPULATION", "2000")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(made_up(binary, population, shared), folder, dirs_exist_ok=True)
        port = free_port()
        with open(pathlib.Path(folder) / "log.txt", "w", encoding="utf-8") as log:
            process = start(
                str(binary), population, f"{folder}/demo.sqlite", port, log, ["--partners"]
            )
            try:
                yield f"http://127.0.0.1:{port}"
            finally:
                stop(process)
