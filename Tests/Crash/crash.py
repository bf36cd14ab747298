#!/usr/bin/env python3
"""What was answered is on the disk: 64 people vote at once, the power is cut, and every vote that was acknowledged must be there.

    python Tests/Crash/crash.py --binary .build/debug/isegoria [--kills N] [--only sqlite|postgres|tool]

The disk is power_cut.c: it keeps what was synced and nothing else. Each database is cut N times (5, or as told), half of them with the unsynced
writes kept or lost by chance. Then the counter-proof: with SQLite's syncs off, and with PostgreSQL's synchronous_commit off, votes must be lost;
a test that still passes then sees nothing, and fails. First the tool itself is proved on a small program, without ours.
"""
import argparse, contextlib, hashlib, http.client, os, pathlib, signal, sqlite3, subprocess, sys, tempfile, threading, time

here = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(here), str(here.parent / "Journeys")]
import power_cut, town

WRITERS, PEOPLE_EACH = 64, 40
SQLITE_FILE = "organizations/ormeval/organization.sqlite"
ARTICLES = """SELECT r.id, r.component_id, r.edition FROM resources r JOIN spaces s ON s.id = r.space_id
  WHERE r.kind = 'article' AND s.slug = 'plan-climat' AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL AND r.hidden_at IS NULL ORDER BY r.id"""


def token(person):
    return f"crash-test-session-of-person-{person:06d}"


def people_sql(hexadecimal):
    """People with a session each; `hexadecimal` writes bytes as this database does."""
    now = int(time.time() * 1000)
    for person in range(1_000_000, 1_000_000 + WRITERS * PEOPLE_EACH):
        address = f"writer{person}@example.org"
        yield (f"INSERT INTO people (id, email, email_key, email_confirmed_at, display_name, language, under_fifteen, terms_version, created_at, signed_in_at) "
               f"VALUES ({person}, '{address}', '{address}', {now}, 'Writer {person}', 'fr', 0, 1, {now}, {now});")
        digest = hexadecimal(hashlib.sha256(token(person).encode()).hexdigest())
        yield (f"INSERT INTO sessions (person_id, token_hash, device, started_at, proved_at, seen_at, ends_at) "
               f"VALUES ({person}, {digest}, 'crash test', {now}, {now}, {now}, {now + 86_400_000});")


class SQLiteStore:
    """The program on SQLite; the program itself is preloaded."""

    def __init__(self, binary):
        self.data = pathlib.Path(tempfile.mkdtemp(prefix="isegoria-crash-"))
        self.folder = self.data / "data"
        self.folder.mkdir()
        self.server = town.Server(binary, data=self.folder, environment={"ISEGORIA_LIMIT_FACTOR": "100000"})
        self.server.command("demo")
        self.many("".join(people_sql(lambda digits: f"x'{digits}'")))

    def connect(self):
        return contextlib.closing(sqlite3.connect(self.folder / SQLITE_FILE, timeout=30))

    def many(self, sql):
        with self.connect() as connection:
            connection.executescript("BEGIN;" + sql + "COMMIT;")

    def rows(self, sql):
        with self.connect() as connection:
            return connection.execute(sql).fetchall()

    def disk(self):
        return power_cut.Disk(self.folder, delay_us=2000)

    def start(self, disk, unsafe):
        self.server.environment |= disk.environment(sqlite_off=unsafe)
        self.server.start()

    def kill(self):
        self.server.stop(signal.SIGKILL)

    def restart(self):
        for name in [name for name in self.server.environment if name == "LD_PRELOAD" or name.startswith("POWER_CUT_")]:
            del self.server.environment[name]
        self.server.start()

    def integrity(self):
        found = self.rows("PRAGMA integrity_check")
        return [] if found == [("ok",)] else [f"integrity_check: {found[0][0][:200]}"]

    def remove(self):
        self.server.clear()
        subprocess.run(["rm", "-rf", self.data], check=True)


