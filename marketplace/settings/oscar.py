"""Oscar's settings, and which of its apps are replaced by forks of ours.

A fork's migrations stay Oscar's own (MIGRATION_MODULES), so no copy of them lives here and no column is added.
"""

from oscar.defaults import *  # noqa: F403

_OSCAR = [
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "shop.checkout.apps.CheckoutConfig",
    "oscar.apps.address.apps.AddressConfig",
    "shop.shipping.apps.ShippingConfig",
    "shop.catalogue.apps.CatalogueConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "shop.partner.apps.PartnerConfig",
    "shop.basket.apps.BasketConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "shop.order.apps.OrderConfig",
    "shop.customer.apps.CustomerConfig",
    "search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "oscar.apps.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
]
OSCAR_APPS = _OSCAR

MIGRATION_MODULES = {
    label: f"oscar.apps.{label}.migrations"
    for label in ("basket", "catalogue", "customer", "order", "partner", "shipping")
}

OSCAR_SHOP_NAME = "Karvan"
OSCAR_SHOP_TAGLINE = ""
OSCAR_SLUG_FUNCTION = "shop.listings.slugs.readable_slug"
OSCAR_HOMEPAGE = "/"
OSCAR_DEFAULT_CURRENCY = "USD"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_MODERATE_REVIEWS = True
OSCAR_ALLOW_ANON_REVIEWS = False
OSCAR_EAGER_ALERTS = False
OSCAR_SEND_REGISTRATION_EMAIL = False
OSCAR_OFFERS_INCL_TAX = True
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 999
OSCAR_BASKET_COOKIE_LIFETIME = 60 * 24 * 3600
OSCAR_DELETE_IMAGE_FILES = True
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "last_name", "line1", "line4", "country")

# What an order may become. "pending payment" holds stock until its reservation ends.
OSCAR_INITIAL_ORDER_STATUS = "pending payment"
OSCAR_INITIAL_LINE_STATUS = "pending payment"
OSCAR_ORDER_STATUS_PIPELINE = {
    "pending payment": ("paid", "expired", "cancelled"),
    "expired": ("paid",),
    "cancelled": (),
    "paid": ("complete", "cancelled"),
    "complete": (),
}
OSCAR_LINE_STATUS_PIPELINE = OSCAR_ORDER_STATUS_PIPELINE
OSCAR_THUMBNAILER = "oscar.core.thumbnails.EasyThumbnails"
