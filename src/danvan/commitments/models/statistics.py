"""What the statistics keep of the ledger: counts by lead, year and part, and the leads whose counts no longer hold."""

from django.db import models

from danvan.commitments.enums import KEPT, Part

WHOLE = 0  # in place of a lead: all leads together


class CommitmentTally(models.Model):
    """How many commitments of one lead, due in one year, stood how, for one value of one part of the statistics.

    Derived: written anew for a whole lead, never edited. `lead_id` is WHOLE for all leads together; `year` 0 is
    what has no end. `value` is a topic's id, a source kind or a month; empty where the part is the lead itself.
    """

    lead_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=6, choices=Part)
    value = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lead_id", "part", "year", "value"], name="tally_of_a_lead_once"
            )
        ]
        indexes = [models.Index(fields=["part", "year", "lead_id"], name="tally_by_part")]

    def __str__(self) -> str:
        return f"{self.lead_id}:{self.year}:{self.part}:{self.value}"


for _name in KEPT:  # one column for each count that is kept
    CommitmentTally.add_to_class(_name, models.PositiveIntegerField(default=0))


class TalliedLead(models.Model):
    """As on which day the tallies of a lead were counted: what is late changes with the day."""

    lead_id = models.BigIntegerField(primary_key=True)
    counted_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"{self.lead_id}:{self.counted_on}"


class StaleTally(models.Model):
    """A lead whose commitments changed since its tallies were counted. Written by the database itself."""

    lead_id = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return str(self.lead_id)
