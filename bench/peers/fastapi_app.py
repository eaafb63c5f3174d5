"""The plan page by FastAPI and Jinja2: /plan/<plan>.

Run with: PLAN_DATABASE=file uvicorn fastapi_app:app --workers 2 --no-access-log
"""

from pathlib import Path

from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

import plan_page

environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
    auto_reload=False,
)
environment.filters["number"] = plan_page.number
page = environment.get_template("plan.html")

app = FastAPI(openapi_url=None)


@app.get("/plan/{plan}", response_class=HTMLResponse)
async def plan(plan: str):
    # Read on the event loop: an embedded database answers sooner than a thread pool.
    goals = plan_page.goals(plan)
    if not goals:
        raise HTTPException(404)
    return HTMLResponse(page.render(plan=plan, goals=goals))
