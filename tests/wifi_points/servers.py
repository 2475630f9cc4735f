"""Real servers on loopback that behave as captive portals do on bad days."""

import socket
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PAGE = b"<!doctype html><title>WiFi</title>"


def answer(body=PAGE, status=b"200 OK", more=b""):
    head = b"HTTP/1.1 " + status + b"\r\nContent-Length: %d\r\n" % len(body) + more + b"Connection: close\r\n\r\n"
    return head + body


@contextmanager
def server(behave, context=None):
    """A server that gives each connection to `behave(socket, request bytes)`; yields its port and the requests it got."""
    listening = socket.create_server(("127.0.0.1", 0))
    requests, stop = [], threading.Event()

    def serve(connection):
        try:
            with context.wrap_socket(connection, server_side=True) if context else connection as ours:
                requests.append(ours.recv(65536))
                behave(ours)
        except OSError:
            pass

    def accept():
        while not stop.is_set():
            try:
                connection, _address = listening.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=[connection], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listening.getsockname()[1], requests
    finally:
        stop.set()
        listening.close()


def says(content):
    return lambda ours: ours.sendall(content)


def waits(seconds, content=b""):
    def behave(ours):
        time.sleep(seconds)
        ours.sendall(content)

    return behave


def drips(ours):
    """One byte of the head at a time, for ever: each read succeeds, the whole never does."""
    for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 1000:
        ours.sendall(bytes([letter]))
        time.sleep(0.2)


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def certificate(folder, name):
    """(context of a server, path of the certificate) for a self-signed certificate of this name."""
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True).sign(key, hashes.SHA256())
    )  # fmt: skip
    path, key_path = folder / f"{name}.pem", folder / f"{name}.key"
    path.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, key_path)
    return context, path
