"""Bank accounts that can be right, and saving one."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from schwifty import IBAN

from shop.settlement import payees, payouts, vault
from shop.settlement.account_forms import clean_account
from shop.settlement.booking import book_adjustment
from shop.settlement.models import PayingAccount, PayoutBatch, PayoutDetails
from tests.factories import make_artisan, make_user

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


def give_money(partner, amount: str, currency: str = "") -> None:
    """So much is available to be paid out."""
    book_adjustment(partner, Decimal(amount), currency or partner.artisan.currency, "for a test", make_user())


def make_payable(slug: str = "", amount: str = "100000.00", *, country: str = "KZ", currency: str = "KZT", **extra):
    """A maker with money, bank details whose hold is over, and an account of the platform's to pay from."""
    artisan = make_artisan(slug, country=country, currency=currency, **extra)
    save_bank(artisan, ready=True)
    give_money(artisan.partner, amount)
    make_paying_account(country, currency)
    return artisan


def make_paying_account(country: str = "KZ", currency: str = "KZT", bank: str = "Platform bank") -> PayingAccount:
    number = kz_iban(77)
    return PayingAccount.objects.get_or_create(
        country=country, currency=currency, is_active=True,
        defaults={
            "bank": bank, "bic": "NBRKKZKX", "holder": "Karvan LLP", "last4": number[-4:],
            "sealed": vault.seal({"number": number}),
        },
    )[0]  # fmt: skip


def make_sent(*partners) -> PayoutBatch:
    """A batch that has left, with a payout to each of these (all of the others' scheduled too)."""
    for partner in partners:
        payouts.ask_now(partner, partner.artisan.currency)
    batch = payouts.gather()[0][0]
    for _approval in range(batch.approvals_needed):
        payouts.approve(batch.pk, make_user())
    return payouts.send(batch.pk, make_user())
