"""Packages given, prolonged and taken back. A renewal is a new grant with its own days; an end is never moved (R34-R39)."""

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.transitions import Refused
from resident_card import conditions, rules, validity
from resident_card.actions.media import stand_in_line
from resident_card.models import Basis, PackageGrant, PackageType
from resident_card.validity import DAY, Period
from ui.text import clean_text

PERIODS = {PackageType.Validity.YEARLY_END: validity.yearly_end, PackageType.Validity.SCHOOL_YEAR: validity.school_year}


@transaction.atomic
def grant(person, package, *, application=None, day, moment, by) -> PackageGrant:
    """Give the person the package from the day on, or prolong it when its end is near (R35, R36). Asked twice, it is the same grant.

    With the base come the packages that need no asking (R37, R39). `by` is the clerk, None for the portal.
    Refused: no base that works (R34), the condition of the package does not hold on its first day.
    """
    stand_in_line(person)
    period = _next_period(person, package, day)
    if period is None:
        return _live(person, package).latest("valid_to")
    if not conditions.holds(package, person, max(period.first, day)):
        raise Refused(_("Ta osoba nie spełnia warunku pakietu „%(package)s”.") % {"package": package})
    made = _given(person, package, _within_registration(period, application), application, moment, by)
    if package.is_base:
        grant_automatic(person, day=day, moment=moment)
    return made


@transaction.atomic
def grant_automatic(person, *, day, moment) -> list[PackageGrant]:
    """Give what comes by itself: GPSZOK, Senior from the 60th birthday or from the base if later (R37, R39), a child's rides each autumn (R36),
    and what was asked for once and lasts as long as the base. Safe to repeat: a second run gives nothing. What a clerk took back stays so.
    """
    stand_in_line(person)
    made = []
    for package in PackageType.objects.filter(is_offered=True, is_base=False):
        period = _next_by_itself(person, package, day)
        while period is not None and conditions.holds(package, person, max(period.first, day)):
            made.append(_given(person, package, period, None, moment, None))
            period = _next_by_itself(person, package, day)
    return made


@transaction.atomic
def renew_by_register(given, *, by, day, moment) -> PackageGrant:
    """Prolong a base without a new application: the clerk has looked into the register of residents (Q4).

    Refused unless the base rests on a kind of registration that the package names in `renewed_by_register`, and its end is near (R35).
    """
    if not may_renew_by_register(given, by, day):
        raise Refused(_("Tego pakietu nie można przedłużyć samym sprawdzeniem w rejestrze: potrzebny jest wniosek."))
    return grant(given.person, given.package, application=given.application, day=day, moment=moment, by=by)


def may_renew_by_register(given, user, day=None) -> bool:
    """Whether the basis lets the town prolong by itself and the window is open. Nobody prolongs their own or their family's."""
    options, day = given.package.validity_options, day or localdate()
    kinds = options.get("renewed_by_register", [])
    if (
        not kinds
        or given.revoked_at
        or rules.is_own_or_familys(user, given.person)
        or not validity.may_renew(options, given.valid_to, day)
    ):
        return False
    return Basis.objects.filter(application=given.application_id, kind__in=kinds, confirmed_on__isnull=False).exists()


@transaction.atomic
def revoke(given, *, reason, by, moment) -> PackageGrant:
    """Take a package back from this moment on; with the base its dependent ones stop by themselves (R34). Refused without a reason, or twice."""
    given = PackageGrant.objects.select_for_update(of=("self",)).get(pk=given.pk)
    reason = clean_text(reason)
    if given.revoked_at:
        raise Refused(_("Ten pakiet jest już odebrany."))
    if not reason:
        raise Refused(_("Napisz, dlaczego odbierasz pakiet."))
    given.revoked_at, given.revoked_reason, given.revoked_by = moment, reason[:300], by.subject
    given.save(update_fields=["revoked_at", "revoked_reason", "revoked_by"])
    return given


def _live(person, package):
    return PackageGrant.objects.filter(person=person, package=package, revoked_at__isnull=True)


def _next_period(person, package, day) -> Period | None:
    """The days of the next grant; None while the present one is not near its end. Refused without a base (R34)."""
    latest = _live(person, package).filter(valid_to__gte=day).aggregate(last=Max("valid_to"))["last"]
    if package.is_base:
        return _own_period(package, day, latest)
    bases = _bases(person, day)
    if not bases:
        raise Refused(_("Ten pakiet działa tylko razem z Pakietem Mieszkańca, a teraz żaden nie jest aktywny."))
    if package.validity == PackageType.Validity.WITH_BASE:
        return _with_base(bases, day, latest)
    return _own_period(package, day, latest)


def _own_period(package, day, latest) -> Period | None:
    options = package.validity_options
    if latest is not None and not validity.may_renew(options, latest, day):
        return None
    return PERIODS[package.validity](options, day if latest is None else latest + DAY)


def _bases(person, day) -> list[Period]:
    """The base of now and the renewed one that waits, in order."""
    grants = PackageGrant.objects.filter(person=person, package__is_base=True, revoked_at__isnull=True, valid_to__gte=day)
    return [Period(one.valid_from, one.valid_to) for one in grants.order_by("valid_from")]


def _with_base(bases, day, latest) -> Period | None:
    """What is left of the first base that the package does not cover yet."""
    since = day if latest is None else max(day, latest + DAY)
    return next((Period(max(base.first, since), base.last) for base in bases if base.last >= since), None)


def _next_by_itself(person, package, day) -> Period | None:
    """The next grant that nobody has to ask for; None when there is none today."""
    taken_back = PackageGrant.objects.filter(person=person, package=package, revoked_at__isnull=False, valid_to__gte=day)
    bases = _bases(person, day)
    if not bases or taken_back.exists():
        return None
    if package.grant == PackageType.Grant.AUTOMATIC:
        return _next_period(person, package, day)
    return _renewed_by_itself(person, package, day, bases)


def _renewed_by_itself(person, package, day, bases) -> Period | None:
    """A package once asked for: with the base it goes on at once (Q18: while its condition holds); a child's rides on their last day, or
    on the first day after it on which the base works again (R36)."""
    latest = _live(person, package).aggregate(last=Max("valid_to"))["last"]
    if latest is None:
        return None
    if package.validity == PackageType.Validity.WITH_BASE:
        return _with_base(bases, day, latest)
    first, works = max(latest + DAY, day), any(base.first <= day for base in bases)
    if latest > day or not works or not _renews_under(package, person, first):
        return None
    return PERIODS[package.validity](package.validity_options, first)


def goes_on_by_itself(given) -> bool:
    """Whether nobody has to do anything for the next grant: a child's rides (R36)."""
    return _renews_under(given.package, given.person, given.valid_to + DAY)


def _renews_under(package, person, day) -> bool:
    return conditions.is_under(person, package.validity_options.get("renews_under", 0), day)


def _within_registration(period, application) -> Period:
    """Q4: a base that rests on a temporary registration alone never outlives it."""
    bases = list(application.bases.all()) if application else []
    lasting = {Basis.Kind.REGISTERED, Basis.Kind.TAX} & {basis.kind for basis in bases}
    ends = [basis.valid_to for basis in bases if basis.kind == Basis.Kind.REGISTERED_FOR_A_TIME and basis.valid_to]
    if lasting or not ends:
        return period
    return Period(period.first, max(period.first, min(period.last, max(ends))))


def _given(person, package, period, application, moment, by) -> PackageGrant:
    return PackageGrant.objects.create(
        person=person, package=package, valid_from=period.first, valid_to=period.last, application=application,
        granted_at=moment, granted_by=by.subject if by else None,
    )  # fmt: skip
