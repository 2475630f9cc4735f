"""What the desk does across all rooms: only the roof knows them, so it adds the verb to the page of a person."""

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import Button
from pruszcz_portal import erasing
from residents.admin.people import PersonAdmin
from ui.fields import CleanCharField


class ErasureForm(forms.Form):
    """Shows what goes and what stays of this person before anything is pressed."""

    letter = CleanCharField(
        label=_("Numer pisma z żądaniem"), max_length=60, help_text=_("Na przykład RPW/12/2026. Bez nazwiska.")
    )
    is_sure = forms.BooleanField(label=_("Wiem, że tego nie da się cofnąć"))

    def __init__(self, *data, obj, **kwargs):
        super().__init__(*data, **kwargs)
        lines = erasing.lines_of(obj, now())
        told = {"going": _titles(erasing.going(lines)), "staying": _titles(erasing.staying(lines)) or _("nic")}
        self.fields["is_sure"].help_text = _("Zniknie: %(going)s. Zostanie, bo każe prawo: %(staying)s.") % told


def _titles(lines) -> str:
    return ", ".join(f"{line.told.title} ({line.count})" for line in lines)


def erase_by_letter(person, *, letter, is_sure, by, moment):
    return erasing.erase(person, by=by, moment=moment, letter=letter)


PersonAdmin.buttons = [
    *PersonAdmin.buttons,
    Button(
        _("Usuń dane na żądanie"), erase_by_letter, needs="residents.answer_data_request", form=ErasureForm, tone="danger",
        when=lambda person, user: person.merged_into_id is None, done=_("Dane usunięto. Protokół jest w protokołach usunięcia danych osób."),
    ),
]  # fmt: skip
