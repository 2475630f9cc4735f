"""Addresses of the room."""

from django.urls import path

from payments import views

app_name = "payments"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("<uuid:pk>/", views.payment, name="payment"),
    path("<uuid:pk>/kod.svg", views.code_svg, name="code_svg"),
    path("<uuid:pk>/kod.png", views.code_png, name="code_png"),
]
