"""Push without an account: a cookie of the browser's own, and nothing left when it leaves."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.urls import reverse

from announcements.audience import audience_of
from announcements.models import Endpoint, Follower
from tests.announcements.cast import KOSSAKA, make_announcement, make_point, make_topic

pytestmark = pytest.mark.django_db
PAGE, ADD = "/komunikaty/bez-konta/", "/komunikaty/bez-konta/przegladarka/"


def subscription(name="abc", origin="https://fcm.googleapis.com"):
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    keys = {"p256dh": base64.urlsafe_b64encode(point).decode(), "auth": base64.urlsafe_b64encode(b"0123456789abcdef").decode()}
    return {"endpoint": f"{origin}/wp/{name}", "keys": keys}


def agree(client, **given):
    return client.post(ADD, json.dumps(subscription(**given)), content_type="application/json")


def test_a_browser_chooses_topics_and_places_without_an_account(client, dariusz):
    make_point()
    topic = make_topic()
    assert agree(client).json() == {"error": ""}

    client.post(PAGE, {"czesc": "tematy", topic.code: ["push"]})
    client.post(PAGE, {"czesc": "miejsce", "street": KOSSAKA, "number": ""})

    follower = Follower.objects.get()
    assert follower.person is None
    assert [str(place) for place in follower.places.all()] == [KOSSAKA]
    assert audience_of(make_announcement(dariusz)).get().follower == follower


def test_the_same_browser_again_is_the_same_follower(client):
    agree(client)
    agree(client)

    assert (Follower.objects.count(), Endpoint.objects.count()) == (1, 1)


def test_leaving_leaves_nothing(client):
    agree(client)

    client.post(PAGE, {"czesc": "koniec"})

    assert not Follower.objects.exists()
    assert not client.cookies["komunikaty"].value


def test_another_browser_and_a_forged_cookie_see_nothing_of_it(client):
    """S19"""
    agree(client)
    stranger = Client()
    stranger.cookies["komunikaty"] = f"{Follower.objects.get().pk}:forged:x"

    page = stranger.get(PAGE).content.decode()
    stranger.post(PAGE, {"czesc": "koniec"})

    assert "Nie chcę już powiadomień" not in page
    assert Follower.objects.exists()


def test_a_service_that_nobody_knows_is_refused_and_makes_no_follower(client):
    assert "znanej usługi" in agree(client, origin="https://internal.example").json()["error"]
    assert "Nie udało się" in client.post(ADD, "x", content_type="application/json").json()["error"]

    assert not Follower.objects.exists()


def test_made_up_browsers_do_not_fill_the_table(client, settings):
    """S46"""
    for number in range(12):
        agree(Client(), name=str(number))

    assert Follower.objects.count() == 10


def test_the_page_is_reached_from_the_news(client):
    assert reverse("announcements:unnamed") in client.get("/komunikaty/").content.decode()
