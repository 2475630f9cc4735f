"""Addresses of the room."""

from django.urls import URLPattern, path

from resident_card.views import applying as screens
from resident_card.views import cards as card_pages
from resident_card.views import families as family_pages
from resident_card.views import home, phone, sending, sent, verifying
from resident_card.views import packages as package_pages
from resident_card.views import partners as discounts

app_name = "resident_card"

applying: list[URLPattern] = [
    path("", home.home, name="home"),
    path("wniosek/", screens.apply, name="apply"),
    path("wniosek/o/<slug:code>/", screens.apply, name="apply_for"),
    path("wniosek/<uuid:pk>/", sent.application, name="application"),
    path("wniosek/<uuid:pk>/ekran/<slug:code>/", screens.step, name="step"),
    path("wniosek/<uuid:pk>/sprawdz/", sending.review, name="review"),
    path("wniosek/<uuid:pk>/wyslany/", sending.sent, name="sent"),
    path("wniosek/<uuid:pk>/popraw/", sent.correct, name="correct"),
    path("wniosek/<uuid:pk>/wycofaj/", sent.withdraw, name="withdraw"),
    path("wniosek/<uuid:pk>/plik/<uuid:file_pk>/", sent.file, name="application_file"),
]
families: list[URLPattern] = [
    path("rodzina/", family_pages.family, name="family"),
    path("rodzina/zapros/", family_pages.invite, name="family_invite"),
    path("rodzina/zaproszenie/<str:secret>/", family_pages.invitation, name="family_invitation"),
    path("rodzina/zaproszenia/<uuid:pk>/", family_pages.my_invitation, name="family_invitation_mine"),
    path("rodzina/zaproszenia/<uuid:pk>/ponow/", family_pages.invitation_again, name="family_invitation_again"),
    path("rodzina/zaproszenia/<uuid:pk>/cofnij/", family_pages.invitation_back, name="family_invitation_back"),
    path("rodzina/pelnoletnosc/", family_pages.of_age, name="family_of_age"),
    path("rodzina/osoba/<int:pk>/", family_pages.member, name="family_member"),
    path("rodzina/osoba/<int:pk>/kontakt/", family_pages.member_contact, name="family_member_contact"),
    path(
        "rodzina/osoba/<int:pk>/zgody/<slug:purpose>/<slug:channel>/", family_pages.member_consent, name="family_member_consent"
    ),
    path("rodzina/osoba/<int:pk>/logowanie/", family_pages.member_sign_in, name="family_member_sign_in"),
    path("rodzina/osoba/<int:pk>/odlacz/", family_pages.detach, name="family_detach"),
    path("rodzina/osoba/<int:pk>/przekaz/", family_pages.hand_over, name="family_hand_over"),
]
partners: list[URLPattern] = [
    path("znizki/", discounts.offers, name="offers"),
    path("znizki/<uuid:pk>/", discounts.offer, name="offer"),
    path("moje-znizki/", discounts.used_discounts, name="used_discounts"),
    path("sprawdz/", verifying.verifying, name="verifying"),
    path("sprawdz/punkt/", verifying.points, name="points"),
    path("sprawdz/zaproszenie/", verifying.accept_invitation, name="accept_invitation"),
    path("sprawdz/<uuid:pk>/", verifying.card_check, name="card_check"),
    path("sprawdz/<uuid:pk>/twarz/", verifying.face, name="face"),
    path("sprawdz/uzycie/<uuid:pk>/cofnij/", verifying.undo, name="undo_redemption"),
]
cards: list[URLPattern] = [
    path("moja/", card_pages.my_card, name="my_card"),
    path("moja/<uuid:pk>/", card_pages.card_of, name="card_of"),
    path("moja/<uuid:pk>/zdjecie/", card_pages.photo, name="card_photo"),
    path("moja/<uuid:pk>/telefon/", card_pages.tie, name="tie_phone"),
    path("moja/<uuid:pk>/nowa/", card_pages.new_card, name="new_card"),
    path("moja/<uuid:pk>/plastik/", card_pages.order_plastic, name="order_plastic"),
    path("plastik/<int:pk>/rezygnacja/", card_pages.cancel_plastic, name="cancel_plastic"),
    path("zablokuj/<uuid:pk>/", card_pages.block, name="block_card"),
    path("pakiety/", package_pages.my_packages, name="packages"),
    path("w-telefonie/", phone.in_the_phone, name="in_the_phone"),
    path("worker.js", phone.worker, name="worker"),
    path("manifest.webmanifest", phone.manifest, name="manifest"),
]

urlpatterns = [*applying, *families, *cards, *partners]
