"""A forgotten password: a code or a link by mail, a new password, and nothing told to whoever asks for others."""
import http.client, re
from urllib.parse import urlencode, urlparse

import people
from journey_second_factor import enrol
from journey_sign_in import is_signed_in, scan
from town import JourneyFault, Person, Server

NEW = "un tilleul devant la mairie"


def ask(person, address):
    """From the sign-in page to the question for the code."""
    person.go("/fr/sign-in")
    person.page.get_by_text("J’ai un mot de passe").click()
    person.follow("Mot de passe oublié ?")
    person.write("Adresse électronique", address)
    person.press_button("Recevoir un code")
    person.page.wait_for_url("**/sign-in/reset")


def sign_in_with(person, password):
    person.go("/fr/sign-in")
    person.page.get_by_text("J’ai un mot de passe").click()
    person.page.locator("#password-email").fill("amina@ormeval.example")
    person.page.locator("#password").fill(password)
    with person.page.expect_navigation():
        person.page.locator("form[action$='/sign-in/password'] button").click()
    person.page.wait_for_load_state()


def journey_a_forgotten_password_is_replaced_by_a_code(browser, options):
    """Amina asks, types code and password, and is in; her other devices are out, the old password is nothing, and a mail tells it."""
    with Server(options.binary) as server, Person(browser, server, "amina", javascript=False, folder=options.screenshots) as amina, \
            Person(browser, server, "other", folder=options.screenshots) as other:
        people.sign_in(other.page, server, "amina")
        ask(amina, "Amina@ormeval.example")
        people.see_no_raw_key(amina)
        letter = server.next_letter("amina@ormeval.example")
        amina.write("Code à six chiffres", letter.code)
        amina.write("Nouveau mot de passe", "court")
        amina.press_button("Enregistrer et se connecter")
        if amina.page.locator("[name=password]").get_attribute("aria-invalid") != "true":
            raise JourneyFault("a password of five letters is not refused beside its field")
        amina.screenshot("too-short")
        amina.write("Nouveau mot de passe", "amina belkhadra")
        amina.press_button("Enregistrer et se connecter")
        if amina.page.locator("[name=password]").get_attribute("aria-invalid") != "true":
            raise JourneyFault("one's own name is taken as a password")
        if amina.page.get_by_label("Code à six chiffres").input_value() != letter.code:
            raise JourneyFault("the code must be typed again")
        amina.write("Nouveau mot de passe", NEW)
        amina.press_button("Enregistrer et se connecter")
        amina.see("Le mot de passe est enregistré. Vos autres appareils sont déconnectés.")
        if is_signed_in(other):
            raise JourneyFault("another device is still signed in")
        if "mot de passe" not in server.next_letter("amina@ormeval.example", after=1).subject:
            raise JourneyFault("no mail tells that the password changed")
        sign_in_with(other, people.PASSWORD)
        other.see("L’adresse ou le mot de passe n’est pas le bon")
        sign_in_with(other, NEW)
        if not is_signed_in(other):
            raise JourneyFault("the new password does not sign in")


def journey_a_link_for_a_new_password_works_once_and_only_the_newest(browser, options):
    """Scanners spend nothing; a second request ends the first link; the link opens nothing of the sign-in; used, it is over."""
    with Server(options.binary) as server, Person(browser, server, "computer", folder=options.screenshots) as computer, \
            Person(browser, server, "telephone", phone=True, javascript=False, folder=options.screenshots) as telephone:
        ask(computer, "amina@ormeval.example")
        first = urlparse(server.next_letter("amina@ormeval.example").link("/sign-in/reset/")).path
        ask(computer, "amina@ormeval.example")
        letter = server.next_letter("amina@ormeval.example", after=1)
        link = letter.link("/sign-in/reset/")
        path = urlparse(link).path
        scan(server, link)
        telephone.go(first, status=410)
        telephone.go(path.replace("/sign-in/reset/", "/sign-in/link/"), status=410)
        telephone.go(path[:-1] + ("A" if path[-1] != "A" else "B"), status=410)
        telephone.go(path)
        telephone.screenshot("link")
        telephone.write("Nouveau mot de passe", NEW)
        telephone.press_button("Enregistrer et se connecter")
        telephone.see("Le mot de passe est enregistré.")
        telephone.go(path, status=410)
        computer.write("Code à six chiffres", letter.code)
        computer.write("Nouveau mot de passe", NEW + " encore")
        computer.press_button("Enregistrer et se connecter")
        computer.see("Ce code n’est pas le bon")


def journey_a_new_password_does_not_skip_the_second_factor(browser, options):
    """Whoever reads the mail alone does not get past the second factor."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina, \
            Person(browser, server, "thief", folder=options.screenshots) as thief:
        people.sign_in(amina.page, server, "amina")
        enrol(amina)
        ask(thief, "amina@ormeval.example")
        thief.write("Code à six chiffres", server.next_letter("amina@ormeval.example").code)
        thief.write("Nouveau mot de passe", NEW)
        thief.press_button("Enregistrer et se connecter")
        thief.page.wait_for_url("**/account/second-factor")
        for page in ("/fr/account", "/fr/account/data", "/fr/account/delete"):
            thief.go(page)
            if not thief.page.url.endswith("/account/second-factor"):
                raise JourneyFault(f"{page} opens without the second factor")


def answer_to(server, address):
    """What a request for a new password is answered, without what is drawn anew each time."""
    connection = http.client.HTTPConnection("localhost", server.port, timeout=10)
    form = urlencode({"email": address})
    connection.request("POST", "/fr/sign-in/forgotten", form, {"Content-Type": "application/x-www-form-urlencoded", "Origin": server.origin})
    answer = connection.getresponse()
    headers = sorted((name.lower(), re.sub(r"reset=[^;]+", "reset=…", value)) for name, value in answer.getheaders() if name.lower() not in ("date", "x-request-id"))
    return answer.status, headers, answer.read()


def journey_nobody_learns_from_a_forgotten_password_who_has_an_account(browser, options):
    """The answers for Amina, for nobody and for someone suspended are the same to the byte; nobody is written to who has no account."""
    with Server(options.binary) as server, Person(browser, server, "adele") as adele:
        people.sign_in(adele.page, server, "adele")
        adele.go("/fr/admin/people?q=luis@ormeval.example")
        adele.page.locator("main ul.register a").first.click()
        adele.write("Raison", "Pour voir.")
        adele.press_button("Suspendre", exact=True)
        adele.see("Le compte est suspendu")
        server.next_letter("luis@ormeval.example")
        known, unknown, suspended = (answer_to(server, f"{name}@ormeval.example") for name in ("amina", "nobody", "luis"))
        if not known == unknown == suspended:
            raise JourneyFault(f"the answers differ: {known} {unknown} {suspended}")
        server.next_letter("amina@ormeval.example")
        server.next_letter("luis@ormeval.example", after=1)
        adele.page.wait_for_timeout(1500)
        if server.letters("nobody@ormeval.example"):
            raise JourneyFault("someone without an account is written to")
