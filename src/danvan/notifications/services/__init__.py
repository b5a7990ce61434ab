"""Acts of notifications: telling people, reading, choosing how e-mail comes, writing and sending it."""

from danvan.notifications.services.choosing import set_mail_preference
from danvan.notifications.services.letters import send_digests, send_mail_due
from danvan.notifications.services.posting import post_letters
from danvan.notifications.services.reminding import remind_due, remind_idle
from danvan.notifications.services.senders import (
    ask_follower,
    ask_sender,
    confirm_address,
    letter_of_token,
    letter_to_stop,
    post_to_senders,
    stop_letters,
    write_to_followers,
    write_to_sender,
)
from danvan.notifications.services.telling import forget, mark_all_read, mark_read, tell

__all__ = [
    "ask_follower",
    "ask_sender",
    "confirm_address",
    "forget",
    "letter_of_token",
    "letter_to_stop",
    "mark_all_read",
    "mark_read",
    "post_letters",
    "post_to_senders",
    "remind_due",
    "remind_idle",
    "send_digests",
    "send_mail_due",
    "set_mail_preference",
    "stop_letters",
    "tell",
    "write_to_followers",
    "write_to_sender",
]
