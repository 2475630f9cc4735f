from django.urls import path

from schemas import views

app_name = "schemas"

urlpatterns = [
    path("wzory/<slug:code>/", views.paper, name="paper"),
    path("wzory/<slug:code>/<int:number>/", views.paper, name="paper_of"),
    path("wzory/<slug:code>/<int:number>/formularz.pdf", views.paper_download, name="paper_pdf"),
]
