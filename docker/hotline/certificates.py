"""A certificate authority of this installation and a server certificate signed by it.

For real service put your own certificate in their place; nothing is renewed behind your back.
"""

import datetime as dt
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hotline.credentials import write_private

VALID = dt.timedelta(days=825)  # browsers refuse server certificates that live longer


def ensure_certificates(folder: Path, addresses: tuple[str, ...], now: dt.datetime) -> None:
    """Make authority.pem, server.pem and server.key when they are missing or end within a month."""
    folder.mkdir(parents=True, exist_ok=True)
    server = folder / "server.pem"
    if server.exists() and _good(server, addresses, now):
        return
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority = _builder("Hotline authority", "Hotline authority", authority_key.public_key(), now).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    signed_authority = authority.sign(authority_key, hashes.SHA256())
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder("Hotline", "Hotline authority", key.public_key(), now)
        .add_extension(x509.SubjectAlternativeName(_names(addresses)), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    # The authority's key is not kept: nobody can sign anything else with it.
    (folder / "authority.pem").write_bytes(signed_authority.public_bytes(serialization.Encoding.PEM))
    write_private(folder / "server.key", _pem(key))
    server.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _builder(
    subject: str, issuer: str, public_key: ec.EllipticCurvePublicKey, now: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + VALID)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _names(addresses: tuple[str, ...]) -> list[x509.GeneralName]:
    names: list[x509.GeneralName] = []
    for address in addresses:
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(address)))
        except ValueError:
            names.append(x509.DNSName(address))
    return names


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _good(path: Path, addresses: tuple[str, ...], now: dt.datetime) -> bool:
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    if certificate.not_valid_after_utc < now + dt.timedelta(days=30):
        return False
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(names) == set(_names(addresses))
