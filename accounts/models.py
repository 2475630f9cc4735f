"""A person's way in: the account. Who the person is lives in `residents`."""

import uuid

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Lower


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email=email.lower())

    def create_user(self, email, password=None, **fields):
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


RIGHTS = ["subject", "name", "position", "is_active", "is_staff", "is_superuser"]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), fields=RIGHTS, model_name="UserEvent")
class User(AbstractBaseUser, PermissionsMixin):
    """An account. `subject` is the opaque name by which history and audit speak of it, for good."""

    subject = models.UUIDField("oznaczenie w historii", default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("adres e-mail", unique=True)
    name = models.CharField(
        "imię i nazwisko",
        max_length=120,
        blank=True,
        help_text="Pracownika, tak jak pod pismem. Mieszkańcy mają swoje dane w kartotece.",
    )
    position = models.CharField("stanowisko", max_length=120, blank=True)
    is_active = models.BooleanField("aktywne", default=True)
    is_staff = models.BooleanField("pracownik urzędu", default=False)
    date_joined = models.DateTimeField("utworzone", auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = "konto"
        verbose_name_plural = "konta"
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="accounts_user_email_is_lower_case"),
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)


@pghistory.track(pghistory.InsertEvent("given"), pghistory.DeleteEvent("taken"), obj_field=None, model_name="RoleEvent")
class RoleOfUser(User.groups.through):  # type: ignore[name-defined]
    """Who was given which role and who lost it, written down by the database itself (S58)."""

    class Meta:
        proxy = True
        verbose_name = "rola pracownika"
        verbose_name_plural = "role pracowników"


class RoleGrantQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(decided_at=None)

    def with_names(self):
        """Adds `asked_name` and `decided_name`, as the two sign."""
        names = {"asked_name": "asked_by", "decided_name": "decided_by"}
        return self.annotate(
            **{name: Subquery(User.objects.filter(subject=OuterRef(who)).values("name")[:1]) for name, who in names.items()}
        )


class RoleGrant(models.Model):
    """A role that one person asked for and another has to confirm (S25): it works only then. The row is the log of both."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_grants", verbose_name="pracownik")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+", verbose_name="rola")
    asked_by = models.UUIDField("kto nadaje")  # User.subject
    asked_at = models.DateTimeField("nadana")
    decided_by = models.UUIDField("kto rozstrzygnął", null=True)  # User.subject
    decided_at = models.DateTimeField("rozstrzygnięta", null=True)
    is_confirmed = models.BooleanField("potwierdzona", default=False)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "nadanie roli"
        verbose_name_plural = "nadania ról"
        ordering = ["-asked_at", "-id"]
        default_permissions = ("view",)
        permissions = [("confirm_rolegrant", "potwierdza role nadane przez kogoś innego")]
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], condition=Q(decided_at=None), name="accounts_one_waiting_grant"),
            models.CheckConstraint(
                condition=Q(is_confirmed=False) | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="accounts_grant_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, is_confirmed=False)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="accounts_grant_decided_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="decided_is_fixed", operation=pgtrigger.Update, condition=pgtrigger.Q(old__decided_at__isnull=False)
            ),
            pgtrigger.Protect(name="grant_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.user}: {self.group}"


class SignInPhone(models.Model):
    """A telephone number that its account has proven by a code: it may stand in the place of the e-mail at sign-in, for one account (R21)."""

    user = models.OneToOneField(User, models.CASCADE, related_name="sign_in_phone", verbose_name="konto")
    phone = models.CharField("telefon do logowania", max_length=16, unique=True)  # +48 and nine digits
    confirmed_at = models.DateTimeField("potwierdzony")

    class Meta:
        verbose_name = "telefon do logowania"
        verbose_name_plural = "telefony do logowania"
        constraints = [
            models.CheckConstraint(condition=Q(phone__regex=r"^\+48[0-9]{9}$"), name="accounts_phone_is_folded"),
        ]

    def __str__(self):
        return f"{self.confirmed_at:%Y-%m-%d %H:%M}"


class PhoneProof(models.Model):
    """A code sent to a number that somebody says is theirs; of the code only a keyed mark is kept. Gone after a day.

    An erased account leaves only the keyed mark of the number, so that erasing and beginning anew does not begin the count anew.
    """

    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    phone = models.CharField(max_length=16, blank=True)
    phone_lookup = models.BinaryField(max_length=32)
    code_lookup = models.BinaryField(max_length=32)
    asked_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
