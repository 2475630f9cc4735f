"""The roof's table of addresses. Polish paths, English names."""

from django.contrib import admin
from django.urls import include, path

from pruszcz_portal import csp_reports, my_data_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("co-u-mnie/", views.my_matters, name="my_matters"),
    path("moje-dane/kopia/", my_data_views.my_copy, name="my_copy"),
    path("moje-dane/kopia/<uuid:pk>/", my_data_views.my_copy_file, name="my_copy_file"),
    path("moje-dane/usun/", my_data_views.erase, name="erase_me"),
    path("usuniete-dane/<uuid:pk>/", my_data_views.erased, name="erased"),
    path("szukaj/", views.search, name="search"),
    path("deklaracja-dostepnosci/", views.accessibility, name="accessibility"),
    path("kontakt/", views.contact, name="contact"),
    path("prywatnosc/", views.privacy, name="privacy"),
    path("galeria/", views.gallery, name="gallery"),
    path("healthz", views.healthz, name="healthz"),
    path("csp/", csp_reports.report, name="csp_report"),
    path("readyz", views.readyz, name="readyz"),
    path("konto/", include("accounts.urls")),
    path("urzad/", admin.site.urls),
    path("konsultacje/", include("consultations.urls")),
    path("karta/", include("resident_card.urls")),
    path("komunikaty/", include("announcements.urls")),
    path("wifi/", include("wifi_points.urls")),
    path("gpszok/", include("pszok.urls")),
    path("naleznosci/", include("dues.urls")),
    path("platnosci/", include("payments.urls")),
    # Rooms without a door of their own come last: each of their addresses is tried for whatever comes after them.
    path("", include("office.urls")),
    path("", include("residents.urls")),
    path("", include("schemas.urls")),
    path("", include("eboi.urls")),
]

handler400 = "pruszcz_portal.errors.bad_request"
handler403 = "pruszcz_portal.errors.forbidden"
handler404 = "pruszcz_portal.errors.not_found"
handler429 = "pruszcz_portal.errors.too_many"
handler500 = "pruszcz_portal.errors.server_error"
