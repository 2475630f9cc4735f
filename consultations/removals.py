"""What consultations remove when its period is over (L22). Voices have rules of their own: nothing listed is ever removed."""

from consultations.actions import followers
from office.retention import Removal

REMOVALS = [
    Removal("unconfirmed_follower", followers.unconfirmed_before, followers.leave),
    Removal("follower", followers.of_finished_before, followers.leave),
]
