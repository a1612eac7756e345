"""The demo's makers are paid: most have arrived, one came back, a batch waits to be checked. All of it goes through the
services that real payouts go through; only the two days of a hold are taken as gone."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone
from schwifty import IBAN

from artisans.models import Artisan
from marketplace.demo.signs import PEOPLE
from shop.settlement import payees, payouts, vault
from shop.settlement.account_forms import clean_account, form_of
from shop.settlement.ledger import balances_of
from shop.settlement.models import CashOffice, PayeeMember, PayingAccount, Payout, PayoutBatch, PayoutDetails
from shop.settlement.rails import BANK_FILE, CASH
from shop.settlement.rails.bank_answer import read_answer
from shop.settlement.releasing import release_due

# Banks by country: name and BIC or national code. The account numbers are made up, in each country's form.
_BANKS = {
    "KZ": ("Halyk Bank", "HSBKKZKX"), "AZ": ("Kapital Bank", "AIIBAZ2X"), "UZ": ("Xalq banki", "00873"),
    "KG": ("RSK Bank", "129001"), "TJ": ("Amonatbonk", "350101626"), "TM": ("Halkbank", "390101304"),
}  # fmt: skip
_TAX = {"KZ": "971240001315", "UZ": "306123456", "KG": "22601198500123", "TJ": "510012345", "AZ": "", "TM": ""}
_OFFICES = [
    ("AZ", "AZN", "Karvan", "Şəki, Axundov küçəsi 3"),
    ("KG", "KGS", "Karvan", "Ош, Ленин көчөсү 205"),
    ("TJ", "TJS", "Karvan", "Хуҷанд, кӯчаи Камоли Хуҷандӣ 12"),
    ("UZ", "UZS", "Karvan", "Buxoro, Mehtar Anbar koʻchasi 4"),
]
# What becomes of each currency's batch: paid, left on its way, left to be checked, or dissolved again.
_FATES = {"UZS": "paid", "AZN": "paid", "KGS": "sent", "KZT": "open", "TJS": "scheduled", "TMT": "paid"}


def seed_payouts(say: Callable[[str], None]) -> None:
    """Pays the demo's makers, once."""
    if Payout.objects.exists():
        return
    release_due()
    owed = [pk for pk, currencies in balances_of().items() if any(one.available for one in currencies.values())]
    makers = list(Artisan.objects.filter(partner__in=owed, is_demo=True).select_related("partner").order_by("pk"))
    for country, currency in {(maker.country, maker.currency) for maker in makers}:
        _paying_account(country, currency)
    _offices()
    for number, maker in enumerate(makers):
        _details(maker, number)
    _cash_besides(makers)
    _let_the_hold_pass()
    _cooperative(makers)
    payouts.schedule_all(timezone.now())
    for batch in payouts.gather()[0]:
        _live(batch)
    _changed_lately(makers)
    say(f"{Payout.objects.count()} payouts in {PayoutBatch.objects.count()} batches")


def _people() -> dict[str, object]:
    """The demo's administrator and treasurer, who look at batches."""
    users = {user.email: user for user in get_user_model().objects.filter(email__in=[one[1] for one in PEOPLE])}
    return {role: users[email] for role, email, *_rest in PEOPLE if role in ("administrator", "treasurer")}


def _account(country: str, currency: str, number: int, holder: str) -> dict[str, str]:
    """An account of this country, in its bank's form."""
    bank, code = _BANKS[country]
    typed = {"holder": holder, "tax_id": _TAX[country], "bank_name": bank, "bank_code": code, "bic": code}
    if country == "KZ":
        typed |= {"iban": str(IBAN.generate("KZ", bank_code="601", account_code=f"{number:013}")), "bic": ""}
    elif country == "AZ":
        typed["iban"] = str(IBAN.generate("AZ", bank_code="AIIB", account_code=f"{number:020}"))
    elif country == "KG":
        first = f"129{number:011}"
        typed["account"] = f"{first}{int(first) % 97 or 97:02}"
    else:
        middle = form_of(country)["account"]["currencies"][currency]
        typed["account"] = f"20208{middle}{number:012}"
    return clean_account(country, currency, typed)


