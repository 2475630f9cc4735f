"""A person's way in: the account. Who the person is lives in `residents`."""

import uuid

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
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
