from datetime import UTC, datetime
from uuid import UUID

from danvan.foundation import models

AT = datetime(2026, 3, 5, tzinfo=UTC)


def test_rows_name_themselves_for_an_engineer():
    event = models.OutboxEvent(pk=3, name="things.moved", body={}, at=AT)
    named = [
        (
            models.AuditEntry(action="things.move", target="things.thing:7", at=AT),
            "things.move things.thing:7",
        ),
        (models.AuditSeal(sequence=4), "4"),
        (event, "things.moved"),
        (models.Delivery(event=event, subscriber="hear"), "3:hear"),
        (models.StoredFile(sha256="ab" * 32), "ab" * 32),
        (models.DataKey(purpose="vault", uuid=UUID(int=7)), f"vault:{UUID(int=7)}"),
        (models.SealedFile(name="cd" * 16), "cd" * 16),
        (models.NumberSeries(key="a", last=2), "a=2"),
        (models.SearchText(model="things.thing", object_id=7), "things.thing:7"),
        (models.JobWorker(name="w"), "w"),
        (models.JobSchedule(job="things.recount"), "things.recount"),
    ]
    assert [str(row) for row, _ in named] == [name for _, name in named]
