"""Who can sign in to the demo. Plain data, so that the starter can print it without Django."""

from marketplace.groups import EDITORS, MODERATORS, TREASURERS

PASSWORD = "caravan-of-makers"
# (role as printed, address, first name, last name, language, group or "admin" or "artisan:<country>:<craft>")
PEOPLE = [
    ("shopper", "shopper@karvan.example", "Aigerim", "Demo", "kk", ""),
    ("artisan (Uzbekistan)", "artisan.uz@karvan.example", "Nodira", "Demo", "uz", "artisan:UZ:suzani"),
    ("artisan (Azerbaijan)", "artisan.az@karvan.example", "Leyla", "Demo", "az", "artisan:AZ:kelaghayi"),
    ("editor", "editor@karvan.example", "Bermet", "Demo", "en", EDITORS),
    ("moderator", "moderator@karvan.example", "Farrukh", "Demo", "en", MODERATORS),
    ("treasurer", "treasurer@karvan.example", "Jahan", "Demo", "en", TREASURERS),
    ("administrator", "admin@karvan.example", "Maral", "Demo", "en", "admin"),
]
