"""Yearly figures as they stood (R86): a version is written once and never changes."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.transitions import Refused
from pszok import figures
from pszok.models import YearlyReport

MAKE = "pszok.make_report"


@transaction.atomic
def make_report(year: int, *, by, moment: datetime) -> tuple[YearlyReport, bool]:
    """The figures of a finished year as the next version, and True; with figures that have not changed, the newest version and False.

    Refused: no right, a year that has not ended or lies before the portal, two people at once.
    """
    if not by.has_perm(MAKE):
        raise Refused(_("Sprawozdania sporządza osoba nadzorująca punkt."))
    if not figures.FIRST_YEAR <= year < localdate(moment).year:
        raise Refused(_("Sprawozdanie sporządza się za rok, który już minął."))
    told = figures.figures_of(year)
    digest = figures.sha256_of(told)
    newest = YearlyReport.objects.filter(year=year).order_by("-version").first()
    if newest and newest.figures_sha256 == digest:
        return newest, False
    return _written(year, (newest.version if newest else 0) + 1, told, digest, by, moment), True


def _written(year, version, told, digest, by, moment):
    try:
        with transaction.atomic():
            return YearlyReport.objects.create(
                year=year, version=version, figures=told, figures_sha256=digest, made_by=by.subject, made_at=moment
            )
    except IntegrityError:
        raise Refused(_("Ktoś właśnie sporządził tę wersję. Odśwież stronę.")) from None
