"""What the desk does across all rooms: only the roof knows them, so it adds the verb to the page of a person and of a request."""

from django import forms
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import Button
from pruszcz_portal import erasing
from residents.admin.data_requests import ANSWER, DataRequestAdmin
from residents.admin.people import PersonAdmin
from residents.models import DataRequest, Person
from ui.fields import CleanCharField


class SureForm(forms.Form):
    """Shows what goes and what stays of this person before anything is pressed."""

    is_sure = forms.BooleanField(label=_("Wiem, że tego nie da się cofnąć"))

    def __init__(self, *data, obj, **kwargs):
        super().__init__(*data, **kwargs)
        lines = erasing.lines_of(obj if isinstance(obj, Person) else obj.person, now())
        told = {"going": _titles(erasing.going(lines)), "staying": _titles(erasing.staying(lines)) or _("nic")}
        self.fields["is_sure"].help_text = _("Zniknie: %(going)s. Zostanie, bo każe prawo: %(staying)s.") % told


class LetterForm(SureForm):
    letter = CleanCharField(
        label=_("Numer pisma z żądaniem"), max_length=60, help_text=_("Na przykład RPW/12/2026. Bez nazwiska.")
    )
    field_order = ["letter", "is_sure"]


def _titles(lines) -> str:
    return ", ".join(f"{line.told.title} ({line.count})" for line in lines)


def erase_by_letter(person, *, letter, is_sure, by, moment):
    return erasing.erase(person, by=by, moment=moment, letter=letter)


def erase_as_asked(request, *, is_sure, by, moment):
    """The request goes with everything else; its day stands in the protocol, and the person is told by the last letter."""
    return erasing.erase(request.person, by=by, moment=moment, letter=f"portal, {localdate(request.asked_at)}")


def _asks_to_go(request, user):
    return request.kind == DataRequest.Kind.ERASURE and request.is_granted is not False


DONE = _("Dane usunięto. Protokół jest w protokołach usunięcia danych osób.")
PersonAdmin.buttons = [
    *PersonAdmin.buttons,
    Button(
        _("Usuń dane na żądanie"), erase_by_letter, needs=ANSWER, form=LetterForm, tone="danger", done=DONE,
        when=lambda person, user: person.merged_into_id is None,
    ),
]  # fmt: skip
DataRequestAdmin.buttons = [
    *DataRequestAdmin.buttons,
    Button(_("Usuń dane ze wszystkich działów"), erase_as_asked, needs=ANSWER, form=SureForm, tone="danger", done=DONE, when=_asks_to_go),
]  # fmt: skip
