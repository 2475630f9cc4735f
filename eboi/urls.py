from django.urls import path

from eboi.views import accessibility, cases, catalogue, drafts, faults, filed, files, letters, terms

app_name = "eboi"

urlpatterns = [
    path("eboi/", catalogue.home, name="home"),
    path("eboi/sprawy.json", catalogue.matters_json, name="matters_json"),
    path("eboi/sprawy/<slug:code>.json", catalogue.matter_json, name="matter_json"),
    path("eboi/sprawy/<slug:code>/", catalogue.matter, name="matter"),
    path("eboi/sprawy/<slug:code>/rozpocznij/", catalogue.start, name="start"),
    # A fault, told without an account
    path("eboi/sprawy/<slug:code>/zglos/", faults.begin, name="fault_begin"),
    path("eboi/usterka/<uuid:pk>/", faults.fault, name="fault"),
    path("eboi/usterka/<uuid:pk>/ekran/<slug:page_code>/", faults.page, name="fault_page"),
    path("eboi/usterka/<uuid:pk>/sprawdz/", faults.review, name="fault_review"),
    path("terminy/", terms.reckon, name="reckon"),
    # A draft
    path("eboi/wniosek/<uuid:pk>/", drafts.draft, name="draft"),
    path("eboi/wniosek/<uuid:pk>/sprawdz/", drafts.review, name="review"),
    path("eboi/wniosek/<uuid:pk>/nowa-wersja/", drafts.renew, name="renew"),
    path("eboi/wniosek/<uuid:pk>/usun/", drafts.discard, name="discard"),
    path("eboi/wniosek/<uuid:pk>/ekran/<slug:page_code>/", drafts.page, name="page"),
    path("eboi/wniosek/<uuid:pk>/ekran/<slug:page_code>/zapis/", drafts.autosave, name="autosave"),
    # What was filed
    path("eboi/zgloszenie/<uuid:pk>/", filed.filed, name="filed"),
    path("eboi/zgloszenie/<uuid:pk>/upo.pdf", filed.receipt_pdf, name="receipt_pdf"),
    path("eboi/zgloszenie/<uuid:pk>/upo.svg", filed.receipt_qr, name="receipt_qr"),
    path("eboi/zgloszenie/<uuid:pk>/tresc.json", filed.content, name="content"),
    path("upo/", filed.verify, name="verify"),
    # Accessibility
    path("deklaracja-dostepnosci/zadanie/", accessibility.ask, name="ask_for_access"),
    path("deklaracja-dostepnosci/zadanie/<uuid:pk>/", accessibility.asked, name="accessibility_request"),
    # A case
    path("eboi/sprawa/<uuid:pk>/", cases.case, name="case"),
    path("eboi/sprawa/<uuid:pk>/wiadomosci/", cases.correspond, name="messages"),
    path("eboi/sprawa/<uuid:pk>/wiadomosci/przeczytane/", cases.mark_read, name="mark_read"),
    path("eboi/sprawa/<uuid:pk>/dokument/", cases.add_document, name="add_document"),
    path("eboi/sprawa/<uuid:pk>/uzupelnienie/<uuid:call_pk>/", cases.answer_call, name="answer_call"),
    path("eboi/sprawa/<uuid:pk>/wycofaj/", cases.withdraw, name="withdraw"),
    path("eboi/sprawa/<uuid:pk>/decyzja/", cases.decision, name="decision"),
    path("eboi/sprawa/<uuid:pk>/decyzja.pdf", letters.decision_pdf, name="decision_pdf"),
    path("eboi/sprawa/<uuid:pk>/wezwanie/<uuid:call_pk>.pdf", letters.call_pdf, name="call_pdf"),
    path("eboi/sprawa/<uuid:pk>/pismo/<uuid:letter_pk>/odbior/", letters.confirm_receipt, name="confirm_receipt"),
    path("eboi/sprawa/<uuid:pk>/termin.ics", cases.term_ics, name="term_ics"),
    path("eboi/plik/<uuid:pk>/", files.file, name="file"),
]
