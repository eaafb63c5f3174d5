"""Makes the packs of management information in docs/examples: 2024Q3 of the synthetic Herlev
and Hillerød at full size, as known on 31 October 2024, as PDF, and their front pages as PNG.

    examples.py [BINARY] [STATISTICS.csv]

The published figures are left out where their file is not there, and the pack says so. They
are read in as if on that day, though the file holds what was published later.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "Browser"))
import serving  # noqa: E402

PLACES = {"0163": "herlev", "0219": "hilleroed"}
KNOWN = "2024-10-31"
DAYS = f"asof={KNOWN}&known={KNOWN}"


def signed_in(site):
    """A browser's worth of cookies for the demonstration's manager."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = urllib.parse.urlencode({"role": "manager"}).encode()
    opener.open(site + "/sign-in", form).read()
    return opener


def make(binary, statistics, code, name, folder):
    database = os.path.join(folder, f"{name}.sqlite")
    subprocess.run(
        [binary, "simulate", "--municipality", code, "--database", database], cwd=ROOT, check=True)
    if statistics.exists():
        subprocess.run(
            [binary, "import", "statistics", statistics, "--database", database,
             "--municipality", code, "--today", KNOWN], cwd=ROOT, check=True)
    port = serving.free_port()
    with open(os.path.join(folder, f"{name}.log"), "wb") as log:
        process = subprocess.Popen(
            [binary, "demo", "--municipality", code, "--port", str(port), "--database", database],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        site = f"http://127.0.0.1:{port}"
        try:
            while not serving.answers(site + "/health"):
                if process.poll() is not None:
                    sys.exit(f"{name}: the program stopped; see {log.name}")
            pdf = signed_in(site).open(f"{site}/packs/2024Q3/pack.pdf?{DAYS}").read()
        finally:
            serving.stop(process)
    target = ROOT / "docs" / "examples"
    target.mkdir(exist_ok=True)
    for old in target.glob(f"{name}-2024Q3*"):
        old.unlink()
    file = target / f"{name}-2024Q3.pdf"
    file.write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", "80", "-png", "-f", "1", "-l", "3", file, target / f"{name}-2024Q3"],
        check=True)
    for page in sorted(target.glob(f"{name}-2024Q3-*.png")):
        number = int(re.search(r"-(\d+)\.png$", page.name).group(1))
        page.rename(target / f"{name}-2024Q3-page{number}.png")


def main():
    binary = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".build/release/fodfaeste")
    default = ROOT.parent / "shared/data/jobindsats/municipal_2021M08_2025M07.csv"
    statistics = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else default
    if not statistics.exists():
        print("examples: no published figures; the packs are made without them")
    with tempfile.TemporaryDirectory() as folder:
        for code, name in PLACES.items():
            make(str(binary.resolve()), statistics, code, name, folder)


main()
