"""What e-BOI removes when its period is over (L22). Cases are kept by the archive category of their class."""

from eboi.actions.filing import throw_away
from eboi.drafts import KIND
from eboi.models import Submission
from office.retention import Removal

REMOVALS = [Removal(KIND, lambda moment: Submission.objects.drafts().filter(saved_at__lt=moment), throw_away)]
