"""django-helpdesk 2.6.1 on its own: its list of tickets at the size of the ledger.

Runs in an environment of its own (requirements-helpdesk.lock), which has no driver of PostgreSQL: its tickets stand in an
SQLite file, whichever database ours is on. `python _helpdesk_lists.py < said.json`: so many tickets over so many
queues, and how many of these a clerk may see. The answer is what its table asks its own address for: the first 25 by
due day, open ones and all, for who sees every queue and for the clerk, who is kept to theirs by its own permissions.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from _helpdesk_peer import SETTINGS

TURNS = 10


def pour(tickets, queues, mine):
    """Queues, tickets as many as were asked for, and the two who look at them."""
    from django.contrib.auth.models import Permission, User
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from helpdesk.models import Queue, Ticket

    Queue.objects.bulk_create(
        Queue(title=f"q{one}", slug=f"q{one}", permission_name=f"helpdesk.queue_access_q{one}")
        for one in range(queues)
    )
    ids = list(Queue.objects.order_by("pk").values_list("pk", flat=True))
    model = ContentType.objects.get_for_model(Queue)
    Permission.objects.bulk_create(
        Permission(name=f"q{one}", content_type=model, codename=f"queue_access_q{one}")
        for one in range(mine)
    )
    head = User.objects.create_superuser("head", password=None)
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__startswith="queue_access_q"))
    dice, now = random.Random(6), datetime(2026, 11, 30, tzinfo=UTC)
    plain = {
        one.column: one.get_db_prep_save(one.get_default(), connection)
        for one in Ticket._meta.concrete_fields
        if not one.primary_key
    }
    columns = list(plain)
    marks = ", ".join(["%s"] * len(columns))
    sql = f"insert into {Ticket._meta.db_table} ({', '.join(columns)}) values ({marks})"

    def row(pk):
        at = now - timedelta(days=dice.randrange(0, 500))
        told = {
            **plain, "title": f"Việc {pk}", "queue_id": dice.choice(ids), "created": at, "modified": at,
            "status": dice.choice((1, 1, 3, 4, 4, 4)), "due_date": at + timedelta(days=dice.choice((15, 30, 60, 90))),
            "secret_key": f"{pk:036}",
        }  # fmt: skip
        return [str(one) if isinstance(one, datetime) else one for one in told.values()]

    with connection.cursor() as cursor:
        for start in range(0, tickets, 50_000):
            cursor.executemany(sql, [row(pk) for pk in range(start, min(start + 50_000, tickets))])
        cursor.execute("analyze")
    return {"sees_all": head, "clerk": clerk}


def run(said):
    """Milliseconds of each list: the middle one and the 95th of a hundred."""
    from django.test import Client
    from django.urls import reverse
    from helpdesk.query import query_to_base64

    people, told = pour(said["tickets"], said["queues"], said["mine"]), {}
    lists = {"open": {"status__in": [1, 2]}, "all": {}}
    for who, user in people.items():
        client = Client()
        client.force_login(user)
        for name, kept in lists.items():
            asked = query_to_base64(
                {"filtering": kept, "filtering_null": {}, "sorting": "due_date"}
            )
            address = reverse("helpdesk:datatables_ticket_list", args=[asked])
            took = []
            for _ in range(TURNS + 1):
                began = time.perf_counter()
                answer = client.get(address)
                took.append((time.perf_counter() - began) * 1000)
                assert answer.status_code == 200, answer.status_code
            found = answer.json()
            told[f"{name}_{who}"] = {
                "p50_ms": round(statistics.median(took[1:]), 1),
                "p95_ms": round(statistics.quantiles(took[1:], n=20)[-1], 1),
                "found": found["recordsTotal"],
                "shown": len(found["data"]),
            }
    for name, address in {
        "dashboard": ("helpdesk:dashboard", []),
        "reports": ("helpdesk:run_report", ["queuestatus"]),
    }.items():
        if said.get("pages"):
            told[name] = _page(people["sees_all"], *address)
    return told


def _page(user, name, args):
    """Milliseconds of a page of the helpdesk's own."""
    from django.test import Client
    from django.urls import reverse

    client, took = Client(), []
    client.force_login(user)
    for _ in range(TURNS + 1):
        began = time.perf_counter()
        answer = client.get(reverse(name, args=args))
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.status_code
    return {
        "p50_ms": round(statistics.median(took[1:]), 1),
        "p95_ms": round(statistics.quantiles(took[1:], n=20)[-1], 1),
    }


if __name__ == "__main__":
    import django
    from django.conf import settings

    with tempfile.TemporaryDirectory() as home:
        engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": Path(home) / "tickets.sqlite3"}
        settings.configure(
            **{
                **SETTINGS,
                "DATABASES": {"default": engine},
                "ALLOWED_HOSTS": ["testserver"],
                "HELPDESK_ENABLE_PER_QUEUE_STAFF_PERMISSION": True,
                "MIDDLEWARE": [
                    "django.contrib.sessions.middleware.SessionMiddleware",
                    "django.contrib.auth.middleware.AuthenticationMiddleware",
                    "django.contrib.messages.middleware.MessageMiddleware",
                ],
            }
        )
        django.setup()
        from types import ModuleType

        from django.core.management import call_command
        from django.urls import include, path

        addresses = ModuleType("helpdesk_addresses")
        addresses.urlpatterns = [
            path("", include(("helpdesk.urls", "helpdesk"), namespace="helpdesk"))
        ]
        sys.modules["helpdesk_addresses"] = addresses
        call_command("migrate", verbosity=0)
        print(json.dumps(run(json.load(sys.stdin))))
