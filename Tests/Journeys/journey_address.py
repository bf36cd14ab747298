"""Changing one's address: proved at the new one, told to the old one, and nothing learned about others."""
from urllib.parse import urlparse

import people
from journey_sign_in import is_signed_in
from town import JourneyFault, Person, Server

OLD, NEW = "amina@ormeval.example", "amina.belkhadra@example.org"


def ask(person, address):
    person.go("/fr/account")
    person.follow("Changer d’adresse")
    people.see_no_raw_key(person)
    person.write("Nouvelle adresse électronique", address)
    person.press_button("Recevoir un code")
    person.page.wait_for_url("**/account/address/code")


def journey_an_address_is_changed_by_the_code_sent_to_the_new_one(browser, options):
    """Amina types the code; the other device is out, the old address is told how to object, and only the new one signs in."""
    with Server(options.binary) as server, Person(browser, server, "amina", javascript=False, folder=options.screenshots) as amina, \
            Person(browser, server, "other", folder=options.screenshots) as other:
        people.sign_in(amina.page, server, "amina")
        people.sign_in(other.page, server, "amina")
        ask(amina, NEW)
        amina.screenshot("code")
        letter = server.next_letter(NEW)
        amina.write("Code à six chiffres", f"{(int(letter.code) + 1) % 1_000_000:06}")
        amina.press_button("Confirmer l’adresse")
        amina.see("Ce code n’est pas le bon")
        amina.write("Code à six chiffres", letter.code)
        amina.press_button("Confirmer l’adresse")
        amina.see("Votre adresse a changé.")
        amina.see(NEW)
        amina.screenshot("changed")
        if is_signed_in(other):
            raise JourneyFault("another device is still signed in")
        told = server.next_letter(OLD)
        if "écrivez tout de suite à participer@ormeval.example" not in " ".join(told.text.split()):
            raise JourneyFault(f"the old address is not told how to object: {told.text}")
        other.go("/fr/sign-in")
        code = people.ask_for_code(other, NEW)
        other.write("Code à six chiffres", code.code)
        other.press_button("Se connecter")
        other.see("Vous voilà connectée ou connecté.")
        other.go("/fr/account")
        other.see("Amina Belkhadra")


def journey_the_link_to_a_new_address_is_pressed_by_its_owner_only(browser, options):
    """Opened where nobody is signed in it asks to sign in; opened by someone else it is nothing; Amina presses it once."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina, \
            Person(browser, server, "luis", phone=True, folder=options.screenshots) as luis:
        people.sign_in(amina.page, server, "amina")
        ask(amina, NEW)
        path = urlparse(server.next_letter(NEW).link("/account/address/link/")).path
        luis.go(path)
        if "/sign-in" not in luis.page.url:
            raise JourneyFault(f"a stranger opens the link: {luis.page.url}")
        people.sign_in(luis.page, server, "luis")
        luis.go(path, status=410)
        amina.go(path)
        amina.see(NEW)
        amina.screenshot("press")
        amina.press_button("Confirmer l’adresse")
        amina.see("Votre adresse a changé.")
        amina.go(path, status=410)


def journey_an_address_that_is_taken_looks_free_and_its_owner_is_told(browser, options):
    """Amina asks for Luis's address: her page is as always; Luis gets a mail, without a code; nothing changes."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina:
        people.sign_in(amina.page, server, "amina")
        ask(amina, "nobody@example.org")
        free = amina.page.locator("main").inner_text()
        ask(amina, "luis@ormeval.example")
        if amina.page.locator("main").inner_text() != free:
            raise JourneyFault("the page tells a taken address from a free one")
        letter = server.next_letter("luis@ormeval.example")
        if "Quelqu’un a voulu utiliser votre adresse" != letter.subject or any("/link/" in link for link in letter.links):
            raise JourneyFault(f"the owner's mail is “{letter.subject}”: {letter.text}")
        amina.go("/fr/account/address")
        amina.write("Nouvelle adresse électronique", OLD.upper())
        amina.press_button("Recevoir un code")
        amina.see("C’est déjà l’adresse de votre compte.")
