"""Small trees for tests, grown by the services."""

from datetime import date

from danvan.topics.holding import _holders, register
from danvan.topics.selectors import growth
from danvan.topics.services import add_topic

SINCE, TODAY = date(2025, 1, 1), date(2026, 11, 29)

# Pages on which the tree is kept: for who may keep what concerns the whole installation.
ACTS = ("rename", "move", "aliases", "end", "take-back")
KEPT_TOPICS = {"desk:topic-add", *(f"desk:topic-{act}" for act in ACTS)}


def topic_pages():
    """Which topic each page about one is tried on."""
    one = add_topic(name="Đất đai", parent=None, on=SINCE, actor=None)
    return {name: {"pk": one.pk} for name in ("desk:topic", *KEPT_TOPICS - {"desk:topic-add"})}


def grown(*names, on=SINCE):
    """Topics by name, from paths such as "Đất đai › Bồi thường"; each parent must come first."""
    made = {}
    for path in names:
        *above, name = path.split(" › ")
        parent = made[above[-1]] if above else None
        made[name] = add_topic(name=name, parent=parent, on=on, actor=None)
    return made


def paths(on=TODAY):
    return [node.path for node in growth().tree_on(on)]


class Records:
    """Records of a module above: (topic id, how many), as it would register them."""

    key = "tests.records"
    label = "hồ sơ thử"
    action = "law.view"
    passes = "Hồ sơ giữ lĩnh vực đã ghi."

    def __init__(self):
        self.filed = {}

    def counts(self, *, reader=None):
        return self.filed

    def address(self, topic_id):
        return f"/thu/?linh_vuc={topic_id}"


def registered():
    """Records that the tree asks; take them out with `forgotten`."""
    records = Records()
    register(records)
    return records


def forgotten():
    _holders.pop(Records.key, None)
