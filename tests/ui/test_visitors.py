"""Pages that are the same for every visitor are made once in half a minute; a page of one person never."""

from itertools import count

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from ui.visitors import same_for_visitors

MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "visitors-under-test"}


@pytest.fixture(autouse=True)
def kept(settings):
    settings.CACHES = {**settings.CACHES, "pages": MEMORY}
    caches["pages"].clear()


@pytest.fixture
def page():
    made = count(1)
    return same_for_visitors(lambda request: HttpResponse(f"made {next(made)}"))


def asked(page, path="/", **extra):
    cookies = extra.pop("cookies", {})
    request = RequestFactory().get(path, **extra)
    request.COOKIES.update(cookies)
    return page(request).content.decode()


def test_two_visitors_share_one_page(page):
    assert (asked(page), asked(page)) == ("made 1", "made 1")


def test_anyone_with_a_cookie_gets_a_page_of_their_own_and_leaves_none_behind(page):
    first = asked(page, cookies={"session": "anna"})
    second = asked(page, cookies={"session": "bartek"})
    visitor = asked(page)

    assert (first, second, visitor) == ("made 1", "made 2", "made 3")


def test_each_address_and_language_has_its_own_page(page):
    from django.utils.translation import override

    with override("pl"):
        polish = asked(page)
    with override("en"):
        english = asked(page)

    assert (polish, english, asked(page, "/inna/")) == ("made 1", "made 2", "made 3")


def test_each_question_has_its_own_answer_and_an_endless_one_is_not_kept(page):
    endless = "/?q=" + "a" * 300

    assert (asked(page, "/?q=śmieci"), asked(page, "/?q=karta"), asked(page, "/?q=śmieci")) == ("made 1", "made 2", "made 1")
    assert (asked(page, endless), asked(page, endless)) == ("made 3", "made 4")


def test_a_refusal_a_cookie_and_a_form_token_are_never_kept():
    def refuse(request):
        return HttpResponse("nie", status=404)

    def greet(request):
        response = HttpResponse("dzień dobry")
        response.set_cookie("seen", "1")
        return response

    def form(request):
        return HttpResponse(get_token(request))

    for view in (refuse, greet, form):
        asked(same_for_visitors(view), f"/{view.__name__}/")
        assert caches["pages"].get(f"pl:/{view.__name__}/") is None
