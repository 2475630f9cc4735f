"""The roof's table of addresses. Polish paths, English names."""

from django.contrib import admin
from django.urls import include, path

from pruszcz_portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("co-u-mnie/", views.my_matters, name="my_matters"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("konto/", include("allauth.urls")),
    path("urzad/", admin.site.urls),
]
