from django.urls import path

from residents import address_views, views

app_name = "residents"

urlpatterns = [
    path("moje-dane/", views.my_data, name="my_data"),
    path("moje-dane/poznajmy-sie/", views.onboarding, name="onboarding"),
    path("moje-dane/tozsamosc/", views.identity, name="identity"),
    path("moje-dane/kontakt/", views.contact, name="contact"),
    path("moje-dane/kod-z-urzedu/", views.desk_code, name="desk_code"),
    path("moje-dane/zgody/", views.consents, name="consents"),
    path("moje-dane/zgody/<slug:purpose>/<slug:channel>/", views.give_consent, name="give_consent"),
    path("moje-dane/zgody/wycofaj/<int:pk>", views.withdraw_consent, name="withdraw_consent"),
    path("moje-dane/kto-ogladal/", views.who_looked, name="who_looked"),
    path("moje-dane/prawa/", views.rights, name="rights"),
    path("moje-dane/regulaminy/", views.new_terms, name="new_terms"),
    path("adresy/", address_views.addresses, name="addresses"),
    path("regulamin/", views.terms, {"kind": "service"}, name="terms_service"),
    path("klauzula-informacyjna/", views.terms, {"kind": "privacy"}, name="terms_privacy"),
]
