"""Addresses of the room."""

from django.urls import path

from payments.views import messages, mine, online

app_name = "payments"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("koszyk/", online.basket, name="basket"),
    path("wplata/<uuid:pk>/", online.checkout, name="checkout"),
    path("wplata/<uuid:pk>/zaplac/", online.pay, name="pay"),
    path("wplata/<uuid:pk>/przerwij/", online.give_up, name="give_up"),
    path("wplata/<uuid:pk>/potwierdzenie.pdf", online.confirmation, name="confirmation"),
    path("powiadomienia/przelewy24/", messages.notify, name="notify"),
    path("<uuid:pk>/", mine.payment, name="payment"),
    path("<uuid:pk>/kod.svg", mine.code_svg, name="code_svg"),
    path("<uuid:pk>/kod.png", mine.code_png, name="code_png"),
]
