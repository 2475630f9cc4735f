"""A case as simple as can be, for tests of the desk: it lives outside Django's registry of apps."""

from django import forms
from django.contrib import admin
from django.db import models
from django.test.utils import isolate_apps
from django.urls import include, path

from accounts.desk import Desk
from office.admin_buttons import Button, DeskAdmin
from office.transitions import CLERK, RESIDENT, Refused, move


class Status(models.TextChoices):
    SENT = "sent", "złożona"
    OPEN = "open", "w toku"
    DONE = "done", "zakończona"


with isolate_apps("office"):

    class Errand(models.Model):
        TRANSITIONS = {Status.SENT: {Status.OPEN: CLERK}, Status.OPEN: {Status.DONE: CLERK, Status.SENT: RESIDENT}}

        id = models.UUIDField(primary_key=True)
        status = models.CharField(max_length=10, choices=Status, default=Status.SENT)
        person = models.UUIDField(null=True)
        answer = models.TextField(blank=True)
        done_on = models.DateField(null=True)
        secret = models.BooleanField(default=False)
        file_ids = models.JSONField(default=list)

        class Meta:
            app_label = "office"
            verbose_name = "sprawa próbna"
            verbose_name_plural = "sprawy próbne"

        def __str__(self):
            return f"Sprawa {str(self.pk)[-4:]}"


def take_up(errand, *, by):
    move(errand, Status.OPEN, by=by, note="biorę")


def finish(errand, *, by, day, answer):
    if answer == "odmowa":
        raise Refused("Najpierw dopisz uzasadnienie.")
    move(errand, Status.DONE, by=by)
    Errand.objects.filter(pk=errand.pk).update(answer=answer, done_on=day)


def shred(errand, *, by):
    errand.delete()


class AnswerForm(forms.Form):
    answer = forms.CharField(label="Odpowiedź", widget=forms.Textarea, min_length=3)


class ErrandAdmin(DeskAdmin):
    list_display = ["id", "status"]
    buttons = [
        Button("Weź sprawę", take_up, to=Status.OPEN, needs="office.lead_errand"),
        Button("Zakończ", finish, to=Status.DONE, form=AnswerForm, needs="office.lead_errand", done="Sprawa zakończona."),
        Button("Zniszcz", shred, confirm="Tego nie da się cofnąć.", tone="danger", when=lambda errand, user: not errand.secret),
    ]

    def person_of(self, obj):
        return obj.person

    def files_of(self, obj):
        from office.models import StoredFile

        return list(StoredFile.objects.filter(pk__in=obj.file_ids))


desk = Desk(name="admin")
desk._registry.update(admin.site._registry)
desk._registry[Errand] = ErrandAdmin(Errand, desk)

urlpatterns = [path("urzad/", desk.urls), path("", include("pruszcz_portal.urls"))]
