"""Content Security Policy: nonces, no unsafe-inline. The admin's own pages need more and get it in middleware."""

from csp.constants import NONCE, NONE, SELF

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/", "/dashboard/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "form-action": [SELF, "https://checkout.stripe.com", "https://connect.stripe.com"],
    },
}