class PostgresStore(SQLiteStore):
    """The program on a PostgreSQL of its own, whose processes are preloaded."""

    def __init__(self, binary):
        programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))[-1]
        self.programs = programs
        self.data = pathlib.Path(tempfile.mkdtemp(prefix="isegoria-crash-"))
        self.folder, self.socket = self.data / "postgres", self.data / "socket"
        self.data.chmod(0o777)
        self.socket.mkdir()
        self.socket.chmod(0o777)
        self.as_user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", "--"] if os.geteuid() == 0 else []
        subprocess.run([*self.as_user, programs / "initdb", "-D", self.folder, "-U", "isegoria", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
                       check=True, stdout=subprocess.DEVNULL, cwd="/")
        self.process = None
        self.start_database({})
        self.server = town.Server(binary, data=self.data / "data", environment={
            "ISEGORIA_LIMIT_FACTOR": "100000", "ISEGORIA_POSTGRES": f"host={self.socket} user=isegoria dbname=postgres"})
        self.server.command("demo")
        self.many("".join(people_sql(lambda digits: f"'\\x{digits}'")))
        self.psql("CHECKPOINT")

    def start_database(self, environment, *settings):
        options = [part for setting in ("listen_addresses=", "max_connections=150", *settings) for part in ("-c", setting)]
        self.process = subprocess.Popen(
            # `env` sets the names, so that the program that changes the user is not preloaded.
            [*self.as_user, "env", *(f"{name}={value}" for name, value in environment.items()), self.programs / "postgres", "-D", self.folder,
             "-k", self.socket, *options], cwd="/", stdout=subprocess.DEVNULL, stderr=(self.data / "log").open("ab"), start_new_session=True)
        ready = [self.programs / "pg_isready", "-q", "-h", self.socket]
        town.wait_for(lambda: subprocess.run(ready).returncode == 0, seconds=30, every=0.1)

    def psql(self, sql, database="postgres"):
        return subprocess.run(
            [self.programs / "psql", "-XqAtF", "|", "-v", "ON_ERROR_STOP=1", "-h", self.socket, "-U", "isegoria", database], input=sql, check=True,
            capture_output=True, text=True).stdout

    def many(self, sql):
        self.psql(f"BEGIN;{sql}COMMIT;", "isegoria_ormeval")

    def rows(self, sql):
        return [tuple(int(field) if field.lstrip("-").isdigit() else field for field in line.split("|")) for line in
                self.psql(sql, "isegoria_ormeval").splitlines()]

    def start(self, disk, unsafe):
        self.stop_database(signal.SIGINT)
        self.start_database(disk.environment(), "wal_writer_delay=5000")
        self.server.start()
        if unsafe:
            # The program refuses a server that is set so when it connects; so the setting comes later.
            self.rows("SELECT 1")
            # A server opens an organization when it is first asked for.
            with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)) as connection:
                connection.request("GET", "/fr/", headers={"Host": f"localhost:{self.server.port}"})
                connection.getresponse().read()
            town.wait_for(lambda: self.psql("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = 'isegoria_ormeval'") != "0\n")
            self.psql("ALTER SYSTEM SET synchronous_commit = off")
            self.psql("SELECT pg_reload_conf()")
            time.sleep(0.5)

    def stop_database(self, number):
        if self.process is None:
            return
        if number == signal.SIGKILL:
            # All of PostgreSQL's processes at one moment: each is in a session of its own, so they are found by their parent.
            children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
            for identifier in [str(self.process.pid), *children]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(identifier), signal.SIGSTOP)
            for identifier in [*children, str(self.process.pid)]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(identifier), signal.SIGKILL)
            town.wait_for(lambda: not any(pathlib.Path(f"/proc/{child}/mem").exists() and is_alive(child) for child in children), seconds=10)
        else:
            self.process.send_signal(number)
        self.process.wait(timeout=60)
        self.process = None

    def kill(self):
        self.stop_database(signal.SIGKILL)
        self.server.stop(signal.SIGKILL)

    def restart(self):
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        if self.as_user:
            subprocess.run(["chown", "-R", "postgres:", self.folder], check=True)
        self.start_database({}, "synchronous_commit=on")
        self.server.start()

    def integrity(self):
        done = subprocess.run(
            [self.programs / "pg_amcheck", "-h", self.socket, "-U", "isegoria", "--install-missing", "isegoria_ormeval"], capture_output=True, text=True)
        return [] if done.returncode == 0 else [f"pg_amcheck: {(done.stdout + done.stderr)[:300]}"]

    def remove(self):
        self.server.clear()
        with contextlib.suppress(Exception):
            self.stop_database(signal.SIGKILL)
        subprocess.run(["rm", "-rf", self.data], check=True)


