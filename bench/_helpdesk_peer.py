"""django-helpdesk 2.6.1 on its own: when its escalation acts on tickets, day by day.

Runs in an environment of its own (requirements-helpdesk.lock), not in ours: `python _helpdesk_peer.py < cases.json`. Each
case is a start, a number of days, and the days off. The package's own command is run once at the end of
every day, as from cron; the day on which it first raises a ticket is the answer.
"""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from unittest import mock

SETTINGS = {
    "SECRET_KEY": "bench",
    "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    "INSTALLED_APPS": [
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sites",
        "django.contrib.humanize",
        "django.contrib.sessions",
        "django.contrib.admin",
        "django.contrib.messages",
        "rest_framework",
        "helpdesk",
    ],
    "SITE_ID": 1,
    "USE_TZ": True,
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "ROOT_URLCONF": "helpdesk_addresses",
    "TEMPLATES": [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    "HELPDESK_TEAMS_MODE_ENABLED": False,
    "HELPDESK_ENABLE_ATTACHMENTS": False,
}


def run(calendars):
    """For each calendar, the day on which each of its tickets is first raised; null after a year without."""
    from django.core.management import call_command
    from helpdesk.models import EscalationExclusion, Queue, Ticket

    found = []
    for place, calendar in enumerate(calendars):
        for model in (Ticket, Queue, EscalationExclusion):
            model.objects.all().delete()
        EscalationExclusion.objects.bulk_create(
            EscalationExclusion(name="off", date=day) for day in calendar["off"]
        )
        queues = {
            days: Queue.objects.create(title=f"{days}", slug=f"q{place}-{days}", escalate_days=days)
            for days in {case["n"] for case in calendar["cases"]}
        }
        tickets = []
        for case in calendar["cases"]:
            # Received in the middle of the day; the command runs in the last minute of each.
            at = datetime.fromisoformat(case["on"]).replace(hour=12, tzinfo=UTC)
            ticket = Ticket.objects.create(
                queue=queues[case["n"]],
                title="t",
                created=at,
                priority=2,
                status=Ticket.OPEN_STATUS,
            )
            Ticket.objects.filter(pk=ticket.pk).update(created=at, modified=at)
            tickets.append(ticket.pk)
        raised = {}
        day = date.fromisoformat(min(case["on"] for case in calendar["cases"]))
        end = date.fromisoformat(max(case["on"] for case in calendar["cases"])) + timedelta(
            days=366
        )
        while len(raised) < len(tickets) and day <= end:
            now = datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
            with mock.patch("django.utils.timezone.now", return_value=now):
                call_command("escalate_tickets")
            for pk in Ticket.objects.filter(pk__in=tickets, priority=1).values_list(
                "pk", flat=True
            ):
                raised.setdefault(pk, day.isoformat())
            day += timedelta(days=1)
        found.append([raised.get(pk) for pk in tickets])
    return found


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure(**SETTINGS)
    django.setup()
    from types import ModuleType

    from django.core.management import call_command
    from django.urls import include, path

    addresses = ModuleType("helpdesk_addresses")
    addresses.urlpatterns = [path("", include(("helpdesk.urls", "helpdesk"), namespace="helpdesk"))]
    sys.modules["helpdesk_addresses"] = addresses
    call_command("migrate", verbosity=0)
    print(json.dumps(run(json.load(sys.stdin))))
