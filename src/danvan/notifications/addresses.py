"""Addresses of our own pages: told as a path, written in full only in a letter."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from danvan.foundation.periods import Every, Period


def is_ours(url: str) -> bool:
    """Whether it is a path on this site and cannot lead a browser to another one."""
    return (
        url.startswith("/")
        and len(url) <= 200
        and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    )


def in_full(url: str) -> str:
    """The path with the site in front, as a letter needs it."""
    return f"{settings.DANVAN_MAIL_SITE}{url}"


def security_page() -> str:
    """The page of how one proves who one is."""
    return reverse("accounts:security")


def commitment_page(pk: int) -> str:
    """The page of a commitment."""
    return reverse("commitments:card", args=[pk])


def commitments_page() -> str:
    """The list of commitments."""
    return reverse("commitments:list")


def publication_page(pk: int) -> str:
    """The page on which somebody looks through what is to be public."""
    return reverse("petitions:publication", args=[pk])


def confirm_page(token: str) -> str:
    """Where whoever got a letter says that news may go to that address."""
    return reverse("portal:mail", args=[token])


def stop_page(token: str) -> str:
    """Where whoever got a letter says that none shall come any more."""
    return reverse("portal:stop", args=[token])


def series_page(pk: int) -> str:
    """The page of a duty that comes back."""
    return reverse("commitments:series", args=[pk])


def headed_page() -> str:
    """The list of what the reader supervises."""
    return f"{commitments_page()}?ben=toi-theo-doi"


def explanation_page(pk: int) -> str:
    """The page of an explanation."""
    return reverse("commitments:explanation", args=[pk])


def explanations_page() -> str:
    """The list of explanations."""
    return reverse("commitments:explanations")


def follow_up_page(pk: int) -> str:
    """The page of an act of following up."""
    return reverse("commitments:follow-up", args=[pk])


def difficulty_page(pk: int) -> str:
    """The page of a difficulty."""
    return reverse("commitments:difficulty", args=[pk])


def report_page(obligation_id: int) -> str:
    """The page of a report as it was sent, with what was decided."""
    return reverse("reporting:report", args=[obligation_id])


def laid_page(obligation_id: int) -> str:
    """What lies before the head of a unit."""
    return reverse("reporting:laid", args=[obligation_id])


def entry_page(obligation_id: int) -> str:
    """Where a report is filled in."""
    return reverse("reporting:entry", args=[obligation_id])


def reports_page(form_id: int, first: date) -> str:
    """The reports of a month, for whoever approves them."""
    return reverse("reporting:period", args=[form_id, Period.starting(first, Every.MONTH).code])


def reports_due_page() -> str:
    """What a person has to send."""
    return reverse("reporting:home")


def target_page(pk: int) -> str:
    """The page of a target, at how it is divided."""
    return f"{reverse('desk:target', args=[pk])}#phan-bo"


def document_page(pk: int) -> str:
    """The page of a document."""
    return reverse("documents:card", args=[pk])


def sent_to_us_page() -> str:
    """What was sent to the reader's registers and waits to be entered."""
    return reverse("documents:to-enter")


def sent_page(distribution_id: int) -> str:
    """One document as it was sent to one unit."""
    return reverse("documents:sent", args=[distribution_id])


def question_page(pk: int) -> str:
    """The page of a question about a document."""
    return reverse("documents:question", args=[pk])


def programme_entry_page(pk: int) -> str:
    """The page of a line of a programme."""
    return reverse("commitments:entry", args=[pk])


def calendar_page(month: str) -> str:
    """The joint calendar of a month."""
    return f"{reverse('commitments:calendar')}?thang={month}"


def petition_page(pk: int) -> str:
    """The page of a petition."""
    return reverse("petitions:card", args=[pk])


def petitions_page() -> str:
    """The list of petitions."""
    return reverse("petitions:list")
