"""Servers that the benchmark starts, watches and stops by their own process number."""
import http.client
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

BINARY = os.environ["ISEGORIA_BINARY"] if "ISEGORIA_BINARY" in os.environ else "isegoria"
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(*arguments, environment=None):
    """Runs a command of the program; returns its output, wall seconds and processor seconds."""
    before, start = os.times(), time.perf_counter()
    done = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, env={**os.environ, **(environment or {})})
    if done.returncode:
        raise RuntimeError(f"isegoria {arguments[0]} failed: {done.stderr[-2000:]}")
    after = os.times()
    return done.stdout, time.perf_counter() - start, after.children_user + after.children_system - before.children_user - before.children_system


class Server:
    """`isegoria serve`, or the baseline, on a free port of loopback; a context that ends it."""

    def __init__(self, *arguments, environment=None, first="/", host="localhost"):
        self.arguments, self.environment, self.first, self.host = arguments, environment or {}, first, host

    def __enter__(self):
        self.port = free_port()
        start = time.perf_counter()
        environment = {**os.environ, "ISEGORIA_LIMIT_FACTOR": "100000", **self.environment}
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [BINARY, *map(str, self.arguments), "--port", str(self.port)], stdout=self.log, stderr=self.log, env=environment)
        while True:
            try:
                status, _, _ = self.get(self.first)
                if status == 200:
                    break
                raise RuntimeError(f"{self.first} answered {status}")
            except OSError:
                if self.process.poll() is not None or time.perf_counter() - start > 60:
                    self.log.seek(0)
                    raise RuntimeError(f"the server did not start: {self.log.read()[-2000:]}")
                time.sleep(0.002)
        self.first_answer = time.perf_counter() - start
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def get(self, path, headers=None):
        """Status, headers and body of one answer, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path, headers={"Host": self.host, **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def metric(self, name):
        text = self.get("/metrics")[2].decode()
        return next(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name + " "))

    def cpu(self):
        """Seconds of processor time that the process took so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def written(self):
        """Bytes that the process sent towards the disk so far."""
        text = pathlib.Path(f"/proc/{self.process.pid}/io").read_text()
        return int(next(line.split()[1] for line in text.splitlines() if line.startswith("write_bytes:")))

    def memory(self, field="VmRSS"):
        """Bytes of memory resident now (VmRSS) or at most so far (VmHWM)."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line.split()[1] for line in text.splitlines() if line.startswith(field + ":"))) * 1024


class Postgres:
    """A PostgreSQL server of its own in a temporary folder, with its durable defaults; a context that ends it."""

    folder = pathlib.Path("/usr/lib/postgresql/15/bin")

    @classmethod
    def is_there(cls):
        return (cls.folder / "initdb").exists()

    def __enter__(self):
        self.place = tempfile.mkdtemp(prefix="isegoria-postgres-")
        self.port = free_port()
        shutil.chown(self.place, "postgres", "postgres") if os.geteuid() == 0 else None
        self._do("initdb", "-D", self.place + "/data", "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8")
        options = f"-p {self.port} -k {self.place} -c listen_addresses=127.0.0.1"
        self._do("pg_ctl", "-D", self.place + "/data", "-l", self.place + "/log", "-w", "-o", options, "start")
        self.connection = f"host=127.0.0.1 port={self.port} user=postgres"
        return self

    def __exit__(self, *_):
        self._do("pg_ctl", "-D", self.place + "/data", "-m", "fast", "-w", "stop")
        shutil.rmtree(self.place, ignore_errors=True)

    def query(self, database, text):
        command = [str(self.folder / "psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", database, "-Atc", text]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def _do(self, tool, *arguments):
        command = [str(self.folder / tool), *arguments]
        user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp", **user)
