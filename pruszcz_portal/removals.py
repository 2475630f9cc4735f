"""What the portal removes when its period is over: the roof's list, because the rooms do not know each other (L22)."""

from announcements.removals import REMOVALS as ANNOUNCEMENTS
from consultations.removals import REMOVALS as CONSULTATIONS
from eboi.removals import REMOVALS as EBOI
from office.retention import REMOVALS as OFFICE
from pszok.removals import REMOVALS as PSZOK
from resident_card.removals import REMOVALS as RESIDENT_CARD
from residents.removals import REMOVALS as RESIDENTS

# Drafts before uploads: a draft's files go with it.
REMOVALS = [*EBOI, *CONSULTATIONS, *RESIDENT_CARD, *PSZOK, *ANNOUNCEMENTS, *RESIDENTS, *OFFICE]
