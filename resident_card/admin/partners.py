"""The card manager's desk: partners and agreements, points, who verifies there, offers. What was used is never edited away."""

from django.contrib import admin
from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import Button, DeskAdmin
from resident_card.actions import partners as verbs
from resident_card.forms.partners import ChangeOfferForm, EndAccessForm, InviteForm, LastDayForm, OfferForm
from resident_card.models import Offer, Partner, PartnerPoint, PartnerUser

INVITE = "resident_card.add_partneruser"
END_ACCESS = "resident_card.change_partneruser"
EDIT_OFFERS = "resident_card.change_offer"


def _has_points(partner, user):
    return partner.points.filter(is_active=True).exists()


def _is_open(row, user):
    return row.valid_to is None or row.valid_to >= localdate()


def _was_used(offer) -> bool:
    return offer.redemptions.exists()


@admin.register(Partner)
class PartnerAdmin(DeskAdmin):
    """Once a discount of the partner was used, the agreement stands: only its end and the contact change."""

    may_add = may_change = True
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["name", "agreement", "agreed_from", "agreed_to", "contact", "is_sample"]
    list_filter = ["agreed_to"]
    search_fields = ["name", "nip", "agreement"]
    fieldsets = [
        (None, {"fields": ["name", "nip", "agreement", "agreed_from", "agreed_to", "contact", "url"]}),
        (_("Punkty i oferty"), {"fields": ["points_here", "offers_here", "users_here"]}),
    ]
    buttons = [
        Button(
            _("Zaproś sprawdzającego"),
            verbs.invite,
            needs=INVITE,
            form=InviteForm,
            when=_has_points,
            done=_("Zaproszenie wysłane."),
        ),
    ]

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.fieldsets[:1]

    def get_readonly_fields(self, request, obj=None):
        shown = ["points_here", "offers_here", "users_here"]
        is_used = obj is not None and Offer.objects.filter(partner=obj, redemptions__isnull=False).exists()
        return [*shown, "nip", "agreement", "agreed_from"] if is_used else shown

    @admin.display(description=_("punkty"))
    def points_here(self, partner):
        return _listed("partnerpoint", partner, partner.points.count())

    @admin.display(description=_("oferty"))
    def offers_here(self, partner):
        return _listed("offer", partner, partner.offers.count())

    @admin.display(description=_("sprawdzający"))
    def users_here(self, partner):
        count = PartnerUser.objects.on(localdate()).filter(point__partner=partner).count()
        return _listed("partneruser", partner, count, "point__partner")


def _listed(model, partner, count, lookup="partner"):
    """How many there are, leading to their list."""
    url = f"{reverse(f'admin:resident_card_{model}_changelist')}?{lookup}__id__exact={partner.pk}"
    return format_html('<a href="{}">{}</a>', url, count)


@admin.register(PartnerPoint)
class PartnerPointAdmin(DeskAdmin):
    may_add = may_change = True
    list_display = ["name", "address", "partner", "is_active"]
    list_filter = ["is_active", "partner"]
    list_select_related = ["partner"]
    search_fields = ["name", "address", "partner__name"]
    fields = ["partner", "name", "address", "is_active"]

    def get_readonly_fields(self, request, obj=None):
        return ["partner"] if obj else []


@admin.register(PartnerUser)
class PartnerUserAdmin(DeskAdmin):
    """Invited from the partner's page; ended here, at a day."""

    list_display = ["email", "point", "invited_at", "accepted_at", "valid_to"]
    list_filter = ["point__partner", "valid_to"]
    list_select_related = ["point__partner"]
    search_fields = ["email", "point__name", "point__partner__name"]
    fields = ["email", "point", "invited_at", "accepted_at", "valid_to"]
    buttons = [Button(_("Zakończ dostęp"), verbs.end_access, needs=END_ACCESS, form=EndAccessForm, when=_is_open, tone="danger")]


@admin.register(Offer)
class OfferAdmin(DeskAdmin):
    """An offer that nobody used yet is edited; later its terms change by another offer from a day on."""

    may_add = may_change = True
    form = OfferForm
    list_display = ["subject", "title", "partner", "package", "percent", "how_often", "valid_from", "valid_to", "used"]
    list_filter = ["partner", "package", "category"]
    list_select_related = ["partner", "package"]
    search_fields = ["title", "subject", "partner__name"]
    fieldsets = [
        (None, {"fields": ["partner", "points", "package"]}),
        (_("Zniżka"), {"fields": ["category", "subject", "title", "description", "percent"]}),
        (_("Ile razy"), {"fields": ["limit", "limit_per", "limit_period"]}),
        (_("Kiedy"), {"fields": ["valid_from", "valid_to"]}),
    ]
    buttons = [
        Button(_("Zmień warunki od dnia"), verbs.change_offer, needs=EDIT_OFFERS, form=ChangeOfferForm, when=_is_open,
               done=_("Dotychczasowa oferta kończy się dzień wcześniej. Nową, do poprawienia, znajdziesz na liście."), tone="secondary"),
        Button(_("Zakończ ofertę"), verbs.end_offer, needs=EDIT_OFFERS, form=LastDayForm, when=_is_open, tone="danger"),
    ]  # fmt: skip

    def get_queryset(self, request):
        standing = Q(redemptions__reversed_at__isnull=True)
        return super().get_queryset(request).annotate(uses=Sum("redemptions__uses", filter=standing))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or not _was_used(obj))

    @admin.display(description=_("ile razy"))
    def how_often(self, offer):
        if offer.limit is None:
            return _("bez limitu")
        return f"{offer.limit} / {offer.get_limit_per_display()} / {offer.get_limit_period_display()}"

    @admin.display(description=_("użyto"), ordering="uses")
    def used(self, offer):
        return offer.uses or 0
