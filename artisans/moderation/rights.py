"""Who may do what here. Who may not learns nothing: 404."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404


def allowed_to(permission: str) -> Callable:
    """Lets in who is signed in and has this permission."""

    def decorate(view: Callable) -> Callable:
        @login_required
        @wraps(view)
        def inner(request, *args, **kwargs):
            if not request.user.has_perm(permission):
                raise Http404
            return view(request, *args, **kwargs)

        return inner

    return decorate
