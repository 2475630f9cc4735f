"""What the register of persons removes when its period is over (L22). People themselves go on their own wish or by `forget_person`."""

from office.retention import Removal
from residents.actions.copies import remove_copy
from residents.models import Consent, DataCopy, DataRequest, DeskCode, DeskCodeTry


def forget_consent(consent: Consent) -> None:
    number = consent.pk  # a deleted row forgets it
    consent.delete()
    Consent.pgh_event_model.objects.filter(pgh_obj=number).delete()  # type: ignore[attr-defined]


REMOVALS = [
    Removal("data_copy", lambda moment: DataCopy.objects.filter(asked_at__lt=moment), remove_copy),
    Removal("withdrawn_consent", lambda moment: Consent.objects.filter(withdrawn_at__lt=moment), forget_consent),
    Removal("data_request", lambda moment: DataRequest.objects.filter(answered_at__lt=moment)),
    Removal("desk_code", lambda moment: DeskCode.objects.filter(expires_at__lt=moment)),
    Removal("desk_code_try", lambda moment: DeskCodeTry.objects.filter(at__lt=moment)),
]