def _paying_account(country: str, currency: str) -> None:
    account = _account(country, currency, 1001, "Karvan LLP")
    PayingAccount.objects.create(
        country=country,
        currency=currency,
        bank=_BANKS[country][0],
        bic=account.get("bic", ""),
        holder="Karvan LLP",
        last4=account["number"][-4:],
        sealed=vault.seal(account),
    )


def _offices() -> None:
    agent = _people()["treasurer"]
    for country, currency, name, place in _OFFICES:
        CashOffice.objects.create(country=country, currency=currency, name=name, place=place, agent=agent)


def _details(maker: Artisan, number: int) -> None:
    account = _account(maker.country, maker.currency, 52_001_234 + number * 7919, maker.name)
    payees.save_details(
        payees.payee_for(maker.partner),
        BANK_FILE,
        maker.currency,
        account,
        country=maker.country,
        number=account["number"],
        label=_BANKS[maker.country][0],
        person=None,
    )


def _cash_besides(makers: list[Artisan]) -> None:
    """Azerbaijani makers can also come to the office: what comes back from a bank has another way."""
    office = CashOffice.objects.get(country="AZ")
    for maker in makers:
        if (maker.country, maker.currency) == ("AZ", "AZN"):
            secret = {"holder": maker.name, "document": "AA0612345", "office": office.pk}
            payees.save_details(
                payees.payee_for(maker.partner), CASH, "AZN", secret,
                country="AZ", number="AA0612345", label=str(office), person=None,
            )  # fmt: skip


def _let_the_hold_pass() -> None:
    long_ago = timezone.now() - timedelta(days=30)
    PayoutDetails.objects.update(created=long_ago, hold_until=long_ago + timedelta(days=2))


def _cooperative(makers: list[Artisan]) -> None:
    """Two makers of one country are paid through a third."""
    for country in ("KG", "UZ"):
        here = [maker for maker in makers if maker.country == country]
        if len(here) > 1:
            first, *others = here
            union = payees.payee_for(first.partner)
            union.is_cooperative = True
            union.save()
            for maker in others[:2]:
                payees.accept_member(payees.ask_to_join(maker.partner, union, None), None)
            PayeeMember.objects.update(hold_until=timezone.now() - timedelta(days=20))
            return


def _live(batch: PayoutBatch) -> None:
    """Looked at by two, sent, answered by the bank; or less of it."""
    people, fate = _people(), _FATES.get(batch.currency, "paid")
    if fate == "scheduled":
        payouts.cancel(batch.pk, people["administrator"])
        return
    payouts.approve(batch.pk, people["treasurer"])
    if fate == "open":
        return
    payouts.approve(batch.pk, people["administrator"])
    payouts.send(batch.pk, people["treasurer"])
    if fate == "paid" and batch.rail != CASH:
        batch.refresh_from_db()
        read_answer(batch, _answer(batch).encode(), people["treasurer"])


def _answer(batch: PayoutBatch) -> str:
    """The bank's answer: paid, but for one maker's closed account (in manats, where a maker of the demo signs in)."""
    rows = ["key,status,reason,amount,currency,text"]
    members = batch.payouts.filter(partner__artisan__memberships__isnull=False)
    unlucky = members.first() if batch.currency == "AZN" else None
    for payout in batch.payouts.order_by("pk"):
        verdict = ("RJCT,AC04", "hesab bağlıdır") if payout == unlucky else ("ACSC,", "")
        rows.append(f"{payout.key},{verdict[0]},{payout.amount},{payout.currency},{verdict[1]}")
    return "\n".join(rows)


def _changed_lately(makers: list[Artisan]) -> None:
    """One maker gave another account today: it waits."""
    held = next((maker for maker in reversed(makers) if maker.country == "TM"), None)
    if held:
        _details(held, 777)
