"""What a journey needs: a server of its own, people with a browser each, their letters, and their keyboard.

    def journey_a_vote_is_counted_once(browser, options):
        with Server(options.binary) as server, Person(browser, server, "amina") as amina:
            amina.go("/fr/")
            amina.press("Tab")

A person's browser remembers what must never happen: script errors, refusals by the content security policy, requests to others, answers of
5xx. Leaving the `with` block fails the journey if one did.
"""
import atexit, contextlib, email, email.policy, functools, os, pathlib, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time, urllib.error, urllib.request
from urllib.parse import urljoin, urlparse

from playwright.sync_api import expect


class JourneyFault(AssertionError):
    """What went wrong, in words."""


def find_chromium():
    """Debian's browser; none is downloaded."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        raise SystemExit("Chromium is missing: apt-get install chromium")
    return path


@contextlib.contextmanager
def open_browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium's own sandbox does not start as root, and the pages are ours.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        try:
            yield browser
        finally:
            browser.close()


def share(text):
    """“2/3” as a slice takes it: begin at 1, every third."""
    part, parts = map(int, text.split("/"))
    return part - 1, parts


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(what, seconds=15, every=0.05):
    """The first true value of `what()`; a fault after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        value = what()
        if value:
            return value
        if time.monotonic() > end:
            raise JourneyFault(f"waited {seconds} s in vain")
        time.sleep(every)


@functools.lru_cache
def demonstration(binary):
    """A data folder with the demonstration, loaded once a run; each server works on a copy."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="isegoria-demonstration-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ISEGORIA_")} | {"ISEGORIA_PORT": "1"}
    done = subprocess.run([binary, "demo", "--data", str(folder)], env=environment, capture_output=True, text=True, timeout=600, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise JourneyFault(f"isegoria demo ended with {done.returncode}: {(done.stdout + done.stderr)[-2000:]}")
    return folder


class Server:
    """The program with a data folder and a port of its own, gone afterwards. `demo=True` loads the demonstration first."""

    def __init__(self, binary, demo=True, environment=None, before=(), data=None):
        self.binary, self.demo, self.before = str(binary), demo, list(before)
        self.folder = pathlib.Path(data or tempfile.mkdtemp(prefix="isegoria-journey-"))
        self.is_own = data is None
        self.port = free_port()
        self.origin = f"http://localhost:{self.port}"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("ISEGORIA_")}
        self.environment |= {"ISEGORIA_DATA": str(self.folder), "ISEGORIA_PORT": str(self.port)} | (environment or {})
        self.lines, self.process, self.reader = [], None, None

    def command(self, *arguments, seconds=300):
        """Runs `isegoria ARGUMENTS` on the same data and returns what it printed."""
        done = subprocess.run(
            [self.binary, *arguments], env=self.environment, capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise JourneyFault(f"isegoria {' '.join(arguments)} ended with {done.returncode}: {(done.stdout + done.stderr)[-2000:]}")
        return done.stdout

    def copy_demonstration(self):
        shutil.copytree(demonstration(self.binary), self.folder, dirs_exist_ok=True)
        for card in self.folder.glob("organizations/*/organization.json"):
            card.write_text(re.sub(r"http:\\?/\\?/localhost:1\b", self.origin, card.read_text()))

    def start(self):
        self.process = subprocess.Popen(
            [*self.before, self.binary, "serve"], env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", start_new_session=True)
        self.reader = threading.Thread(target=lambda pipe: self.lines.extend(pipe), args=(self.process.stdout,), daemon=True)
        self.reader.start()

        def lives():
            if self.process.poll() is not None:
                raise JourneyFault(f"the server ended with {self.process.returncode}: {self.log[-2000:]}")
            try:
                return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/live", timeout=2).status == 200
            except (urllib.error.URLError, OSError):
                return False

        wait_for(lives, seconds=30, every=0.02)

    def stop(self, number=signal.SIGTERM):
        """Ends the server and all that it started."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise JourneyFault("the server did not stop within 20 s")
        finally:
            self.reader.join(timeout=5)
            self.process = None

    @property
    def log(self):
        return "".join(self.lines)

    def __enter__(self):
        try:
            if self.demo:
                self.copy_demonstration()
            self.start()
        except BaseException:
            self.clear()
            raise
        return self

    def __exit__(self, kind, fault, trace):
        has_crashed = self.process is not None and self.process.poll() is not None
        try:
            self.stop()
        finally:
            log = self.log
            self.clear()
            if kind is not None:
                print("".join("    server: " + line for line in log.splitlines(keepends=True)[-20:]))
        if has_crashed and kind is None:
            raise JourneyFault(f"the server crashed: {log[-2000:]}")

    def clear(self):
        with contextlib.suppress(Exception):
            self.stop(signal.SIGKILL)
        if self.is_own:
            shutil.rmtree(self.folder, ignore_errors=True)

    # Letters

    def letters(self, to=None):
        """The letters sent so far, oldest first, all or one person's."""
        paths = sorted(self.folder.glob("organizations/*/mail/*.eml"), key=lambda path: (path.stat().st_mtime_ns, path.name))
        letters = [Letter(path.read_bytes()) for path in paths]
        return [letter for letter in letters if to is None or to.lower() in letter.recipients]

    def next_letter(self, to, after=0, seconds=15):
        """The first letter to `to` behind the first `after` ones; waits for it."""
        return wait_for(lambda: self.letters(to)[after:], seconds)[0]


