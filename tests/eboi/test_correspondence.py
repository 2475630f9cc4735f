"""Messages, notes and documents in a case."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from eboi.actions import correspondence
from eboi.models import CaseMessage, Exclusion
from office.models import Message
from office.transitions import Refused
from residents.models import Person
from tests.factories import TUESDAY, make_case, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(anna, dariusz):
    return make_case(make_person(anna), dariusz)


def test_they_write_to_each_other_and_each_sees_what_is_new(case, anna, dariusz):
    correspondence.write_to_office(case, text="Czy wszystko dotarło?", by=anna, moment=TUESDAY)
    correspondence.write_to_resident(case, text="Tak, dziękujemy.", by=dariusz, moment=TUESDAY)

    assert correspondence.mark_read(case, by=dariusz, moment=TUESDAY) == 1
    assert case.messages.get(kind="from_office").read_at is None
    assert correspondence.mark_read(case, by=anna, moment=TUESDAY) == 1
    assert not case.messages.filter(read_at=None).exists()


def test_the_letter_about_a_message_holds_a_link_and_not_a_word_of_it(case, dariusz, anna):
    """S42"""
    correspondence.write_to_resident(case, text="Proszę o numer działki 17/3.", by=dariusz, moment=TUESDAY)

    letter = Message.objects.get(event="eboi/message")
    assert letter.address == anna.email
    assert f"/eboi/sprawa/{case.pk}/" in letter.text
    assert "17/3" not in f"{letter.subject}{letter.text}{letter.html}"
    assert case.mark not in f"{letter.subject}{letter.text}{letter.html}"


def test_a_note_is_not_for_the_party(case, dariusz):
    """L12"""
    correspondence.add_note(case, text="Sprawdzić w ewidencji.", by=dariusz, moment=TUESDAY)

    assert not case.messages.for_party().exists()
    assert CaseMessage.objects.get().kind == CaseMessage.Kind.NOTE


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b"])
def test_an_empty_message_is_refused(case, anna, text):
    with pytest.raises(Refused, match="Napisz wiadomość"):
        correspondence.write_to_office(case, text=text, by=anna, moment=TUESDAY)


def test_a_message_that_is_too_long_is_refused_with_its_limit(case, anna):
    with pytest.raises(Refused, match="najwyżej 8000 znaków"):
        correspondence.write_to_office(case, text="a" * 8001, by=anna, moment=TUESDAY)


def test_dariusz_does_not_write_in_his_own_case(case, dariusz):
    """L11"""
    Person.objects.filter(pk=case.person_id).update(account=dariusz)
    case.refresh_from_db()

    with pytest.raises(Refused, match="To Twoja sprawa"):
        correspondence.add_note(case, text="Nic.", by=dariusz, moment=TUESDAY)

    assert Exclusion.objects.get().tried == "add_note"
    assert not case.messages.exists()


def test_a_file_of_a_kind_that_is_not_taken_leaves_nothing(case, anna):
    upload = SimpleUploadedFile("faktura.exe", b"MZ" + b"0" * 100)

    with pytest.raises(Exception, match="faktura"):
        correspondence.add_document(case, title="Faktura", upload=upload, by=anna, moment=TUESDAY)

    assert not case.documents.exists()
