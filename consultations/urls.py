"""Addresses of consultations, under /konsultacje/. Words of their own stand before the slug of a consultation."""

from django.urls import path

from consultations.views import (
    box,
    budgets,
    documents,
    feeds,
    follow,
    open_data,
    pages,
    receipts,
    reports,
    results,
    survey_review,
    surveys,
    voices,
)

app_name = "consultations"
written = [
    path("pismo/<uuid:pk>/", documents.remark_sent, name="remark_sent"),
    path("zalacznik/<int:pk>/", documents.remark_file, name="remark_file"),
    path("glos/<uuid:pk>/zglos/", voices.voice_flag, name="voice_flag"),
    path("<slug:slug>/dokument/<slug:code>/", documents.document, name="document"),
    path("<slug:slug>/dokument/<slug:code>/plik/", documents.document_file, name="document_file"),
    path("<slug:slug>/dokument/<slug:code>/uwaga/", documents.remark, name="remark"),
    path("<slug:slug>/glosy/", voices.voices, name="voices"),
    path("<slug:slug>/co-zrobilismy/", voices.what_we_did, name="what_we_did"),
    path("<slug:slug>/raport/", reports.report, name="report"),
    path("<slug:slug>/raport/<int:number>/", reports.report_version, name="report_version"),
    path("<slug:slug>/raport/<int:number>/raport.pdf", reports.report_pdf, name="report_pdf"),
    path("<slug:slug>/raport/<int:number>/liczby.csv", reports.report_csv, name="report_csv"),
]
voting = [
    path("<slug:slug>/ankieta/<slug:code>/", surveys.instrument, name="instrument"),
    path("<slug:slug>/ankieta/<slug:code>/pytania/<slug:page_code>/", surveys.page, name="survey_page"),
    path("<slug:slug>/ankieta/<slug:code>/pytania/<slug:page_code>/zapis/", surveys.autosave, name="survey_autosave"),
    path("<slug:slug>/ankieta/<slug:code>/zapisane/", surveys.kept, name="survey_kept"),
    path("<slug:slug>/ankieta/<slug:code>/wroc/", surveys.resume, name="survey_resume"),
    path("<slug:slug>/ankieta/<slug:code>/sprawdz/", survey_review.review, name="survey_review"),
    path("<slug:slug>/ankieta/<slug:code>/przyjeto/", receipts.sent, name="survey_sent"),
    path("<slug:slug>/urna/<slug:code>/", box.box, name="box"),
    path("<slug:slug>/urna/<slug:code>/potwierdzenia.txt", box.commitments, name="commitments"),
    path("<slug:slug>/urna/<slug:code>/potwierdzenie/", receipts.receipt, name="receipt"),
    path("<slug:slug>/urna/<slug:code>/potwierdzenie/droga.json", receipts.proof, name="proof"),
]
budget = [
    path("<slug:slug>/projekty/<slug:code>/", budgets.projects, name="projects"),
    path("<slug:slug>/projekty/<slug:code>/glosuj/", budgets.budget_vote, name="budget_vote"),
    path("<slug:slug>/projekty/<slug:code>/wynik/", budgets.budget_result, name="budget_result"),
    path("<slug:slug>/projekty/<slug:code>/wynik/glosowanie.pb", budgets.budget_file, name="budget_file"),
    path("<slug:slug>/projekty/<slug:code>/<str:project_code>/", budgets.project, name="project"),
]
outcome = [
    path("<slug:slug>/wyniki/", results.results, name="results"),
    path("<slug:slug>/dane/", open_data.open_data, name="open_data"),
    path("<slug:slug>/dane/<uuid:pk>/", open_data.open_file, name="open_file"),
]
urlpatterns = [
    path("", pages.home, name="home"),
    path("atom.xml", feeds.ConsultationsFeed(), name="feed"),
    path("obserwuj/<str:secret>/potwierdz/", follow.follow_confirm, name="follow_confirm"),
    path("obserwuj/<str:secret>/wypisz/", follow.follow_leave, name="follow_leave"),
    *voting,
    *written,
    *budget,
    *outcome,
    path("<slug:slug>/", pages.consultation, name="consultation"),
    path("<slug:slug>/atom.xml", feeds.AnnouncementsFeed(), name="consultation_feed"),
    path("<slug:slug>/kalendarz.ics", feeds.agenda_ics, name="agenda_ics"),
    path("<slug:slug>/materialy/<int:pk>/", pages.material, name="material"),
    path("<slug:slug>/obserwuj/", follow.follow, name="follow"),
    path("<slug:slug>/obserwuj/wyslane/", follow.follow_asked, name="follow_asked"),
]
