"""The field of a topic on a form reads the tree once a form."""

import pytest
from django import forms

from danvan.topics.fields import TopicField
from tests.topics.trees import grown

pytestmark = pytest.mark.django_db


class Asked(forms.Form):
    topic = TopicField()


def test_a_form_reads_the_tree_once_however_often_its_choices_are_asked_for(
    django_assert_num_queries,
):
    land = grown("Đất đai", "Đất đai › Bồi thường")["Đất đai"]
    with django_assert_num_queries(4):
        form = Asked({"topic": str(land.pk)})
        assert form.is_valid()
        assert form.cleaned_data["topic"] == land.pk
        assert str(form) == str(form)


def test_the_next_form_reads_it_again():
    assert len(list(Asked().fields["topic"].choices)) == 1
    grown("Đất đai")
    assert [label for _, label in Asked().fields["topic"].choices][1:] == ["Đất đai"]
