"""An announced consultation with a material, meetings and a follower, for the guards of the house."""

from django.utils import timezone

from consultations.actions import followers
from consultations.models import Follower, Material
from office import files
from tests.consultations import cast


def make_announced(*, copies=1):
    """`copies` multiplies what the page lists."""
    made = cast.make_consultation()
    cast.make_survey(made, code="pytania")
    for number in range(copies):
        cast.make_meeting(made, title=f"Spotkanie {number}")
        stored = files.store_own(b"%PDF-1.4 opis", name=f"opis-{number}.pdf")
        Material.objects.create(consultation=made, title="Opis", order=number, file=stored)
    followers.follow(made, email="obserwuje@example.com", moment=timezone.now())
    return made


def arguments_of(made):
    slug, secret = {"slug": made.slug}, {"secret": followers.secret_of(Follower.objects.get(consultation=made).pk)}
    pages = ("consultation", "consultation_feed", "agenda_ics", "follow", "follow_asked")
    return {
        **{f"consultations:{name}": slug for name in pages},
        **{f"consultations:{name}": secret for name in ("follow_confirm", "follow_leave")},
        "consultations:material": {**slug, "pk": made.materials.first().pk},
    }
