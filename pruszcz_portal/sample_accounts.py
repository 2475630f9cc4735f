"""The accounts of the demonstration, printed by `make run`. They exist in no production: the command that makes them refuses.

One password and one TOTP secret for all, both public: type the secret into any app with codes, or use a passkey of your own.
Staff never sign in without a second step (S3), so each of them has it; Bartek has none and sees how the portal leads him to one.
"""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import User
from pruszcz_portal import roles

PASSWORD = "mlyn nad Radunia 1367"  # noqa: S105  public on purpose
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  public on purpose


@dataclass(frozen=True, kw_only=True)
class SampleAccount:
    """`words` say who this is; a name and roles make a member of staff."""

    email: str
    words: str
    name: str = ""
    position: str = ""
    roles: tuple[str, ...] = ()
    has_totp: bool = True


SAMPLE_ACCOUNTS = (
    SampleAccount(email="anna@pruszcz.example", words="mieszkanka, tożsamość potwierdzona, z kodem z telefonu"),
    SampleAccount(email="bartek@pruszcz.example", words="mieszkaniec, samo hasło", has_totp=False),
    SampleAccount(email="piotr@pruszcz.example", words="sprawdza karty na pływalni", has_totp=False),
    SampleAccount(
        email="celina@pruszcz.example",
        words="kancelaria, punkt potwierdzania tożsamości, referentka, formularze papierowe i moderacja",
        name="Celina Nowak",
        position="referentka w kancelarii",
        roles=(roles.KANCELARIA, roles.CASE_OFFICER, roles.IDENTITY_DESK, roles.PAPER_DESK, roles.MODERATOR),
    ),
    SampleAccount(
        email="dariusz@pruszcz.example",
        words="kierownik, podpisuje decyzje, prowadzi konsultacje",
        name="Dariusz Lis",
        position="kierownik referatu",
        roles=(roles.CASE_OFFICER, roles.MANAGER, roles.SIGNATORY, roles.CONSULTATION_EDITOR, roles.ANALYST, roles.ANNOUNCER),
    ),
    SampleAccount(
        email="zofia@pruszcz.example",
        words="zatwierdza konsultacje i raporty, podpisuje decyzje",
        name="Zofia Wrona",
        position="sekretarz miasta",
        roles=(roles.CONSULTATION_APPROVER, roles.ANNOUNCEMENT_RELEASER, roles.SIGNATORY),
    ),
    SampleAccount(
        email="marta@pruszcz.example",
        words="druga osoba przy formularzach papierowych i przy publikowaniu głosów",
        name="Marta Zych",
        position="referentka w biurze obsługi",
        roles=(roles.PAPER_DESK, roles.MODERATOR, roles.ANNOUNCEMENT_RELEASER),
    ),
    SampleAccount(
        email="grazyna@pruszcz.example",
        words="skarbniczka: księguje wpłaty",
        name="Grażyna Kos",
        position="skarbniczka",
        roles=(roles.TREASURER,),
    ),
    SampleAccount(
        email="teresa@pruszcz.example",
        words="referentka podatkowa: należności, import, kody dla płatników",
        name="Teresa Lipa",
        position="referentka w Referacie Podatków",
        roles=(roles.TAX_OFFICER,),
    ),
    SampleAccount(
        email="hanna@pruszcz.example",
        words="punkt Karty mieszkańca: sprawdza wnioski, wydaje karty",
        name="Hanna Mazur",
        position="referentka w Referacie Spraw Obywatelskich",
        roles=(roles.CARD_DESK,),
    ),
    SampleAccount(
        email="lech@pruszcz.example",
        words="kierownik Karty mieszkańca: pakiety, partnerzy, zasady",
        name="Lech Górski",
        position="kierownik Referatu Spraw Obywatelskich",
        roles=(roles.CARD_MANAGER,),
    ),
    SampleAccount(
        email="walentyna@pruszcz.example",
        words="nadzór GPSZOK: bramka, limity, korekty, sprawozdania",
        name="Walentyna Rek",
        position="inspektorka gospodarki odpadami",
        roles=(roles.PSZOK_SUPERVISOR,),
    ),
    SampleAccount(
        email="wiktor@pruszcz.example",
        words="opiekun punktów WiFi",
        name="Wiktor Sroka",
        position="informatyk urzędu",
        roles=(roles.WIFI_OFFICER,),
    ),
    SampleAccount(email="igor@siec.example", words="instalator punktów WiFi, bez roli w urzędzie", has_totp=False),
    SampleAccount(
        email="ida@pruszcz.example",
        words="inspektorka ochrony danych i audytorka",
        name="Ida Sowa",
        position="inspektorka ochrony danych",
        roles=(roles.DPO, roles.AUDITOR),
    ),
    SampleAccount(
        email="alicja@pruszcz.example",
        words="archiwistka: sporządza spisy akt do zniszczenia",
        name="Alicja Zając",
        position="archiwistka",
        roles=(roles.ARCHIVIST,),
    ),
    SampleAccount(
        email="admin@pruszcz.example",
        words="administrator portalu",
        name="Adam Admin",
        position="administrator portalu",
        roles=(roles.ADMIN,),
    ),
)


@transaction.atomic
def make_sample_accounts() -> None:
    """Make those that are missing. One that is there keeps its password and second step; its roles are set again."""
    groups = {group.name: group for group in Group.objects.all()}
    known = {user.email: user for user in User.objects.filter(email__in=[one.email for one in SAMPLE_ACCOUNTS])}
    password = make_password(PASSWORD) if len(known) < len(SAMPLE_ACCOUNTS) else ""
    for sample in SAMPLE_ACCOUNTS:
        user = known.get(sample.email) or _made(sample, password)
        user.groups.set([groups[name] for name in sample.roles])


def _made(sample, password):
    user = User.objects.create(
        email=sample.email, password=password, name=sample.name, position=sample.position, is_staff=bool(sample.roles)
    )
    EmailAddress.objects.create(user=user, email=sample.email, verified=True, primary=True)
    if sample.has_totp and not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, TOTP_SECRET)
    return user


def sample_accounts_in_words() -> str:
    """What `make run` prints."""
    width = max(len(one.email) for one in SAMPLE_ACCOUNTS)
    rows = [f"  {one.email:{width}}  {one.words}" for one in SAMPLE_ACCOUNTS]
    return "\n".join(
        [
            "Konta przykładowe (dane zmyślone):",
            *rows,
            f"  hasło: {PASSWORD}",
            f"  sekret TOTP do aplikacji z kodami: {TOTP_SECRET}",
        ]
    )
