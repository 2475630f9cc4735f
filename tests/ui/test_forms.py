"""Every form of the portal is drawn by one renderer, and what belongs together is tied together."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils.html import format_html


class Waste(forms.Form):
    email = forms.EmailField(label="Adres e-mail", help_text="Wyślemy tu numer sprawy.")
    people = forms.IntegerField(label="Liczba osób")
    phone = forms.CharField(label="Telefon", required=False)
    compost = forms.ChoiceField(
        label="Kompostownik", choices=[("t", "tak"), ("n", "nie")], widget=forms.RadioSelect, help_text="Na tej posesji."
    )
    agreed = forms.BooleanField(label="Przeczytałam informację")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def tags(html, name):
    return re.findall(rf"<{name}\b[^>]*>", html)


def drawn(source="{{ form }}", data=None):
    html = Template("{% load ui %}" + source).render(Context({"form": Waste(data)}))
    return re.sub(r"\s+(?=<)", "", html).strip()


@pytest.mark.parametrize(
    "source",
    [
        "{{ form }}",
        "{{ form.as_div }}",
        "{% field form.email %}{% field form.people %}{% field form.compost %}{% field form.agreed %}{% field form.phone %}{% field form.token %}",
    ],
)
def test_each_way_of_drawing_ties_label_hint_and_input(source):
    html = drawn(source)

    (email,) = [tag for tag in tags(html, "input") if 'name="email"' in tag]
    assert 'aria-describedby="id_email_helptext"' in email
    assert '<label class="field__label" for="id_email">Adres e-mail</label>' in html
    assert '<p class="field__hint" id="id_email_helptext">' in html


def test_an_error_is_tied_to_its_input_after_the_hint():
    html = drawn(data={"email": "anna@"})

    (email,) = [tag for tag in tags(html, "input") if 'name="email"' in tag]
    assert 'aria-describedby="id_email_helptext id_email_error"' in email
    assert 'aria-invalid="true"' in email
    assert '<div id="id_email_error">' in html
    assert 'value="anna@"' in email, "nothing typed is lost"


def test_a_group_of_options_is_a_fieldset_that_carries_hint_and_error():
    html = drawn(data={})

    (fieldset,) = tags(html, "fieldset")
    assert 'aria-describedby="id_compost_helptext id_compost_error"' in fieldset
    assert '<legend class="field__legend">Kompostownik</legend>' in html


def test_optional_is_marked_and_required_is_the_rule():
    html = drawn()

    assert html.count("(nieobowiązkowe)") == 1
    assert 'for="id_phone">Telefon<span class="field__optional">(nieobowiązkowe)</span>' in html
    assert " required" not in html, "the server checks, so that every error reads the same"


def test_the_summary_links_to_the_first_control_of_each_wrong_field():
    html = drawn("{% error_summary form %}", data={"email": "anna@", "people": "3"})

    assert re.findall(r'href="#([^"]+)"', html) == ["id_email", "id_compost_0", "id_agreed"]
    (summary,) = [tag for tag in tags(html, "div") if "error-summary" in tag]
    assert 'tabindex="-1"' in summary and "autofocus" in summary and 'role="alert"' in summary


def test_every_link_of_the_summary_leads_to_a_control_that_is_there():
    html = drawn("{% error_summary form %}{{ form }}", data={})

    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    for tag in re.findall(r"<[^>]+aria-describedby=[^>]+>", html):
        assert set(re.search(r'aria-describedby="([^"]+)"', tag)[1].split()) <= set(ids)


def test_a_form_without_errors_has_no_summary():
    assert drawn("{% error_summary form %}") == ""


def test_an_error_of_the_whole_form_stands_in_the_summary_without_a_link():
    form = Waste({"email": "a@example.com", "people": "2", "compost": "t", "agreed": "on"})
    form.add_error(None, "Ta wersja jest nieaktualna.")

    html = Template("{% load ui %}{% error_summary form %}").render(Context({"form": form}))

    assert "Ta wersja jest nieaktualna." in html and "href" not in html


def test_a_hint_from_the_database_is_escaped_and_a_trusted_one_is_not():
    class Hinted(forms.Form):
        typed = forms.CharField(help_text="<b>typed</b>")
        ours = forms.CharField(help_text=format_html("<b>{}</b>", "ours"))

    html = str(Hinted())

    assert "&lt;b&gt;typed&lt;/b&gt;" in html and "<b>ours</b>" in html


def test_hidden_fields_have_no_label():
    html = drawn()

    assert '<input type="hidden" name="token" id="id_token">' in html
    assert 'for="id_token"' not in html


def test_django_s_own_errors_are_said_in_plain_words():
    form = Waste({"email": "anna@", "people": "dwie", "compost": "x"})

    assert {name: list(errors) for name, errors in form.errors.items()} == {
        "email": ["Wpisz adres e-mail w całości, na przykład anna@example.com."],
        "people": ["Wpisz liczbę cyframi, na przykład 3."],
        "compost": ["Wybierz odpowiedź z listy."],
        "agreed": ["Zaznacz to pole, aby przejść dalej."],
    }