class Letter:
    """A mail as its reader sees it."""

    def __init__(self, content):
        self.message = email.message_from_bytes(content, policy=email.policy.default)
        self.subject = str(self.message["Subject"])
        self.recipients = [address.addr_spec.lower() for address in self.message["To"].addresses]
        body = self.message.get_body(("plain", "html"))
        self.text = body.get_content() if body else ""

    @property
    def code(self):
        """The six-digit code in it (a space may part it in the middle)."""
        found = re.search(r"(?<!\d)(\d{3})[ \u00a0\u202f]?(\d{3})(?!\d)", self.text) or re.search(r"(?<!\d)(\d{3}) ?(\d{3})(?!\d)", self.subject)
        if not found:
            raise JourneyFault(f"no code in the letter “{self.subject}”: {self.text[:400]}")
        return found[1] + found[2]

    @property
    def links(self):
        return [link.rstrip(".,;)>»") for link in re.findall(r"https?://[^\s<>\"]+", self.text)]

    def link(self, part):
        """The first link that contains `part`."""
        for link in self.links:
            if part in link:
                return link
        raise JourneyFault(f"no link with {part} in the letter “{self.subject}”: {self.links}")


class Person:
    """Someone with a browser of their own. `javascript=False` is a browser without scripts; `phone=True` is 360 px wide."""

    def __init__(self, browser, server, name, javascript=True, phone=False, dark=False, language="fr-FR", folder=None):
        self.browser, self.server, self.name, self.folder = browser, server, name, folder
        self.settings = {
            "java_script_enabled": javascript, "locale": language, "color_scheme": "dark" if dark else "light",
            "viewport": {"width": 360, "height": 740} if phone else {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
        self.faults, self.expected_statuses = [], set()
        self.context = self.page = None

    def __enter__(self):
        self.context = self.browser.new_context(**self.settings)
        self.context.set_default_timeout(10_000)
        self.context.on("page", self.watch)
        self.page = self.context.new_page()
        return self

    def __exit__(self, kind, fault, trace):
        if kind is not None and self.folder is not None:
            with contextlib.suppress(Exception):
                print(f"    {self.name} was at {self.page.url}")
                self.screenshot("fault")
        self.context.close()
        if kind is None and self.faults:
            raise JourneyFault(f"{self.name}'s browser saw: " + "; ".join(dict.fromkeys(self.faults)))

    def watch(self, page):
        own = urlparse(self.server.origin).netloc
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("console", self.heard)
        page.on("response", lambda answer: self.faults.append(f"{answer.status} from {answer.url}") if answer.status >= 500 else None)
        page.on("request", lambda request: self.faults.append(f"a request to {request.url}")
                if urlparse(request.url).scheme in ("http", "https", "ws", "wss") and urlparse(request.url).netloc != own else None)

    def heard(self, message):
        if message.type != "error":
            return
        # Chromium reports a page's own status of 4xx as an error; a journey asks for those on purpose.
        status = re.search(r"status of (4\d\d)", message.text)
        if status and message.location.get("url", "").split("#")[0] == self.page.url.split("#")[0]:
            return
        self.faults.append(f"console: {message.text}")

    # Pages

    def go(self, path, status=200):
        """Opens a path of the server, and expects this status."""
        answer = self.page.goto(urljoin(self.server.origin, path))
        if answer is not None and answer.status != status:
            raise JourneyFault(f"{path} answered {answer.status}, not {status}")
        return answer

    def see(self, text):
        """Expects the text somewhere on the page, visible."""
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def title(self):
        return self.page.locator("h1").inner_text()

    def follow(self, name, exact=False):
        self.page.get_by_role("link", name=name, exact=exact).first.click()

    def press_button(self, name, exact=False):
        self.page.get_by_role("button", name=name, exact=exact).first.click()

    def write(self, label, text):
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label):
        self.page.get_by_label(label).first.check()

    def screenshot(self, title):
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(self.folder / f"{self.name}-{title}.png"), full_page=True)

    # Keyboard alone

    def focus(self):
        """(role, name) of what has the focus, as assistive technology is told."""
        with_focus = self.page.locator("*:focus")
        if with_focus.count() == 0:
            return None
        found = re.match(r"\s*-\s*'?([a-z]+)(?:\s+\"((?:[^\"\\]|\\.)*)\")?", with_focus.aria_snapshot())
        return (found[1], (found[2] or "").replace('\\"', '"')) if found else None

    def tab_to(self, role, name, presses=120):
        """Presses Tab until a control with this role and (part of its) name has the focus."""
        seen = []
        for _ in range(presses):
            self.page.keyboard.press("Tab")
            focus = self.focus()
            if focus and focus[0] == role and name in focus[1]:
                return
            seen.append(focus)
        raise JourneyFault(f"Tab never reached the {role} “{name}”; it reached {list(dict.fromkeys(filter(None, seen)))[:40]}")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def enter(self, role, name):
        """With the keyboard alone: reaches a link or button and presses Enter."""
        self.tab_to(role, name)
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()


if __name__ == "__main__":
    sys.exit(__doc__)
