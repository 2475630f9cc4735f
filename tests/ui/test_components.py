"""Components: they render what they were told, refuse what they do not know, and escape what people typed."""

from datetime import date

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory

NBSP = "\u00a0"


def made(source, **context):
    return Template("{% load ui %}" + source).render(Context(context)).strip()


def test_a_misspelt_argument_fails_when_the_template_compiles():
    with pytest.raises(TemplateSyntaxError, match="titel"):
        Template('{% load ui %}{% panel titel="Opłata" %}{% endpanel %}')


@pytest.mark.parametrize(
    "source",
    [
        '{% notice text="a" tone="gut" %}',
        '{% status_tag text="a" tone="red" %}',
        '{% button text="a" kind="big" %}',
        '{% icon name="unicorn" %}',
        '{% panel tone="loud" %}{% endpanel %}',
        '{% notice text="a" live="loud" %}',
        "{% step_list steps=steps %}",
    ],
)
def test_an_unknown_tone_kind_or_icon_is_refused(source):
    with pytest.raises(TemplateSyntaxError, match="allowed"):
        made(source, steps=[{"title": "a", "state": "soon"}])


@pytest.mark.parametrize(
    "source",
    [
        "{% notice text=typed title=typed link_text=typed link_url=typed %}",
        "{% panel title=typed %}{{ typed }}{% endpanel %}",
        "{% button text=typed name=typed value=typed %}",
        "{% link_button text=typed url=typed %}",
        "{% summary_list %}{% summary_row term=typed value=typed change_url=typed %}{% endsummary_list %}",
        "{% rows label=typed %}{% task_row title=typed text=typed status=typed url=typed %}{% endrows %}",
        "{% files label=typed %}{% file_row name=typed url=typed status=typed remove_name=typed remove_value=typed %}{% endfiles %}",
        "{% empty title=typed text=typed link_text=typed link_url=typed %}",
        "{% step_list steps=steps label=typed %}",
        "{% breadcrumbs crumbs=crumbs %}",
        "{{ typed|typo }}",
        "{% typo %}{{ typed }}{% endtypo %}",
        "{{ typed|letter }}",
    ],
)
def test_what_people_typed_is_escaped_in_every_component(source):
    evil = "\"><script>alert('w domu')</script>"

    html = made(source, typed=evil, steps=[{"title": evil, "state": "done", "text": evil}], crumbs=[(evil, evil)])

    assert "<script" not in html
    assert "&lt;script" in html


def test_a_deadline_says_words_day_and_tone():
    html = made("{% deadline on=on today=today working_days=3 %}", on=date(2026, 12, 28), today=date(2026, 12, 18))

    assert 'class="deadline deadline--warn"' in html
    assert f"zostały 3{NBSP}dni{NBSP}robocze, " in html
    assert f'<time datetime="2026-12-28">28{NBSP}grudnia 2026{NBSP}r.</time>' in html


def test_a_tag_in_colour_carries_an_icon_and_a_plain_one_does_not():
    assert "<svg" in made('{% status_tag text="przyjęta" tone="good" %}')
    assert "<svg" not in made('{% status_tag text="szkic" %}')


def test_a_change_link_names_what_it_changes():
    html = made('{% summary_row term="Adres" value="ul. Długa 1" change_url="/x/" %}')

    assert 'Zmień<span class="visually-hidden"> Adres</span>' in html


def test_an_empty_value_shows_a_dash():
    assert '<dd class="summary__value">–</dd>' in made('{% summary_row term="Telefon" value="" %}')


def test_the_current_step_is_marked_for_screen_readers():
    html = made(
        "{% step_list steps=steps %}", steps=[{"title": "Złożony", "state": "done"}, {"title": "W toku", "state": "current"}]
    )

    assert html.count('aria-current="step"') == 1
    assert 'Złożony<span class="visually-hidden"> (gotowe)</span>' in html


def test_pages_keep_the_rest_of_the_query():
    request = RequestFactory().get("/?stan=otwarte&page=2")

    context = RequestContext(request, {"page": Paginator(range(50), 20).page(2)})
    html = Template("{% load ui %}{% pagination page=page %}").render(context)

    assert 'href="?stan=otwarte&amp;page=1"' in html and 'href="?stan=otwarte&amp;page=3"' in html
    assert "strona 2 z 3" in html


def test_one_page_needs_no_pagination():
    assert made("{% pagination page=page %}", page=Paginator(range(5), 20).page(1)) == ""
