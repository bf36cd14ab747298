"""Load from wrk, on loopback and bounded, with the processor time that the server spent on it."""
import dataclasses
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclasses.dataclass
class Load:
    rate: float  # answers a second
    p50: float  # seconds
    p99: float  # seconds
    answers: int
    bytes_read: float  # bytes a second
    faulty: int  # answers that were neither 2xx nor 3xx, and connections that failed
    accepted: int  # what the script counted as done
    refused: int
    cpu: float  # seconds of processor time that one answer cost the server
    disk: float  # bytes that one answer made the server write


def seconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * UNITS[unit]


def size(text):
    number, unit = re.fullmatch(r"([\d.]+)([KMG]?)B", text).groups()
    return float(number) * {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}[unit]


def run(server, path, duration, headers=(), script=None, arguments=(), connections=64, threads=2):
    """Loads one path of a server; raises if not one answer came."""
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{duration}s", "--latency", "--timeout", "10s"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", str(HERE / script)]
    command += [f"http://127.0.0.1:{server.port}{path}"]
    if arguments:
        command += ["--", *map(str, arguments)]
    before, written = server.cpu(), server.written()
    text = subprocess.run(command, capture_output=True, text=True, timeout=duration + 30, check=True).stdout
    cpu, disk = server.cpu() - before, server.written() - written

    def find(pattern, otherwise=None):
        match = re.search(pattern, text)
        if match:
            return match.group(1)
        if otherwise is None:
            raise RuntimeError(f"wrk did not say {pattern}:\n{text}")
        return otherwise

    answers = int(find(r"(\d+) requests in"))
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    if not answers:
        raise RuntimeError(f"no answer came from {path}:\n{text}")
    return Load(
        rate=float(find(r"Requests/sec:\s+([\d.]+)")), p50=seconds(find(r"50%\s+([\d.]+\w+)")), p99=seconds(find(r"99%\s+([\d.]+\w+)")),
        answers=answers, bytes_read=size(find(r"Transfer/sec:\s+([\d.]+[KMG]?B)")),
        faulty=int(find(r"Non-2xx or 3xx responses: (\d+)", "0")) + sum(map(int, errors.groups()) if errors else []),
        accepted=int(find(r"Accepted: (\d+)", "0")), refused=int(find(r"Refused: (\d+)", "0")), cpu=cpu / answers, disk=disk / answers)
