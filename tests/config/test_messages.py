import re

import pytest
from django.contrib.auth.password_validation import MinimumLengthValidator, ValidationError
from django.utils.translation import gettext, ngettext, override
from scripts.build_messages import ROOT, compiled, entries

SOURCE = ROOT / "src/config/locale/vi/LC_MESSAGES/django.po"
NAMED = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w+\}")


@pytest.fixture
def messages():
    return entries(SOURCE.read_text(encoding="utf-8"))


def test_every_message_is_translated_and_asks_for_nothing_it_is_not_given(messages):
    for key, told in messages.items():
        given = set(NAMED.findall(key.split("\0")[0]))
        assert set(NAMED.findall(told)) <= given, key


def test_django_reads_what_we_compiled():
    with override("vi"):
        assert gettext("Enter a complete value.") == "Đồng chí vui lòng nhập đủ các phần."
        assert ngettext("%(num)d week", "%(num)d weeks", 3) % {"num": 3} == "3 tuần"
        with pytest.raises(ValidationError, match="cần ít nhất 12 ký tự") as refused:
            MinimumLengthValidator(12).validate("ngắn")
        assert len(refused.value.messages) == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgid "a"\nmsgstr ""', "not translated: a"),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"', "told twice: a"),
        ('msgid "a"\nwhat "b"', "not a line of a .po file"),
    ],
)
def test_a_faulty_catalogue_stops_the_build(text, fault):
    with pytest.raises(ValueError, match=fault):
        entries(text)


def test_what_is_compiled_is_what_gettext_reads():
    import gettext as library
    from io import BytesIO

    text = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n"X: y\\n"\n\n'
        'msgctxt "c"\nmsgid "a"\nmsgstr "ô"\n\nmsgid "b"\nmsgid_plural "bs"\nmsgstr[0] "bê"'
    )
    catalogue = library.GNUTranslations(BytesIO(compiled(entries(text))))
    assert catalogue.pgettext("c", "a") == "ô"
    assert catalogue.ngettext("b", "bs", 1) == "bê"
