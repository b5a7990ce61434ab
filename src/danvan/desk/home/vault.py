"""That a case of the vault waits for the reader: nothing of which, how many, since when or against whom."""

from collections.abc import Iterator

from django.urls import reverse

from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing
from danvan.petitions.selectors.vault import waits_for


def waiting_in_the_vault(reader: Reader) -> Iterator[Batch]:
    """One line for whoever is named in a case that they have not opened yet. One query where they may enter at all."""
    if reader.may("vault.enter") and waits_for(reader.user):
        url = reverse("vault:list")
        thing = Thing(
            sort=Sort.PETITION, pk=0, title="Vùng niêm phong có hồ sơ giao cho đồng chí", url=url,
            product="Mở vùng niêm phong để xem", state="Chưa mở",
        )  # fmt: skip
        yield Batch(Group.LACKING, Sort.PETITION, [thing], 1, url)
