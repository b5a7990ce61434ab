"""The hand of a reader: it signs in, taps and types, and counts what it did by the keystroke-level model.

The model (Card, Moran, Newell: The Keystroke-Level Model for User Performance Time, Communications of the ACM 23(7), 1980)
adds what the hand does and what the head does: 0.28 s a keystroke of an average typist who does not type every day, 1.1 s
to point at something and 1.35 s of mental preparation for each thing to decide. On a touch screen pointing and pressing
are one tap, which costs no more than the pointing (Holleis and others: Keystroke-Level Model for Advanced Mobile Phone
Interaction, CHI 2007).
"""

from dataclasses import dataclass

from django.conf import settings
from playwright.sync_api import Locator, Page

KEYSTROKE, TAP, THOUGHT = 0.28, 1.1, 1.35  # seconds


@dataclass
class Hand:
    """Acts on a page, counted."""

    page: Page
    taps: int = 0
    keystrokes: int = 0
    thoughts: int = 0

    def tap(self, what: Locator) -> None:
        """Press something."""
        what.click()
        self.taps += 1

    def write(self, box: Locator, text: str) -> None:
        """Go to a box and type; what stands there is taken away first, a keystroke a letter."""
        self.tap(box)
        for _ in box.input_value():
            box.press("End")
            box.press("Backspace")
            self.keystrokes += 1
        box.press_sequentially(text)
        self.keystrokes += len(text)

    def decide(self, things: int) -> None:
        """Look at so many things and make up one's mind about each."""
        self.thoughts += things

    @property
    def seconds(self) -> float:
        """How long all of it takes, by the model."""
        return KEYSTROKE * self.keystrokes + TAP * self.taps + THOUGHT * self.thoughts


def signed_in(page: Page, live_server, client, user) -> Page:
    """The page in the browser of somebody who has signed in."""
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    session = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    page.context.add_cookies([session])
    return page
