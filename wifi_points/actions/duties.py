"""What shows that the programme's rules are kept: evidence with files. Evidence only grows; a better proof is another row."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import files
from office.transitions import Refused
from ui.text import clean_text
from wifi_points.models import Evidence, Network


@transaction.atomic
def show(network, *, requirement, note, file=None, by, moment) -> Evidence:
    """Write down by what a requirement is kept. Raises ValidationError for a file that can not be taken."""
    note = clean_text(note)
    if not note:
        raise Refused(_("Napisz, czym to wykazano."))
    stored = files.store(file, owner=by) if file else None
    return Evidence.objects.create(
        network=network, requirement=requirement, note=note[:300], file=stored, by=by.subject, at=moment
    )


@transaction.atomic
def end_self_test(network, *, by, moment) -> None:
    Network.objects.filter(pk=network.pk).update(is_self_testing=False)
