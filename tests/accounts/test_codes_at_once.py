"""The same code sent twice at the same moment counts once."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from danvan.accounts.services import renew_codes, spend_code
from tests.accounts.factors import code_of, key_ring, with_app
from tests.factories import UserFactory


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer at a time")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_a_code_sent_twice_at_once_counts_once(settings, tmp_path, kind):
    key_ring(settings, tmp_path)
    user, secret = with_app(UserFactory())
    code = code_of(secret) if kind == "app" else renew_codes(user).codes[0]
    begin, counted = Barrier(4), []

    def spend():
        try:
            begin.wait()
            counted.append(spend_code(user, code) is not None)
        finally:
            connections.close_all()

    threads = [Thread(target=spend) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counted) == [False, False, False, True]
