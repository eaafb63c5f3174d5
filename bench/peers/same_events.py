"""Whether pages of a citizen show the same registrations, in the same order:

    same_events.py URL1 URL2 URL3 [--cookie session=...]

The cookie is sent to the first. Exits 1 where a page shows none or others than the first.
"""

import argparse
import re
import sys
from urllib.error import URLError
from urllib.request import Request, urlopen

# The last cell of a line of the timeline ends with the number in the ledger.
LAST_CELL = re.compile(r"nr\. (\d{1,3}(?:\.\d{3})*)</td>\s*</tr>")


def events(page):
    """The ledger numbers of the events on the page, in their order."""
    return [int(number.replace(".", "")) for number in LAST_CELL.findall(page)]


def difference(first, other):
    """What is not the same, in words; None where all is."""
    if first == other:
        return None
    if sorted(first) == sorted(other):
        place = next(i for i, pair in enumerate(zip(first, other)) if pair[0] != pair[1])
        return f"the same in another order, from line {place + 1}"
    missing = [number for number in first if number not in other]
    added = [number for number in other if number not in first]
    return (
        f"{len(other)} events where the first has {len(first)}; "
        f"missing {_some(missing)}; added {_some(added)}"
    )


def _some(numbers):
    rest = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return (", ".join(map(str, numbers[:5])) or "none") + rest


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("urls", nargs="+", metavar="URL")
    parser.add_argument("--cookie", help="sent to the first URL")
    chosen = parser.parse_args(arguments)
    if len(chosen.urls) < 2:
        parser.error("give two addresses or more")
    lists = []
    for index, url in enumerate(chosen.urls):
        headers = {"Cookie": chosen.cookie} if chosen.cookie and index == 0 else {}
        try:
            with urlopen(Request(url, headers=headers), timeout=60) as reply:
                lists.append(events(reply.read().decode()))
        except URLError as problem:
            sys.exit(f"{url}: {problem}")
        if not lists[-1]:
            sys.exit(f"{url}: no events on the page")
    problems = [
        f"{url}: not the events of {chosen.urls[0]}: {problem}"
        for url, found in zip(chosen.urls[1:], lists[1:])
        if (problem := difference(lists[0], found))
    ]
    if problems:
        sys.exit("\n".join(problems))
    print(f"the same {len(lists[0])} events on {len(lists)} pages")


if __name__ == "__main__":
    main()
