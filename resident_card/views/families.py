"""„Rodzina”: who belongs, what whoever runs the account may do, and the way in for who was invited (R12-R21)."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from allauth.core.internal.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept import forget_typed, keeps_typed, typed_before
from office.models import Channel
from office.transitions import Refused
from resident_card import rules
from resident_card.actions import care, families, invitations
from resident_card.forms.families import ContactForm, InviteForm, JoinForm, OwnAddressForm, OwnSignInForm, StayForm
from resident_card.models import CardMedium, FamilyAct, Invitation, Membership, Redemption
from resident_card.statuses import MediumStatus
from resident_card.views.of_age import redirect_to_decision
from residents.models import Purpose
from residents.rules import person_of
from residents.views import person_required, redirect_to_onboarding

BUDGET = {"invite": "10/h/user"}  # S46: nobody has us write to half the town
LATEST = 20  # acts and discounts shown
ADMINISTRATOR, CHILD = Membership.Role.ADMINISTRATOR, Membership.Role.CHILD
forms_only = require_http_methods(["GET", "HEAD", "POST"])


def with_family(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """As `of_age_first`, and gives the view `request.member`, who signed in as a member of their family account, or None."""

    @wraps(view)
    @login_required
    def guarded(request, *args, **kwargs):
        request.member = _member_of(request.user)
        request.person = request.member.person if request.member else person_of(request.user)
        if request.person is None:
            return redirect_to_onboarding(request.get_full_path())
        if request.member and rules.waits_to_come_of_age(request.member, timezone.localdate()):
            return redirect_to_decision(request)
        return view(request, *args, **kwargs)

    return guarded


def _member_of(user) -> Membership | None:
    """Who signed in, as a member of their family account: the person comes along in the same question."""
    return Membership.objects.standing().filter(person__account=user).select_related("person", "family").first()


@with_family
@require_safe
def family(request):
    own, today = request.member, timezone.localdate()
    page: dict = {
        "own": own,
        "is_adult": rules.is_adult(request.person, today),
        "waiting": invitations.waiting_for(request.user, timezone.now()),
    }
    if own is None:
        return render(request, "resident_card/families/none.html", page)
    members = list(own.family.memberships.standing().select_related("person").order_by("role", "joined_at", "pk"))
    page["is_run"] = own.role == ADMINISTRATOR
    page["rows"] = [_row(member, own, today) for member in sorted(members, key=_place)]
    page["runs"] = [member.person for member in members if member.role == ADMINISTRATOR]
    if page["is_run"]:
        page["invitations"] = [
            _waiting(one) for one in own.family.invitations.open().select_related("person").order_by("sent_at")
        ]
    else:
        page["acts"] = _acts_for(request.person)
    return render(request, "resident_card/families/family.html", page)


def _place(member):
    return [ADMINISTRATOR, Membership.Role.ADULT, CHILD].index(Membership.Role(member.role))


def _row(member, own, today) -> dict:
    waits = rules.waits_to_come_of_age(member, today)
    return {"member": member, "is_me": member.pk == own.pk, "waits": waits, "words": _role_in_words(member, today)}


def _role_in_words(member, today) -> str:
    if member.role == ADMINISTRATOR:
        return _("prowadzi konto rodzinne")
    if rules.waits_to_come_of_age(member, today):
        return _("ma już 18 lat, jeszcze nie potwierdza")
    return _("dorosły") if member.role == Membership.Role.ADULT else _("dziecko")


def _waiting(invitation) -> dict:
    return {"invitation": invitation, "last_day": timezone.localdate(invitation.expires_at - timedelta(seconds=1))}


def _acts_for(person):
    return list(FamilyAct.objects.filter(person=person).select_related("actor")[:LATEST])


@keeps_typed
@with_family
@sensitive_post_parameters("pesel")
@forms_only
def invite(request):
    form = InviteForm(request.POST or typed_before(request))
    if request.method == "POST" and form.is_valid():
        if refusal := consume_or_429(request, app="resident_card", action="invite", config=BUDGET, user=request.user):
            return refusal
        typed = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "pesel", "email")}
        try:
            invitations.invite(administrator=request.person, by=request.user, moment=timezone.now(), **typed)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            forget_typed(request)
            messages.success(request, _("Zaproszenie wysłane. Damy Ci znać, co odpowie ta osoba."))
            return redirect("resident_card:family")
    return _form_page(request, "resident_card/families/invite.html", form)


def _form_page(request, template, form, **page):
    return render(request, template, {"form": form, **page}, status=422 if form.errors else 200)


@sensitive_variables("secret")
@forms_only
def invitation(request, secret):
    """Looking does nothing (R14): a letter's link may be opened by a mail program. Used, unknown and expired are one page."""
    found = invitations.found_by(secret, timezone.now())
    if found is None:
        return _gone(request)
    if request.method == "POST" and "decline" in request.POST:
        return _declined(request, found)
    if not request.user.is_authenticated or not _is_for(found, request.user):
        return render(request, "resident_card/families/invited.html", {"is_other": request.user.is_authenticated})
    return _confirming(request, found)


