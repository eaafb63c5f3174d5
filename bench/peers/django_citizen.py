"""The citizen page by Django: /citizens/<number>?purpose=...&kind=...&page=...

Run with:
    CITIZEN_DATABASE=file gunicorn --workers 2 --threads 4 django_citizen:application
"""

import os
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models, transaction
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path

import citizen_page
from citizen_page import MUNICIPALITY, ON_PAGE, TODAY_NUMBER

settings.configure(
    DEBUG=False,
    SECRET_KEY="nothing is signed here",
    ALLOWED_HOSTS=["127.0.0.1", "localhost", "testserver"],
    ROOT_URLCONF=__name__,
    USE_I18N=False,
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates"],
        }
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"file:{os.environ['CITIZEN_DATABASE']}?mode=rw",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "uri": True,
                "timeout": 5,
                "transaction_mode": "IMMEDIATE",
                "init_command": citizen_page.PRAGMAS,
            },
        }
    },
)
django.setup()


class Registered(models.Model):
    """A row of a kind of facts; of each fact, the row that is not superseded stands."""

    pk = models.CompositePrimaryKey("municipality", "fact", "registration")
    municipality = models.BigIntegerField()
    fact = models.BigIntegerField(db_column="id")
    registration = models.BigIntegerField()
    superseded_by = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
        app_label = "citizens"
        managed = False

    @classmethod
    def standing(cls, **conditions):
        return cls.objects.filter(
            municipality=MUNICIPALITY, superseded_by=None, **conditions
        )


class Citizen(Registered):
    cpr = models.TextField()
    given_name = models.TextField()
    family_name = models.TextField()
    born = models.BigIntegerField()

    class Meta(Registered.Meta):
        db_table = "citizen"


class StaffMember(Registered):
    name = models.TextField()

    class Meta(Registered.Meta):
        db_table = "staff_member"


class Assignment(Registered):
    citizen = models.BigIntegerField()
    staff = models.BigIntegerField()
    valid_from = models.BigIntegerField()
    valid_to = models.BigIntegerField(null=True)

    class Meta(Registered.Meta):
        db_table = "assignment"


class ConversationNote(Registered):
    citizen = models.BigIntegerField()
    begins = models.BigIntegerField(null=True)
    note = models.TextField()

    class Meta(Registered.Meta):
        db_table = "conversation_note"


class Ledger(models.Model):
    pk = models.CompositePrimaryKey("municipality", "number")
    municipality = models.BigIntegerField()
    number = models.BigIntegerField()
    recorded_on = models.BigIntegerField()
    actor = models.TextField()
    kind = models.TextField()
    fact = models.BigIntegerField()
    citizen = models.BigIntegerField(null=True)
    valid_from = models.BigIntegerField(null=True)
    valid_to = models.BigIntegerField(null=True)
    supersedes = models.BigIntegerField(null=True)
    payload = models.JSONField()

    class Meta:
        app_label = "citizens"
        db_table = "ledger"
        managed = False


class Lookup(models.Model):
    pk = models.CompositePrimaryKey("municipality", "number")
    municipality = models.BigIntegerField()
    number = models.BigIntegerField()
    act = models.BigIntegerField()
    looked_at = models.BigIntegerField()
    actor = models.TextField()
    role = models.TextField()
    purpose = models.TextField()
    subject = models.TextField()
    citizen = models.BigIntegerField(null=True)

    class Meta:
        app_label = "citizens"
        db_table = "lookup"
        managed = False


COUNTS = citizen_page.counts("%(municipality)s", "%(citizen)s")


def log(citizen, purpose):
    """Enters the look-up in the log and returns its number; None is nobody found."""
    with transaction.atomic():
        ours = Lookup.objects.filter(municipality=MUNICIPALITY)
        number = (ours.aggregate(last=models.Max("number"))["last"] or 0) + 1
        Lookup.objects.create(
            municipality=MUNICIPALITY,
            number=number,
            act=number,
            looked_at=int(time.time()),
            actor=citizen_page.ACTOR,
            role=citizen_page.ROLE,
            purpose=purpose,
            subject=citizen_page.SUBJECT,
            citizen=citizen,
        )
    return number


def standing(citizen):
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, {"municipality": MUNICIPALITY, "citizen": citizen})
        return dict(cursor.fetchall())


def caseworker(citizen):
    """The name, since when, and how many there have been."""
    assigned = Assignment.standing(citizen=citizen)
    names = StaffMember.standing(fact=models.OuterRef("staff")).values("name")
    now = (
        assigned.filter(
            models.Q(valid_to=None) | models.Q(valid_to__gte=TODAY_NUMBER),
            valid_from__lte=TODAY_NUMBER,
        )
        .annotate(name=models.Subquery(names[:1]))
        .order_by("-valid_from")
        .values_list("name", "valid_from")
        .first()
    )
    return now and (*now, assigned.aggregate(n=models.Count("staff", distinct=True))["n"])


def timeline(citizen, page, kind):
    later = Ledger.objects.filter(
        municipality=models.OuterRef("municipality"), supersedes=models.OuterRef("number")
    )
    found = Ledger.objects.filter(
        ~models.Exists(later),
        municipality=MUNICIPALITY,
        citizen=citizen,
        valid_from__isnull=False,
    )
    if kind:
        found = found.filter(kind=kind)
    rows = found.order_by("-valid_from", "-number").values_list(
        "number",
        "kind",
        "fact",
        "valid_from",
        "valid_to",
        "recorded_on",
        "actor",
        "payload",
        named=True,
    )[(page - 1) * ON_PAGE : page * ON_PAGE]
    talks = [row.fact for row in rows if row.kind == "conversation"]
    notes = {
        fact: (begins, note)
        for fact, begins, note in ConversationNote.standing(fact__in=talks).values_list(
            "fact", "begins", "note"
        )
    }
    return [citizen_page.event(*row, notes) for row in rows]


def citizen(request, number):
    page = request.GET.get("page", "1")
    if not page.isdecimal() or not 1 <= int(page) <= 100_000:
        return HttpResponseBadRequest()
    page = int(page)
    purpose = request.GET.get("purpose", "Sagsbehandling")
    person = Citizen.standing(fact=number).first()
    lookup = log(number if person else None, purpose)
    if person is None:
        raise Http404
    of_each = standing(number)
    kind = request.GET.get("kind", "")
    if kind not in of_each:
        kind = ""
    found = citizen_page.shown(
        number=number,
        name=f"{person.given_name} {person.family_name}",
        cpr=person.cpr,
        born=person.born,
        purpose=purpose,
        lookup=lookup,
        caseworker=caseworker(number),
        standing=of_each,
        events=timeline(number, page, kind),
        page=page,
        kind=kind,
    )
    return render(request, "citizen_django.html", found)


urlpatterns = [path("citizens/<int:number>", citizen)]
application = get_wsgi_application()
