"""The state of a plan while it is being resolved."""

from dataclasses import dataclass, field
from datetime import date

from danvan.foundation.errors import Fault
from danvan.organisations.selectors.reorganising.ground import Drafted, Ground
from danvan.organisations.selectors.reorganising.plan import Found, Founding, Standing
from danvan.organisations.selectors.reorganising.weights import Weights

# Founded organisations that no draft names count on from here, below the numbers of drafted ones.
UNDRAFTED = 1_000_000_000_000


@dataclass(slots=True)
class Planner:
    """What is known so far: who ends, who is founded, what every unit is from the day, who takes what."""

    draft: Drafted
    ground: Ground
    ended: list[int] = field(default_factory=list)
    founded: dict[int, Founding] = field(default_factory=dict)
    after: dict[int, Standing] = field(default_factory=dict)
    takers: dict[int, list[int]] = field(default_factory=dict)
    weights: Weights = field(default_factory=dict)
    marked: dict[int, int] = field(default_factory=dict)  # heirs that the draft names
    seats: dict[tuple[int, str], int] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)

    @property
    def on(self) -> date:
        """The day."""
        return self.ground.on

    def fault(self, key: str, sentence: str) -> None:
        """Note a fault once."""
        one = Found(key, Fault(sentence))
        if one not in self.found:
            self.found.append(one)

    def now(self, unit: int) -> Standing:
        """What a unit is from the day, as far as it is known."""
        found = self.after.get(unit) or self.ground.standing.get(unit)
        return found or Standing(self.ground.name(unit), "", "", "")

    def name(self, unit: int) -> str:
        """What to call a unit in a sentence."""
        return self.after[unit].name if unit in self.founded else self.ground.name(unit)

    def is_place(self, unit: int) -> bool:
        """Whether a unit is a place."""
        return self.now(unit).is_place

    def next_key(self) -> int:
        """The provisional number of one more founded unit."""
        return -(UNDRAFTED + len(self.founded))

    def heir_of(self, unit: int) -> int:
        """Who takes over the open matters of a unit: as marked, else the largest share, else the lowest id."""
        if unit in self.marked:
            return self.marked[unit]
        shares = self.weights.get(unit, {})
        takers = [taker for taker in self.takers.get(unit, []) if taker != unit]
        order = sorted(takers, key=lambda t: (-shares.get(t, (0, ""))[0], t < 0, abs(t)))
        return order[0] if order else unit
