"""How a person stands with each package today: what works, until when, what sleeps and why, what may be asked for (R34, R35)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from resident_card import validity
from resident_card.models import PackageGrant, PackageType


class State(TextChoices):
    ACTIVE = "active", _("działa")
    SUSPENDED = "suspended", _("wstrzymany")  # the base does not work (R34)
    WAITING = "waiting", _("zacznie działać")
    ENDED = "ended", _("zakończony")
    REVOKED = "revoked", _("odebrany")
    NONE = "none", _("nie masz")


@dataclass(frozen=True)
class Standing:
    """`grant`: the one that decides of the state. `next_grant`: the prolonging one that waits. `may_renew`: its end is near (R35)."""

    package: PackageType
    state: State
    grant: PackageGrant | None = None
    next_grant: PackageGrant | None = None
    may_renew: bool = False

    @property
    def is_asked_for(self) -> bool:
        return self.package.grant == PackageType.Grant.REQUESTED


def standings(packages: Iterable[PackageType], grants: Iterable[PackageGrant], day: date) -> list[Standing]:
    """One standing a package, of one person's grants. A package that is no longer offered is told of only to who has it."""
    mine = list(grants)
    base_works = any(one.package.is_base and _covers(one, day) for one in mine)
    found = [_standing(package, [one for one in mine if one.package_id == package.pk], base_works, day) for package in packages]
    return [one for one in found if one.grant or one.package.is_offered]


def _standing(package, grants, base_works, day) -> Standing:
    now = next((one for one in grants if _covers(one, day)), None)
    coming = min((one for one in grants if one.revoked_at is None and one.valid_from > day), key=_first, default=None)
    if now:
        state = State.ACTIVE if package.is_base or base_works else State.SUSPENDED
        return Standing(package, state, now, coming, coming is None and _near_end(package, now, day))
    if coming:
        return Standing(package, State.WAITING, coming)
    last = max(grants, key=_last, default=None)
    if last is None:
        return Standing(package, State.NONE)
    return Standing(package, State.REVOKED if last.revoked_at else State.ENDED, last)


def _covers(grant, day) -> bool:
    return grant.revoked_at is None and grant.valid_from <= day <= grant.valid_to


def _near_end(package, grant, day) -> bool:
    if package.validity == PackageType.Validity.WITH_BASE:
        return False
    return validity.may_renew(package.validity_options, grant.valid_to, day)


def _first(grant):
    return grant.valid_from


def _last(grant):
    return grant.valid_to
