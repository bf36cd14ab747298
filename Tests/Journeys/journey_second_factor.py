"""The second factor: its key scanned from the page, and the codes for whoever lost the telephone."""
import time
from urllib.parse import parse_qs, unquote, urlparse

import people
from journey_administrator import totp
from town import JourneyFault, Person, Server


def scanned_secret(person):
    """The secret that a camera reads on the page; it is the one written beside it."""
    address = urlparse(people.scan(person.page.locator("svg.qr")))
    fields = {name: values[0] for name, values in parse_qs(address.query).items()}
    if (address.scheme, address.netloc) != ("otpauth", "totp") or not unquote(address.path).endswith(":amina@ormeval.example"):
        raise JourneyFault(f"the drawing holds {address.geturl()}")
    if fields["secret"] != person.page.locator("main code").inner_text().replace(" ", ""):
        raise JourneyFault("the key that is drawn is not the key that is written")
    return fields["secret"]


def enrol(person):
    """Sets the second factor up by scanning; returns its secret and the recovery codes."""
    person.go("/fr/account")
    person.follow("Ajouter une deuxième preuve")
    person.press_button("Commencer")
    secret = scanned_secret(person)
    person.screenshot("key")
    person.write("Code donné par l’application", totp(secret))
    person.press_button("Vérifier le code")
    person.see("Codes de secours")
    person.screenshot("codes")
    codes = person.page.locator("ol.codes code").all_inner_texts()
    if len(set(codes)) != 10:
        raise JourneyFault(f"ten codes were promised: {codes}")
    person.follow("Je les ai gardés")
    return secret, codes


def ask(person, server):
    """Signs in by password; the account asks for the second factor."""
    people.sign_in(person.page, server, "amina")
    person.go("/fr/account")
    if not person.page.url.endswith("/account/second-factor"):
        raise JourneyFault(f"the account opens without the second factor: {person.page.url}")


def recover(person, code):
    person.page.get_by_text("Je n’ai pas mon téléphone").click()
    person.write("Code de secours", code)
    person.press_button("Se connecter avec ce code")
    person.page.wait_for_load_state()


def journey_the_key_is_scanned_and_its_code_signs_in(browser, options):
    """In the dark, on a narrow screen and without JavaScript, a camera reads the key; the next sign-in asks for a code made from it."""
    with Server(options.binary) as server, \
            Person(browser, server, "amina", javascript=False, phone=True, dark=True, folder=options.screenshots) as amina, \
            Person(browser, server, "later", folder=options.screenshots) as later:
        people.sign_in(amina.page, server, "amina")
        secret, _ = enrol(amina)
        ask(later, server)
        # A step is taken once: the next one is good already.
        later.write("Code donné par l’application", totp(secret, time.time() + 30))
        later.press_button("Vérifier le code")
        later.see("Le code est juste.")
        later.go("/fr/account/second-factor")
        later.see("La deuxième preuve est en place")
        later.see("Il reste 10 codes de secours.")


def journey_a_recovery_code_opens_once_and_new_ones_end_the_old(browser, options):
    """A lost telephone: a code from paper, typed loosely, opens once and is told by mail; new codes end the old ones."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina, \
            Person(browser, server, "paper", javascript=False, folder=options.screenshots) as paper, \
            Person(browser, server, "again", folder=options.screenshots) as again:
        people.sign_in(amina.page, server, "amina")
        _, codes = enrol(amina)
        ask(paper, server)
        recover(paper, codes[3].lower().replace("-", " "))
        paper.see("Le code de secours est juste.")
        paper.see("Il reste 9 codes de secours.")
        paper.screenshot("managed")
        if "9" not in server.next_letter("amina@ormeval.example").text:
            raise JourneyFault("the mail does not say how many codes are left")
        ask(again, server)
        recover(again, codes[3])
        again.see("Ce code de secours n’est pas le bon")
        again.screenshot("refused")
        paper.press_button("Faire dix nouveaux codes")
        paper.see("Codes de secours")
        fresh = paper.page.locator("ol.codes code").all_inner_texts()
        paper.go("/fr/account/second-factor")
        if any(code in paper.page.content() for code in fresh):
            raise JourneyFault("the codes are shown a second time")
        again.write("Code de secours", codes[4])
        again.press_button("Se connecter avec ce code")
        again.see("Ce code de secours n’est pas le bon")
        again.write("Code de secours", fresh[0])
        again.press_button("Se connecter avec ce code")
        again.see("Le code de secours est juste.")
