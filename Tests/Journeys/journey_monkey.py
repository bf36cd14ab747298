"""People who press whatever comes, with whatever words: nothing breaks, says raw keys, or lets a script through. A walk is its seed."""
import collections, dataclasses, html.parser, http.client, os, random, re
from urllib.parse import urlencode, urlparse

import people
from town import JourneyFault, Server

WORDS = [
    "", "a", "Bonjour", "é" * 50, "<script>alert(1)</script>", "\"'><svg/onload=1>", "x" * 3000, "\u202e abc", "0", "-1", "9" * 20, "2026-13-45", "1e400",
    "javascript:alert(1)", "a@b", "🙂" * 20, "ligne\r\nligne", "{{7*7}}", "| a |\n|---|\n| 1 |", "# Titre\n\n- un", "\u00a0", "[a](javascript:x)", "on",
]


@dataclasses.dataclass
class Form:
    action: str
    method: str
    fields: list = dataclasses.field(default_factory=list)
    buttons: list = dataclasses.field(default_factory=list)


class Page(html.parser.HTMLParser):
    """The links, forms, ids and words of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.forms, self.ids, self.words, self.open = [], [], [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        of = dict(attributes)
        self.ids += [of["id"]] if "id" in of else []
        if tag == "a" and of.get("href", "").startswith("/"):
            self.links.append(of["href"].split("#")[0])
        elif tag == "form":
            self.forms.append(Form(of.get("action", "").split("#")[0], of.get("method", "get")))
        elif self.forms and tag == "button":
            self.forms[-1].buttons.append((of.get("name"), of.get("value", "")))
        elif self.forms and tag in ("input", "textarea", "select") and of.get("name"):
            self.open = [of["name"], of.get("type", tag), [of.get("value", "")] if tag == "input" else []]
            self.forms[-1].fields.append(self.open)
        elif tag == "option" and self.open:
            self.open[2].append(of.get("value", ""))

    def handle_data(self, data):
        if self.open and self.open[1] == "textarea":
            self.open[2].append(data)
        else:
            self.words.append(data)

    def handle_endtag(self, tag):
        if tag in ("textarea", "select", "form"):
            self.open = None


class Walker:
    """Someone with cookies, and the page in front of them."""

    def __init__(self, name, server, dice):
        self.name, self.server, self.dice, self.cookies, self.page, self.path = name, server, dice, {}, None, "/fr"
        self.enter()

    def enter(self):
        if self.name != "visitor":
            self.ask("POST", "/fr/sign-in/password", {"email": f"{self.name}@ormeval.example", "password": people.PASSWORD})

    def ask(self, method, path, fields=()):
        """One request and the redirects behind it; returns status and text."""
        for _ in range(7):
            connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
            headers = {"Host": urlparse(self.server.origin).netloc, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if method == "POST":
                headers |= {"Origin": self.server.origin, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, path, urlencode(fields) if method == "POST" else None, headers)
            answer = connection.getresponse()
            body = answer.read()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            if answer.status not in (302, 303, 307, 308):
                break
            method, path = "GET", answer.headers["Location"].split("#")[0]
            if not path.startswith("/"):
                break
        self.path = path
        if answer.headers.get_content_type() == "text/html":
            self.page = Page(body.decode())
        return answer.status, body.decode(errors="replace")

    def typed(self, kind, values):
        usual = "".join(values) if kind == "textarea" else values[0] if values else ""
        if kind == "hidden":
            return usual if self.dice.random() < 0.95 else self.dice.choice(WORDS)
        if kind == "select" and values:
            return self.dice.choice(values)
        if usual and self.dice.random() < 0.6:
            return usual
        return self.dice.choice(WORDS) if self.dice.random() < 0.4 else f"Mot {self.dice.randrange(10 ** 6)} et la suite."

    def fill(self, form):
        fields = []
        for name, kind, values in form.fields:
            if kind in ("checkbox", "radio"):
                fields += [(name, values[0] or "on")] if self.dice.random() < 0.5 else []
            elif kind != "file":
                fields.append((name, self.typed(kind, values)))
        chosen = self.dice.choice(form.buttons) if form.buttons else (None, "")
        return fields + ([chosen] if chosen[0] else [])

    def step(self, visits):
        """Follows a link or sends a form, of those that were least used; returns what was done, the status and the text."""
        forms = [form for form in self.page.forms if form.action.startswith("/")] if self.page else []
        shape = lambda path: re.sub(r"\d+", "N", path.split("?")[0])
        if forms and self.dice.random() < 0.5:
            form = min(forms, key=lambda form: visits["form " + shape(form.action)] + self.dice.random() * 3)
            visits["form " + shape(form.action)] += 1
            # Whoever leaves or signs out is soon no use.
            if form.action.endswith(("/sign-out", "/account/delete")) and self.dice.random() < 0.9:
                return None
            fields = self.fill(form)
            if form.method == "post":
                return f"POST {form.action} {fields}", *self.ask("POST", form.action, fields)
            return f"GET {form.action}?{urlencode(fields)}", *self.ask("GET", f"{form.action}?{urlencode(fields)}")
        links = self.page.links if self.page and self.page.links else ["/fr", "/en/processes", "/fr/admin", "/fr/moderation", "/fr/account"]
        path = min(self.dice.sample(links, min(12, len(links))), key=lambda path: visits[shape(path)] + self.dice.random() * 3)
        visits[shape(path)] += 1
        if self.dice.random() < 0.05:
            path = re.sub(r"\d+", lambda found: str(abs(int(found[0]) + self.dice.choice([-1, 1, 10 ** 12]))), path)
        return f"GET {path}", *self.ask("GET", path)


def problem(page, text, status):
    """What is wrong with an answer; None when nothing is."""
    if status >= 500:
        return f"is answered with {status}"
    # A copy of one's data is a file of JSON, to be downloaded.
    if not text.startswith("{") and ("<script>alert(1)" in text or "<svg/onload" in text):
        return "gives back what was typed as markup"
    twice = [name for name, count in collections.Counter(page.ids).items() if count > 1] if page else []
    raw = people.raw_keys(" ".join(page.words)) if page else []
    return f"has the id {twice[0]} twice" if twice else f"says the raw key {raw[0]}" if raw else None


def journey_whatever_people_press_nothing_breaks(browser, options):
    """Eight people with their roles, 800 steps; with ISEGORIA_TEST_LONG 30,000 from a new seed. ISEGORIA_TEST_SEED=n walks the nth walk."""
    is_long = "ISEGORIA_TEST_LONG" in os.environ
    seed = int(os.environ.get("ISEGORIA_TEST_SEED", random.randrange(10 ** 9) if is_long else 1))
    dice, visits, done = random.Random(seed), collections.Counter(), collections.Counter()
    with Server(options.binary, environment={"ISEGORIA_LIMIT_FACTOR": "100000"}) as server:
        walkers = [Walker(name, server, dice) for name in ("visitor", "amina", "joris", "dov", "chloe", "adele", "nolwenn", "bernard")]
        for number in range(30_000 if is_long else 800):
            walker = dice.choice(walkers)
            if number % 300 == 0:
                walker.enter()
            found = walker.step(visits)
            if found is None:
                continue
            what, status, text = found
            done[what.split()[0], status] += 1
            if fault := problem(walker.page, text, status):
                raise JourneyFault(f"seed {seed}, step {number}: {walker.name}'s {what[:600]} {fault}")
        errors = [line for line in server.lines if " error " in line or " critical " in line]
        if errors:
            raise JourneyFault(f"seed {seed}: the log holds {errors[0][:400]}")
    if done["POST", 200] < 50:
        raise JourneyFault(f"hardly a form was accepted: {dict(done)}")
