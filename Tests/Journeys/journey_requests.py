"""Requests that no browser sends, byte by byte."""
import socket

from town import JourneyFault, Server


def answer(server, head):
    """The status of the answer to these lines."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(("\r\n".join(head) + "\r\nConnection: close\r\n\r\n").encode())
        return int(connection.recv(64).split()[1])


def journey_a_host_is_said_once_and_plainly(browser, options):
    """One plain Host line is answered; two of them, or a host with a user before it, are refused."""
    with Server(options.binary) as server:
        own = f"localhost:{server.port}"
        cases = [
            (["GET /fr/ HTTP/1.1", f"Host: {own}"], 200),
            (["GET /fr/ HTTP/1.1", f"Host: {own}", "Host: evil.example"], 400),
            (["GET /fr/ HTTP/1.1", "Host: evil.example", f"Host: {own}"], 400),
            (["GET /fr/ HTTP/1.1", f"Host: {own}@evil.example"], 400),
        ]
        for head, expected in cases:
            status = answer(server, head)
            if status != expected:
                raise JourneyFault(f"{head} is answered {status}, not {expected}")