@login_required
@forms_only
def my_invitation(request, pk):
    """The same for who signed in with the address that was asked: whoever reads that mailbox may answer without the letter."""
    found = get_object_or_404(Invitation.objects.open().filter(expires_at__gt=timezone.now()), pk=pk)
    if not _is_for(found, request.user):
        raise Http404
    return _declined(request, found) if request.method == "POST" and "decline" in request.POST else _confirming(request, found)


@person_required
def _confirming(request, found):
    own = Membership.objects.standing().filter(family=found.family, person=found.person).exists()
    form_type = OwnSignInForm if own and not rules.is_adult(found.person, timezone.localdate()) else StayForm if own else JoinForm
    form = form_type(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.confirm(found, by=request.user, moment=timezone.now())
        except invitations.InvitationGone:
            return _gone(request)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Należysz do konta rodzinnego."))
            return redirect("resident_card:family")
    runs = found.family.memberships.standing().filter(role=ADMINISTRATOR).select_related("person")
    return _form_page(
        request, "resident_card/families/confirm.html", form, runs=[member.person for member in runs], is_member=own
    )


def _is_for(found, user) -> bool:
    return invitations.address_mark(user.email) == bytes(found.email_lookup or b"")


def _declined(request, found):
    try:
        invitations.decline(found, moment=timezone.now())
    except invitations.InvitationGone:
        return _gone(request)
    return render(request, "resident_card/families/declined.html")


def _gone(request):
    return render(request, "resident_card/families/gone.html", status=404)


@with_family
@require_POST
def invitation_again(request, pk):
    found = get_object_or_404(Invitation.objects.of(request.user).open(), pk=pk)
    if refusal := consume_or_429(request, app="resident_card", action="invite", config=BUDGET, user=request.user):
        return refusal
    return _done(request, invitations.send_again, found, _("Wysłaliśmy nowe zaproszenie. Poprzednie już nie działa."))


@with_family
@require_POST
def invitation_back(request, pk):
    found = get_object_or_404(Invitation.objects.of(request.user).open(), pk=pk)
    return _done(request, invitations.call_back, found, _("Zaproszenie cofnięte, a podane w nim dane usunięte."))


def _done(request, verb, thing, words):
    try:
        verb(thing, by=request.user, moment=timezone.now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, words)
    return redirect("resident_card:family")


@person_required
@forms_only
def of_age(request):
    """R20: nothing else of the card until who came of age has said whether they stay."""
    own = _member_of(request.user)
    if own is None or not rules.waits_to_come_of_age(own, timezone.localdate()):
        return redirect(_wanted(request))
    if request.method == "POST" and "leave" in request.POST:
        return _done(request, families.detach, own, _("Nie należysz już do konta rodzinnego."))
    form = StayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        families.stay_of_age(own, by=request.user, moment=timezone.now())
        messages.success(request, _("Zostajesz w koncie rodzinnym jako dorosły."))
        return redirect(_wanted(request))
    runs = own.family.memberships.standing().filter(role=ADMINISTRATOR).select_related("person")
    page = {"runs": [member.person for member in runs], "email": request.user.email, "next": _wanted(request)}
    return _form_page(request, "resident_card/families/of_age.html", form, **page)


def _wanted(request) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("resident_card:family")


def _of_family(request, pk) -> Membership:
    return get_object_or_404(Membership.objects.of(request.user).select_related("person", "family"), pk=pk)


def _in_care(request, pk) -> Membership:
    """404 unless the signed-in resident may act for that person now (R16, R20)."""
    found = _of_family(request, pk)
    if request.member is None or not rules.acts_for(request.member, found, timezone.localdate()):
        raise Http404
    return found


@with_family
@require_safe
def member(request, pk):
    found, today = _of_family(request, pk), timezone.localdate()
    is_run = request.member.role == ADMINISTRATOR
    if found.pk != request.member.pk and not is_run:
        raise Http404
    may_act = rules.acts_for(request.member, found, today)
    page = {"member": found, "is_me": found.pk == request.member.pk, "may_act": may_act, "words": _role_in_words(found, today)}
    page |= {"waits": rules.waits_to_come_of_age(found, today), "may_sign_in": _may_get_sign_in(found, today)}
    page["may_hand_over"] = is_run and found.role == Membership.Role.ADULT and found.confirmed_at
    if may_act:
        page |= {"used": _used(found.person), "consents": _consents(found.person, today)}
        page["cards"] = list(CardMedium.objects.filter(person=found.person, status=MediumStatus.ACTIVE).order_by("kind"))
        page["acts"] = [] if found.role == CHILD else _acts_for(found.person)
    return render(request, "resident_card/families/member.html", page)


def _may_get_sign_in(member, today) -> bool:
    return member.person.account_id is None and rules.is_aged(member.person, invitations.LEAST_AGE_TO_SIGN_IN, today)


def _used(person):
    used = Redemption.objects.filter(person=person, reversed_at__isnull=True).select_related("offer", "point__partner")
    return list(used[:LATEST])


def _consents(person, today) -> list[dict]:
    asked = Purpose.objects.valid_on(today).filter(needs_consent=True).order_by("pk")
    standing = {(one.purpose, one.channel) for one in person.consents.standing()}
    return [
        {"purpose": purpose, "channels": [(channel, (purpose.code, channel.value) in standing) for channel in Channel]}
        for purpose in asked
    ]


@keeps_typed
@with_family
@forms_only
def member_contact(request, pk):
    found = _in_care(request, pk)
    initial = {"phone": found.person.phone, "mail_address": found.person.mail_address}
    form = ContactForm(request.POST or typed_before(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            care.change_contact(found, by=request.user, moment=timezone.now(), **form.cleaned_data)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            forget_typed(request)
            messages.success(request, _("Zapisano."))
            return redirect("resident_card:family_member", pk=pk)
    return _form_page(request, "resident_card/families/contact.html", form, member=found)


@with_family
@require_POST
def member_consent(request, pk, purpose, channel):
    found = _in_care(request, pk)
    if channel not in Channel.values:
        raise Http404
    given = request.POST.get("zgoda") == "tak"
    try:
        care.set_consent(found, purpose=purpose, channel=channel, is_given=given, by=request.user, moment=timezone.now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Zgoda zapisana.") if given else _("Zgoda wycofana."))
    return redirect("resident_card:family_member", pk=pk)


@keeps_typed
@with_family
@forms_only
def member_sign_in(request, pk):
    """R19, R20: the person's own e-mail. The right to give it is the administrator's; the verb says when."""
    found = _of_family(request, pk)
    if request.member.role != ADMINISTRATOR or not _may_get_sign_in(found, timezone.localdate()):
        raise Http404
    form = OwnAddressForm(request.POST or typed_before(request))
    if request.method == "POST" and form.is_valid():
        if refusal := consume_or_429(request, app="resident_card", action="invite", config=BUDGET, user=request.user):
            return refusal
        try:
            invitations.invite_member(found, email=form.cleaned_data["email"], by=request.user, moment=timezone.now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            forget_typed(request)
            messages.success(request, _("Wysłaliśmy zaproszenie."))
            return redirect("resident_card:family")
    return _form_page(request, "resident_card/families/sign_in.html", form, member=found)


@with_family
@forms_only
def detach(request, pk):
    """Asked once more, because it works at once (R17)."""
    found = _of_family(request, pk)
    is_me = found.pk == request.member.pk
    if not is_me and request.member.role != ADMINISTRATOR:
        raise Http404
    if request.method == "POST":
        words = _("Nie należysz już do konta rodzinnego.") if is_me else _("Ta osoba nie należy już do konta rodzinnego.")
        return _done(request, families.detach, found, words)
    return render(request, "resident_card/families/detach.html", {"member": found, "is_me": is_me})


@with_family
@forms_only
def hand_over(request, pk):
    found = _of_family(request, pk)
    if request.member.role != ADMINISTRATOR or found.role != Membership.Role.ADULT:
        raise Http404
    if request.method == "POST":
        words = _("Konto rodzinne prowadzi teraz inna osoba.")
        return _done(request, families.hand_over, found, words)
    return render(request, "resident_card/families/hand_over.html", {"member": found})
