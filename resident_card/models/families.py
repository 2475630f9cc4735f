"""The family account: who administers it, who belongs, who was asked to join (R12-R20)."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedTextField
from resident_card.statuses import INVITATION_TRANSITIONS, InvitationStatus
from residents.models import Person


class Family(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(_("założona"))

    class Meta:
        verbose_name = _("konto rodzinne")
        verbose_name_plural = _("konta rodzinne")
        permissions = [("manage_family", _("prowadzi konta rodzinne przy okienku"))]

    def __str__(self):
        return str(self.pk)


class MembershipQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(left_at__isnull=True)

    def of(self, user):
        """Everybody on the family account of the signed-in resident, themselves included; nobody else's family."""
        own = Membership.objects.standing().filter(person__account=user).values("family")
        return self.standing().filter(family__in=own)


@pghistory.track()
class Membership(models.Model):
    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("prowadzi konto rodzinne")
        ADULT = "adult", _("dorosły")
        CHILD = "child", _("dziecko")

    family = models.ForeignKey(Family, models.PROTECT, related_name="memberships", verbose_name=_("konto rodzinne"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="family_memberships", verbose_name=_("osoba"))
    role = models.CharField(_("rola"), max_length=14, choices=Role)
    joined_at = models.DateTimeField(_("od"))
    confirmed_at = models.DateTimeField(
        _("potwierdzone"), null=True, blank=True
    )  # an adult's own consent; nothing is shown before it (R15)
    left_at = models.DateTimeField(_("do"), null=True, blank=True)
    role_reason = models.CharField(
        _("dlaczego rolę nadał urząd"), max_length=300, blank=True
    )  # of a clerk who appointed an administrator

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("członek rodziny")
        verbose_name_plural = _("członkowie rodziny")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(left_at__isnull=True), name="resident_card_one_family_at_a_time"
            )
        ]

    def __str__(self):
        return str(self.person)


class InvitationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status=InvitationStatus.SENT)

    def of(self, user):
        """Those of the family account that the signed-in resident administers."""
        run = Membership.objects.standing().filter(person__account=user, role=Membership.Role.ADMINISTRATOR).values("family")
        return self.filter(family__in=run)


@pghistory.track(exclude=["email", "email_lookup", "token_hash"])
class Invitation(models.Model):
    """An adult is asked to join, or somebody on the account gets a sign-in of their own (R19). The secret is kept as its hash; looking at the link does nothing, the button does (R13, R14)."""

    TRANSITIONS = INVITATION_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="invitations", verbose_name=_("konto rodzinne"))
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, verbose_name=_("osoba")
    )  # as typed; emptied at expiry
    email = EncryptedTextField(max_length=254, null=True)
    email_lookup = models.BinaryField(max_length=32, null=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    sent_at = models.DateTimeField(_("wysłane"))
    expires_at = models.DateTimeField(_("ważne do"))
    status = models.CharField(_("stan"), max_length=12, choices=InvitationStatus, default=InvitationStatus.SENT)
    invited_by = models.UUIDField(_("kto zaprosił"))  # User.subject

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("zaproszenie")
        verbose_name_plural = _("zaproszenia")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=InvitationStatus.values), name="resident_card_invitation_status"),
            models.UniqueConstraint(
                fields=["email_lookup"], condition=Q(status="sent"), name="resident_card_one_open_invitation_an_address"
            ),
        ]

    def __str__(self):
        return str(self.pk)


class FamilyAct(models.Model):
    """What an administrator did in the name of another adult; that adult reads it (R16). Append-only by use."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="acts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    actor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    what = models.CharField(_("co zrobiono"), max_length=200)
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("czynność w cudzym imieniu")
        verbose_name_plural = _("czynności w cudzym imieniu")
        ordering = ["-at"]

    def __str__(self):
        return self.what
