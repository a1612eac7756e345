"""Words of our libraries that a shopper or maker can meet, repeated here so that `make messages` keeps them.

Django knows Kazakh, Kyrgyz, Uzbek, Tajik and Turkmen in part only, django-allauth and Oscar hardly at all, and a
catalogue in LOCALE_PATHS wins over those of apps. Nothing imports this module; xgettext reads it. Each string must
stay, letter by letter, as its library has it.
"""

from django.utils.translation import gettext_noop, ngettext_lazy, pgettext_lazy

# -- Django: fields of forms and their validators --------------------------------------------------------------------

FORM_ERRORS = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid value."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_noop("Null characters are not allowed."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
)

PASSWORD_ERRORS = (
    gettext_noop("The password is too similar to the %(verbose_name)s."),
    gettext_noop("This password is too common."),
    gettext_noop("This password is entirely numeric."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "min_length",
    ),
)

# -- Django: times ("28 minutes" of `timeuntil`) and the months of dates ---------------------------------------------

TIMES = (
    ngettext_lazy("%(num)d year", "%(num)d years", "num"),
    ngettext_lazy("%(num)d month", "%(num)d months", "num"),
    ngettext_lazy("%(num)d week", "%(num)d weeks", "num"),
    ngettext_lazy("%(num)d day", "%(num)d days", "num"),
    ngettext_lazy("%(num)d hour", "%(num)d hours", "num"),
    ngettext_lazy("%(num)d minute", "%(num)d minutes", "num"),
)

MONTHS = (
    pgettext_lazy("alt. month", "January"),
    pgettext_lazy("alt. month", "February"),
    pgettext_lazy("alt. month", "March"),
    pgettext_lazy("alt. month", "April"),
    pgettext_lazy("alt. month", "May"),
    pgettext_lazy("alt. month", "June"),
    pgettext_lazy("alt. month", "July"),
    pgettext_lazy("alt. month", "August"),
    pgettext_lazy("alt. month", "September"),
    pgettext_lazy("alt. month", "October"),
    pgettext_lazy("alt. month", "November"),
    pgettext_lazy("alt. month", "December"),
)

# -- django-allauth: what `marketplace.accounts` does not say in words of its own -------------------------------------

ACCOUNTS = (
    gettext_noop("A user is already registered with this email address."),
    gettext_noop("The email address is not assigned to any user account."),
    gettext_noop("You must type the same password each time."),
    gettext_noop("The new value must be different from the current one."),
    gettext_noop("You cannot add more than %d email addresses."),
    gettext_noop("Invalid or expired key."),
    gettext_noop("Incorrect code."),
)

# -- Oscar -----------------------------------------------------------------------------------------------------------

OSCAR = (
    gettext_noop("email address"),
    gettext_noop("We do not ship to this country"),
)
