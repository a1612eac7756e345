"""The names of the groups that people of the admin belong to."""

EDITORS, MODERATORS, TREASURERS = "Editors", "Marketplace moderators", "Treasurers"
