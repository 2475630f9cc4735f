"""`{{ payment.amount_grosze|zlotys }}`: grosze as people read them."""

from django import template

from payments.models import zlotys

register = template.Library()
register.filter("zlotys", zlotys)
