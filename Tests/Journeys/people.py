"""The people of Ormeval, the demonstration's town, and how they come in."""

ROLES = {
    "adele": "administrator", "chloe": "organiser", "dov": "moderator", "maelle": "authority", "sibylle": "guarantor", "joris": "agent",
    "nolwenn": "service", "amina": "participant",
}


def address(name):
    """The address of one of them, or of a newcomer; an address stands for itself."""
    if "@" in name:
        return name
    return f"{name}@ormeval.example" if name in ROLES else f"{name}@example.org"


def sign_in(page, server, name):
    """As everyone does: asks for a code, reads the letter, types the code in the page left open."""
    before = len(server.letters(address(name)))
    page.goto(f"{server.origin}/fr/sign-in")
    page.locator("main input[name=email]").first.fill(address(name))
    page.locator("main form[action$='/sign-in'] button[type=submit]").first.click()
    page.wait_for_url("**/sign-in/code*")
    letter = server.next_letter(address(name), after=before)
    page.locator("main input[name=code]").fill(letter.code)
    page.locator("main form[action$='/sign-in/code'] button[type=submit]").first.click()
    page.wait_for_url(lambda url: not url.endswith("/sign-in/code"))
    page.wait_for_load_state()
