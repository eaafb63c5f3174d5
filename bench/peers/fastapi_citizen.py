"""The citizen page by FastAPI and Jinja2: /citizens/<number>?purpose=...&kind=...&page=...

Run with: CITIZEN_DATABASE=file uvicorn fastapi_citizen:app --workers 2 --no-access-log
"""

from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

import citizen_page

environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
    auto_reload=False,
)
template = environment.get_template("citizen.html")

app = FastAPI(openapi_url=None)


@app.get("/citizens/{number}", response_class=HTMLResponse)
async def citizen(
    number: int,
    purpose: str = "Sagsbehandling",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    kind: str = "",
):
    # Read on the event loop: an embedded database answers sooner than a thread pool.
    found = citizen_page.look(number, purpose, page, kind)
    if found is None:
        raise HTTPException(404)
    return HTMLResponse(template.render(found))
