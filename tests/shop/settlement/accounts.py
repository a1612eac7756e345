"""Bank accounts that can be right, and saving one."""

from datetime import timedelta

from django.utils import timezone
from schwifty import IBAN

from shop.settlement import payees
from shop.settlement.account_forms import clean_account
from shop.settlement.models import PayoutDetails

KZ_ACCOUNT = {"holder": "Aigerim Demo", "iban": "KZ86125KZT5004100100", "bic": "", "tax_id": "971240001315"}
AZ_ACCOUNT = {
    "holder": "Leyla Demo", "iban": "AZ21NABZ00000000137010001944", "bic": "NABZAZ2X", "tax_id": "",
}  # fmt: skip
UZ_ACCOUNT = {
    "holder": "Nodira Demo", "bank_name": "Xalq banki, Buxoro", "bank_code": "00873",
    "account": "20208000900123456001", "tax_id": "306123456",
}  # fmt: skip
KG_ACCOUNT = {
    "holder": "Bermet Demo", "bank_name": "Bank of Osh", "bank_code": "109018",
    "account": "10901800000012" + f"{int('10901800000012') % 97:02}", "tax_id": "22601198500123",
}  # fmt: skip
TJ_ACCOUNT = {
    "holder": "Farrukh Demo", "bank_name": "Amonatbonk", "bank_code": "350101626",
    "account": "20206972600000001234", "tax_id": "510012345",
}  # fmt: skip
TM_ACCOUNT = {
    "holder": "Maral Demo", "bank_name": "Halkbank", "bank_code": "390101304",
    "account": "23202934100163800002000", "tax_id": "",
}  # fmt: skip
ACCOUNTS = {
    ("KZ", "KZT"): KZ_ACCOUNT, ("AZ", "AZN"): AZ_ACCOUNT, ("UZ", "UZS"): UZ_ACCOUNT,
    ("KG", "KGS"): KG_ACCOUNT, ("TJ", "TJS"): TJ_ACCOUNT, ("TM", "TMT"): TM_ACCOUNT,
}  # fmt: skip


def kz_iban(number: int) -> str:
    """An IBAN of the National Bank with this number."""
    return str(IBAN.generate("KZ", bank_code="125", account_code=f"{number:013}"))


def save_bank(artisan, *, person=None, ready: bool = False, **changes) -> PayoutDetails:
    """Bank details of the maker's country; `ready`: their hold is over."""
    key = (artisan.country, artisan.currency)
    secret = clean_account(*key, {**ACCOUNTS[key], **changes})
    payee = payees.payee_for(artisan.partner)
    details = payees.save_details(
        payee, "bank_file", artisan.currency, secret,
        country=artisan.country, number=secret["number"], label=secret.get("bank_name", ""), person=person,
    )  # fmt: skip
    if ready:
        details.hold_until = timezone.now() - timedelta(hours=1)
        details.save()
    return details
