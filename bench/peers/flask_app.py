"""The plan page by Flask and Jinja2: /plan/<plan>.

Run with: PLAN_DATABASE=file gunicorn --workers 2 --threads 4 flask_app:app
"""

from flask import Flask, abort, render_template

import plan_page

app = Flask(__name__)
app.jinja_env.filters["number"] = plan_page.number


@app.get("/plan/<plan>")
def plan(plan):
    goals = plan_page.goals(plan)
    if not goals:
        abort(404)
    return render_template("plan.html", plan=plan, goals=goals)
