import pytest

from danvan.reading import Target, extract, read, symbol_key
from tests.reading.resolutions import ExpectedTarget, make_resolution


def as_expected(target: Target) -> ExpectedTarget:
    asked = {} if target.qualitative else {one.measure: one.minimum for one in target.conditions}
    return ExpectedTarget(
        kinds=frozenset(population.kind for population in target.populations),
        levels=target.populations[0].levels if target.populations else (),
        every="" if target.qualitative else target.every,
        conditions=asked,
        share=int(target.share[0]) if target.share and target.share_stated else None,
        comparator=target.comparator,
        qualitative=target.qualitative,
    )


def found_targets(text: str) -> list[ExpectedTarget]:
    return [as_expected(target) for target in read(text).targets]


@pytest.mark.parametrize("seed", range(200))
def test_every_target_of_a_made_up_resolution_is_read(seed):
    made = make_resolution(seed)
    assert found_targets(made.text) == made.targets, made.text


@pytest.mark.parametrize("seed", range(5))
def test_the_word_file_carries_the_same_targets_as_its_text(seed):
    made = make_resolution(seed)
    text = extract(made.to_docx(), "docx").text
    reading = read(text)
    assert found_targets(text) == made.targets
    assert reading.head.symbol == made.symbol
    assert reading.validity.first.year == made.first_year
    assert reading.validity.last.year == made.last_year
    assert [symbol_key(one.symbol) for one in reading.citations] == [
        symbol_key(one) for one in made.citations
    ]


def test_the_same_seed_makes_the_same_resolution():
    assert make_resolution(7).text == make_resolution(7).text
    assert make_resolution(7).text != make_resolution(8).text
