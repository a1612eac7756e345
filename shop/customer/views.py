"""The account area: one's orders, addresses, name and language. Oscar's views with our rules and words."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _
from django.views import generic
from oscar.apps.customer import views
from oscar.core.loading import get_model

from shop.customer.forms import AddressForm, ProfileForm
from shop.order.links import track_path
from shop.shipping.destination import country_of, destinations

UserAddress = get_model("address", "UserAddress")


class OrderHistoryView(views.OrderHistoryView):
    paginate_by = 12

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("sale")
            .prefetch_related("lines__product__images", "lines__product__parent__images", "parcels__partner__artisan")
        )


class OrderDetailView(views.OrderDetailView):
    """An order has one page, whoever looks at it: the signed one that its mails lead to."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        return redirect(track_path(self.get_object()))


class AddressListView(views.AddressListView):
    def get_queryset(self):
        return super().get_queryset().select_related("country").order_by("-is_default_for_shipping", "-pk")


class _AddressForm:
    """What adding and changing an address have in common."""

    form_class = AddressForm

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        user = kwargs.pop("user")
        kwargs["instance"] = kwargs["instance"] or UserAddress(user=user)
        country = self.request.POST.get("country") or kwargs["instance"].country_id
        kwargs["country"] = country if country in destinations() else country_of(self.request)
        return kwargs

    def post(self, request, *args, **kwargs):
        if "refresh" not in request.POST:
            return super().post(request, *args, **kwargs)
        # Another country was chosen: the same page with what was typed, and that country's labels and rules.
        self.object = self.get_object() if "pk" in self.kwargs else None
        kwargs = self.get_form_kwargs() | {"data": None, "files": None, "initial": request.POST.dict()}
        return self.render_to_response(self.get_context_data(form=AddressForm(**kwargs)))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_url(self):
        messages.success(self.request, _("The address is saved."))
        return self.success_url


class AddressCreateView(_AddressForm, views.AddressCreateView):
    def get_initial(self):
        user = self.request.user
        return {"first_name": user.first_name, "last_name": user.last_name}


class AddressUpdateView(_AddressForm, views.AddressUpdateView):
    pass


class AddressDeleteView(views.AddressDeleteView):
    def get_success_url(self):
        messages.success(self.request, _("The address is deleted."))
        return self.success_url


class AddressChangeStatusView(views.AddressChangeStatusView):
    """Oscar changes on GET; here only a POST does."""

    http_method_names = ["post"]

    def post(self, request, *args, pk: int, action: str):
        if action != "default_for_shipping":
            raise Http404
        return super().get(request, pk=pk, action=action)


class ProfileView(generic.UpdateView):
    """Name and language. The chosen language is the account's (mails) and, from the next page on, the site's."""

    form_class = ProfileForm
    template_name = "oscar/customer/profile/profile_form.html"
    success_url = reverse_lazy("customer:profile")

    def get_object(self, queryset=None):
        return self.request.user

    def get_initial(self):
        return {"language": self.request.user.language or translation.get_language()}

    def form_valid(self, form):
        language = form.save().language
        with translation.override(language):
            messages.success(self.request, _("Saved."))
            response = HttpResponseRedirect(reverse("customer:profile"))
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
        return response

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
