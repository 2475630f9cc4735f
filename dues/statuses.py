"""What states an import has. Whose turn it is to work on it the lease says, not the status: a killed worker leaves no state behind."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.transitions import CLERK, SYSTEM


class ImportStatus(TextChoices):
    CHECKING = "checking", _("sprawdzamy")
    REFUSED = "refused", _("odrzucony, ma błędy")
    CHECKED = "checked", _("sprawdzony, czeka na wczytanie")
    LOADING = "loading", _("wczytujemy")
    LOADED = "loaded", _("wczytany")
    DROPPED = "dropped", _("porzucony")


IMPORT_TRANSITIONS = {
    ImportStatus.CHECKING: {ImportStatus.CHECKED: SYSTEM, ImportStatus.REFUSED: SYSTEM},
    ImportStatus.CHECKED: {ImportStatus.LOADING: CLERK, ImportStatus.DROPPED: CLERK},
    ImportStatus.LOADING: {ImportStatus.LOADED: SYSTEM, ImportStatus.REFUSED: SYSTEM},
}
