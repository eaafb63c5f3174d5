"""Two providers of OpenID Connect of other people's making, and the program served with them:
the municipality's own, and a broker in front of the national login."""

import contextlib
import io
import json
import os
import sqlite3
import subprocess
import threading
import types
import urllib.request
from urllib.parse import parse_qs

import serving

# The provider refuses to speak without TLS, except where it is told that it is a test.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
import oidc_provider_mock as oidc  # noqa: E402
import werkzeug.serving  # noqa: E402

TODAY = "2025-12-31"
# Nobody here; the day has 60 added, as in all numbers that are given to nobody.
UNKNOWN_CPR = "7201851234"
UNKNOWN_CVR = "99999918"


class Recorded:
    """Passes requests on and keeps what came to the token endpoint."""

    def __init__(self, app):
        self.app = app
        self.tokens = []

    def __call__(self, environ, start):
        if environ["PATH_INFO"] == "/oauth2/token":
            length = int(environ.get("CONTENT_LENGTH") or 0)
            body = environ["wsgi.input"].read(length)
            self.tokens.append((environ.get("HTTP_AUTHORIZATION", ""), parse_qs(body.decode())))
            environ["wsgi.input"] = io.BytesIO(body)
        return self.app(environ, start)


@contextlib.contextmanager
def provider(people, back):
    """A running provider that knows these people, and us as a client."""
    app = Recorded(
        oidc.app(
            require_client_registration=True,
            require_nonce=True,
            user_claims=[oidc.User(sub=sub, claims=claims) for sub, claims in people.items()],
        )
    )
    server = werkzeug.serving.make_server("localhost", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    issuer = f"http://localhost:{server.server_port}"
    request = urllib.request.Request(
        f"{issuer}/oauth2/clients",
        json.dumps({"redirect_uris": [back]}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        client = json.load(answer)
    yield types.SimpleNamespace(
        issuer=issuer, client=client["client_id"], secret=client["client_secret"], app=app
    )
    server.shutdown()


def entry(provider, secret, more):
    return (
        f"  issuer: {provider.issuer}\n  client: {provider.client}\n  {secret}\n"
        f"  scopes: [profile]\n{more}"
    )


def rows(database, query):
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


@contextlib.contextmanager
def served(folder):
    """A made-up municipality where people sign in by providers."""
    binary = str(serving.ROOT / os.environ.get("FODFAESTE_BINARY", ".build/debug/fodfaeste"))
    database = str(folder / "made-up.sqlite")
    subprocess.run(
        [binary, "simulate", "--population", "600", "--database", database],
        cwd=serving.ROOT, check=True, capture_output=True, timeout=serving.PATIENCE,
    )  # fmt: skip
    cpr, given, family = rows(
        database,
        "SELECT c.cpr, c.given_name, c.family_name FROM citizen c JOIN residence r "
        "ON r.citizen = c.id WHERE c.superseded_by IS NULL AND r.superseded_by IS NULL "
        "AND r.valid_to IS NULL LIMIT 1",
    )[0]
    cvr, company = rows(database, "SELECT id, name FROM company LIMIT 1")[0]
    number, = rows(
        database, "SELECT id FROM staff_member WHERE superseded_by IS NULL AND valid_to IS NULL"
    )[0]
    port = serving.free_port()
    url = f"http://127.0.0.1:{port}"
    back = f"{url}/sign-in/back"
    staff = {
        "lone": {"name": "Lone Leder", "upn": "lol", "groups": ["andet", "job-leder"]},
        "kim": {"name": "Kim Prøve", "upn": "kim", "groups": ["job-sagsbehandler"]},
        "vikar": {"name": "Vikar Prøve", "upn": "vik", "groups": ["hr"]},
        "forhen": {"name": "Forhen Prøve", "upn": "forhen", "groups": ["job-leder"]},
    }
    people = {
        "borger": {"dk.cpr": cpr, "name": "Fra Loginnet"},
        "fremmed": {"dk.cpr": UNKNOWN_CPR, "name": "Frida Fremmed"},
        "virksomhed": {"dk.cpr": cpr, "dk.cvr": f"{cvr:08}", "name": "Eva Ejer"},
        "ukendt": {"dk.cvr": UNKNOWN_CVR, "name": "Ulla Ukendt"},
        "tom": {"name": "Uden Numre"},
    }
    with provider(staff, back) as own, provider(people, back) as broker:
        (folder / "secret").write_text(own.secret + "\n", encoding="utf-8")
        configuration = folder / "sign-in.yaml"
        configuration.write_text(
            "format: 1\nstaff:\n"
            + entry(
                own, f"secretFile: {folder / 'secret'}",
                "  contact: it-vagten, 44 52 00 00\n"
                "  claims: {name: name, person: upn, role: groups}\n"
                "  roles:\n  - {is: job-leder, role: manager}\n"
                "  - {is: job-sagsbehandler, role: caseworker}\n"
                f"  people: [{{is: kim, number: {number}}}, {{is: forhen, number: 999999}}]\n",
            )
            + "citizen:\n"
            + entry(
                broker, "secretVariable: FODFAESTE_TEST_SECRET",
                "  claims: {name: name, cpr: dk.cpr, cvr: dk.cvr}\n",
            ),
            encoding="utf-8",
        )  # fmt: skip
        os.environ["FODFAESTE_TEST_SECRET"] = broker.secret
        with open(folder / "log.txt", "w", encoding="utf-8") as log:
            process = serving.start_as(
                [
                    binary, "serve", "--database", database, "--today", TODAY,
                    "--sign-in", str(configuration), "--site", url,
                ], port, log,
            )  # fmt: skip
            try:
                yield types.SimpleNamespace(
                    url=url, own=own, broker=broker, database=database, log=folder / "log.txt",
                    citizen=f"{given} {family}", company=company, cpr=cpr,
                )  # fmt: skip
            finally:
                serving.stop(process)
