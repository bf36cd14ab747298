#!/usr/bin/env python3
"""A mail server for tests: takes letters and lays them into a folder, or fails as told. Needs aiosmtpd and the openssl command.

    python3 Tests/Sinks/smtp_sink.py PORT FOLDER

listens on 127.0.0.1 at PORT (in the clear, no STARTTLS), PORT+1 (STARTTLS wanted) and PORT+2 (TLS from the first byte), writes FOLDER/ca.pem
(a certificate for the name localhost only) and prints ISEGORIA_TEST_SMTP=127.0.0.1:PORT:FOLDER once it is ready. Each letter becomes
FOLDER/NUMBER.eml. How it behaves is told by the recipient's local part:

    later451   451 at RCPT          refuse550   550 at RCPT
    later452   452 after the text   refuse554   554 after the text
    hang       never answers RCPT   anyone else 250

and by the sender's: nosender 550 at MAIL, large 552 at MAIL. At PORT+1 and PORT+2 the user "isegoria" with the password "right" may sign in;
others get 535.
"""
import asyncio, itertools, os, pathlib, signal, ssl, subprocess, sys

from aiosmtpd.smtp import SMTP, AuthResult


class Sink:
    def __init__(self, folder):
        self.folder = folder
        self.numbers = itertools.count(1)

    async def handle_MAIL(self, server, session, envelope, address, options):
        local = address.split("@")[0]
        if local == "nosender":
            return "550 5.7.1 sender not allowed"
        if local == "large":
            return "552 5.3.4 too large"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        local = address.split("@")[0]
        if local == "later451":
            return "451 4.7.1 try again later"
        if local == "refuse550":
            return "550 5.1.1 no such mailbox"
        if local == "hang":
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        local = envelope.rcpt_tos[0].split("@")[0]
        if local == "later452":
            return "452 4.3.1 disk full"
        if local == "refuse554":
            return "554 5.6.0 looks like advertising"
        number = next(self.numbers)
        draft = self.folder / f".{number}"
        is_secret = server.transport.get_extra_info("sslcontext") is not None
        head = f"X-Sink-From: {envelope.mail_from}\r\nX-Sink-To: {' '.join(envelope.rcpt_tos)}\r\nX-Sink-TLS: {is_secret}\r\n"
        draft.write_bytes(head.encode() + envelope.original_content)
        os.rename(draft, self.folder / f"{number}.eml")
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"isegoria", b"right"), handled=False)


def certificate(folder):
    key, ca = folder / "key.pem", folder / "ca.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", ca], check=True, stderr=subprocess.DEVNULL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ca, key)
    return context


async def main(port, folder):
    folder.mkdir(parents=True, exist_ok=True)
    context = certificate(folder)
    sink = Sink(folder)
    loop = asyncio.get_running_loop()
    secure = dict(authenticator=authenticate, auth_required=False)
    servers = [
        await loop.create_server(lambda: SMTP(sink, hostname="sink.example"), "127.0.0.1", port),
        await loop.create_server(
            lambda: SMTP(sink, hostname="sink.example", tls_context=context, require_starttls=True, **secure), "127.0.0.1", port + 1),
        await loop.create_server(
            lambda: SMTP(sink, hostname="sink.example", auth_require_tls=False, **secure), "127.0.0.1", port + 2, ssl=context),
    ]
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    print(f"ISEGORIA_TEST_SMTP=127.0.0.1:{port}:{folder}", flush=True)
    await stop.wait()
    for server in servers:
        server.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    asyncio.run(main(int(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()))