def is_alive(child):
    with contextlib.suppress(OSError):
        return pathlib.Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    return False


class Voters:
    """64 writers with a connection each, who vote as fast as they are answered, each vote one that was not cast before."""

    def __init__(self, port, articles, cut):
        self.port, self.articles, self.cut = port, articles, cut
        self.acknowledged, self.strange, self.is_cut, self.is_over = set(), [], False, False
        self.threads = [threading.Thread(target=self.vote, args=(writer,), daemon=True) for writer in range(WRITERS)]

    def vote(self, writer):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        for article, component, edition in self.articles:
            for person in range(1_000_000 + writer * PEOPLE_EACH, 1_000_000 + (writer + 1) * PEOPLE_EACH):
                if self.is_over:
                    return
                if (person + article) % 3 != self.cut % 3 and self.cut < 1000:
                    continue
                # Each cut has a choice of its own, so that an older vote is never taken for the new one.
                choice = ("for", "mixed", "against")[self.cut // 3 % 3]
                headers = {"Cookie": f"session={token(person)}", "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
                           "Host": f"localhost:{self.port}"}
                try:
                    connection.request(
                        "POST", f"/fr/processes/plan-climat/f/{component}/articles/{article}/vote", f"edition={edition}&choice={choice}", headers)
                    answer = connection.getresponse()
                    answer.read()
                except (OSError, http.client.HTTPException):
                    return
                if answer.status == 303 and (answer.getheader("Location") or "").endswith("#vote"):
                    self.acknowledged.add((person, article, choice))
                elif not self.is_cut:
                    self.strange.append(f"{answer.status} {answer.getheader('Location')}")

    def run(self, seconds, kill):
        for thread in self.threads:
            thread.start()
        time.sleep(seconds)
        # Every acknowledgement counts, also one that arrives while the power goes; a fault counts only before.
        self.is_cut = True
        kill()
        self.is_over = True
        for thread in self.threads:
            thread.join(timeout=30)
        return set(self.acknowledged)


def cut_once(store, articles, cut, unsafe=False):
    """One power cut; returns (acknowledged, lost, problems)."""
    disk = store.disk()
    try:
        store.start(disk, unsafe)
        voters = Voters(store.server.port, articles, cut)
        acknowledged = voters.run(1.0 + cut % 4 * 0.37, store.kill)
        changes, undone, syncs = disk.cut(seed=cut if cut % 2 else None)
    finally:
        disk.remove()
    problems = [f"answers other than done: {voters.strange[:3]}"] if voters.strange else []
    try:
        store.restart()
        stored = set(store.rows("SELECT person_id, resource_id, choice FROM votes WHERE person_id >= 1000000"))
        problems += store.integrity()
        counted = store.rows(
            "SELECT (SELECT COUNT(*) FROM votes v JOIN resources r ON r.id = v.resource_id WHERE r.kind = 'article' AND v.edition = r.edition), "
            "(SELECT COALESCE(SUM(t.amount), 0) FROM tallies t JOIN resources r ON r.id = t.resource_id WHERE r.kind = 'article' AND t.edition = r.edition)")
        if counted[0][0] != counted[0][1]:
            problems.append(f"{counted[0][0]} votes are stored, {counted[0][1]} are counted")
        store.server.stop()
    except (town.JourneyFault, sqlite3.Error, subprocess.CalledProcessError) as fault:
        return acknowledged, acknowledged, [*problems, f"does not open again: {str(fault)[-300:]}"], (changes, undone, syncs)
    return acknowledged, acknowledged - stored, problems, (changes, undone, syncs)


class Results:
    passed = failed = 0

    def say(self, good, words):
        self.passed, self.failed = self.passed + good, self.failed + (not good)
        print(f"{'passed' if good else 'FAILED'}  {words}", flush=True)


def prove_tool(results):
    """Without our program: SQLite with syncs loses nothing, without them it does."""
    for unsafe in (False, True):
        for seed in (None, 7):
            with tempfile.TemporaryDirectory(prefix="isegoria-crash-") as place:
                folder = pathlib.Path(place) / "data"
                folder.mkdir()
                disk, answers = power_cut.Disk(folder, delay_us=1000), pathlib.Path(place) / "answers"
                with answers.open("wb") as output:
                    program = subprocess.Popen(
                        [sys.executable, here / "sqlite_writers.py", folder / "file.db", "16"], stdout=output,
                        env=os.environ | disk.environment(sqlite_off=unsafe))
                    time.sleep(1.2)
                    program.kill()
                    program.wait()
                disk.cut(seed)
                acknowledged = {int(line) for line in answers.read_text().split("\n")[:-1]}
                try:
                    with contextlib.closing(sqlite3.connect(folder / "file.db")) as connection:
                        stored = {number for number, in connection.execute("SELECT number FROM acknowledged")}
                        is_whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                except sqlite3.Error:
                    stored, is_whole = set(), False
                lost = len(acknowledged - stored)
                good = len(acknowledged) > 50 and (lost > 0 if unsafe else lost == 0 and is_whole)
                order = "" if seed is None else ", unsynced writes kept by chance"
                results.say(good, f"the tool, syncs {'off' if unsafe else 'on'}{order}: {len(acknowledged)} rows acknowledged, {lost} lost")


def prove(results, name, make_store, binary, kills):
    store = make_store(binary)
    try:
        articles = store.rows(ARTICLES)
        if not articles:
            return results.say(False, f"{name}: the demonstration has no open article to vote on")
        for cut in range(kills):
            acknowledged, lost, problems, (changes, undone, syncs) = cut_once(store, articles, cut)
            results.say(
                len(acknowledged) > 50 and not lost and not problems,
                f"{name}, cut {cut + 1}: {len(acknowledged)} votes acknowledged, {len(lost)} lost; {changes} writes, {undone} of them undone, {syncs} syncs"
                + "".join("; " + problem for problem in problems))
        # Everybody votes anew, with a choice that nobody's last vote had.
        last = next(cut for cut in range(1000, 1009) if cut // 3 % 3 == ((kills - 1) // 3 + 1) % 3)
        acknowledged, lost, problems, _ = cut_once(store, articles, last, unsafe=True)
        results.say(bool(lost), f"{name}, counter-proof with syncs off: {len(acknowledged)} votes acknowledged, {len(lost)} lost (some must be)")
    finally:
        store.remove()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--only", choices=["tool", "sqlite", "postgres"])
    options = parser.parse_args()
    results = Results()
    if options.only in (None, "tool"):
        prove_tool(results)
    for name, make_store in (("sqlite", SQLiteStore), ("postgres", PostgresStore)):
        if options.binary and options.only in (None, name):
            try:
                prove(results, name, make_store, options.binary.resolve(), options.kills)
            except Exception as fault:
                results.say(False, f"{name}: {type(fault).__name__}: {str(fault)[-500:]}")
    print(f"{results.passed} passed, {results.failed} failed")
    return 1 if results.failed or not results.passed else 0


if __name__ == "__main__":
    sys.exit(main())
