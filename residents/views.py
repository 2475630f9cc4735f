"""„Moje dane”: a person sees and steers what the town hall knows about them."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import strong_sign_in_required
from office.compiled import compiled
from office.models import Channel
from office.transitions import Refused
from residents import actions, changes, reads, rules
from residents.forms import ContactForm, DataRequestForm, DeskCodeForm, IdentityForm, OnboardingForm
from residents.models import Consent, HouseholdMember, Person, Purpose, ResidencyProof, Terms, TermsAcceptance

PAGE = 25


def person_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Gives the view `request.person`, the person of the signed-in account.

    Without an account: to sign-in. Without a person: to the page that asks who you are, and back here afterwards.
    """

    @wraps(view)
    @login_required
    def guarded(request, *args, **kwargs):
        request.person = rules.person_of(request.user)
        if request.person is None:
            return redirect_to_onboarding(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def redirect_to_onboarding(wanted: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('residents:onboarding')}?{urlencode({'next': wanted})}")


def _wanted(request) -> str:
    """Where the person was going: only within this portal."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("my_matters")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def onboarding(request):
    """L20: the clause stands above the form, so it is shown before anything is sent."""
    if Person.objects.of(request.user).exists():
        return redirect(_wanted(request))
    terms = rules.terms_to_accept(None, timezone.localdate())
    form = OnboardingForm(request.POST or None, terms=terms)
    if request.method == "POST" and form.is_valid():
        try:
            _enter(request, form)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return redirect(_wanted(request))
    return render(request, "residents/onboarding.html", {"form": form, "terms": terms, "next": _wanted(request)})


@transaction.atomic
def _enter(request, form):
    moment = timezone.now()
    names = ("first_name", "last_name", "pesel", "phone", "mail_address")
    given = {name: form.cleaned_data[name] for name in names}
    person = actions.declare_person(account=request.user, by=request.user, moment=moment, **given)
    for one in form.terms:
        actions.accept_terms(person, terms=one, moment=moment)


@person_required
@require_safe
def my_data(request):
    person, today = request.person, timezone.localdate()
    page = {
        "person": person,
        "level": rules.identity_level(person),
        "homes": list(_homes(person=person.pk, day=today)),
        "proofs": list(_proofs(person=person.pk, day=today)),
        "new_terms": rules.terms_to_accept(person, today),
    }
    return render(request, "residents/my_data.html", page)


@compiled
def _homes(*, person: UUID, day: date) -> QuerySet[HouseholdMember]:
    return HouseholdMember.objects.on(day).filter(person=person).select_related("household__dwelling__address")


@compiled
def _proofs(*, person: UUID, day: date) -> QuerySet[ResidencyProof]:
    return ResidencyProof.objects.valid_on(day).filter(person=person)


@person_required
@strong_sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request):
    """Name and PESEL, while they are only declared."""
    person = request.person
    if rules.is_identity_confirmed(person):
        raise Http404
    initial = {"first_name": person.first_name, "last_name": person.last_name}
    form = IdentityForm(request.POST or None, initial=initial, person=person)
    if request.method == "POST" and form.is_valid() and _corrected(request, form, form.changes()):
        return redirect("residents:my_data")
    return render(request, "residents/identity.html", {"form": form})


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    initial = {name: getattr(request.person, name) for name in ("email", "phone", "mail_address")}
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _corrected(request, form, form.cleaned_data):
        return redirect("residents:my_data")
    return render(request, "residents/contact.html", {"form": form})


def _corrected(request, form, changes):
    try:
        actions.correct_person(request.person, by=request.user, moment=timezone.now(), **changes)
    except Refused as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, _("Zapisano."))
    return True


@person_required
@strong_sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk_code(request):
    form = DeskCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.redeem_desk_code(request.user, form.cleaned_data["code"], moment=timezone.now())
        except Refused as why:
            form.add_error("code", str(why))
        else:
            messages.success(request, _("Twoja tożsamość jest potwierdzona."))
            return redirect("residents:my_data")
    return render(request, "residents/desk_code.html", {"form": form})


@person_required
@require_safe
def consents(request):
    purposes = Purpose.objects.valid_on(timezone.localdate()).order_by("pk")
    given = list(request.person.consents.order_by("-given_at"))
    standing = {(one.purpose, one.channel): one for one in given if one.withdrawn_at is None}
    choices = [
        (purpose, [(channel, standing.get((purpose.code, channel.value))) for channel in Channel])
        for purpose in purposes
        if purpose.needs_consent
    ]
    names = dict(Purpose.objects.values_list("code", "name"))
    page = {
        "choices": choices,
        "by_law": [one for one in purposes if not one.needs_consent],
        "history": [(names.get(one.purpose, one.purpose), one) for one in given],
    }
    return render(request, "residents/consents.html", page)


@person_required
@require_POST
def give_consent(request, purpose, channel):
    if channel not in Channel.values:
        raise Http404
    try:
        actions.give_consent(request.person, purpose=purpose, channel=channel, source=_("portal"), moment=timezone.now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Zgoda zapisana."))
    return redirect("residents:consents")


@person_required
@require_POST
def withdraw_consent(request, pk):
    actions.withdraw_consent(get_object_or_404(Consent, person=request.person, pk=pk), moment=timezone.now())
    messages.success(request, _("Zgoda wycofana."))
    return redirect("residents:consents")


@person_required
@require_safe
def who_looked(request):
    """L37, S58: who read or changed my data, when and why. My own reading is not listed."""
    page = Paginator(reads.of_person(request.person, besides=request.user.subject), PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "looks": reads.described(page.object_list)}
    if page.number == 1:
        shown["changes"] = changes.of_person(request.person, owner=request.user)
    return render(request, "residents/who_looked.html", shown)


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def rights(request):
    """L21: what I may ask about my data, what I asked and by when the answer comes."""
    form = DataRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_about_data(request.person, moment=timezone.now(), **form.cleaned_data)
        except Refused as why:
            form.add_error("kind", str(why))
        else:
            messages.success(request, _("Przyjęliśmy Twoje żądanie."))
            return redirect("residents:rights")
    asked = request.person.data_requests.order_by("-asked_at")
    return render(request, "residents/rights.html", {"form": form, "asked": asked})


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_terms(request):
    """L58: a new version is read and accepted; until then everything else still works."""
    waiting = rules.terms_to_accept(request.person, timezone.localdate())
    if request.method == "POST":
        shown = request.POST.getlist("terms")
        for one in waiting:
            if str(one.pk) in shown:
                actions.accept_terms(request.person, terms=one, moment=timezone.now())
        return redirect("residents:my_data")
    accepted = TermsAcceptance.objects.filter(person=request.person).select_related("terms").order_by("-at")
    return render(request, "residents/terms_of_mine.html", {"waiting": waiting, "accepted": accepted})


@require_safe
def terms(request, kind):
    """The version in force, open to everyone."""
    found = Terms.objects.current(timezone.localdate()).filter(kind=kind).first()
    if found is None:
        raise Http404
    return render(request, "residents/terms.html", {"terms": found})
