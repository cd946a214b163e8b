"""What makes a broker for tests take logins only, over TLS: a certificate made by the JDK, and a user's password."""

import subprocess
from pathlib import Path

STORE_PASSWORD = "not-a-secret"  # of a key that lives as long as a test
SCRAM = ("SCRAM-SHA-256", "SCRAM-SHA-512")
PLAIN_LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
SCRAM_LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required"


def login_settings(folder: Path, password: str) -> dict[str, str | Path]:
    """Return the broker's settings for a listener CLIENTS that lets the user `bantin` in."""
    login = f'username="bantin" password="{password}"'
    store: dict[str, str | Path] = {}
    for name in ("keystore", "truststore"):
        store |= {f"ssl.{name}.location": folder / "broker.p12", f"ssl.{name}.password": STORE_PASSWORD}
    return {
        "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,CLIENTS:SASL_SSL",
        "sasl.enabled.mechanisms": ",".join(("PLAIN", *SCRAM)),
        "sasl.mechanism.inter.broker.protocol": SCRAM[-1],
        "listener.name.clients.plain.sasl.jaas.config": f'{PLAIN_LOGIN} {login} user_bantin="{password}";',
        **{f"listener.name.clients.{name.lower()}.sasl.jaas.config": f"{SCRAM_LOGIN} {login};" for name in SCRAM},
        **store,
    }


def format_options(password: str) -> list[str]:
    """Return what formatting the broker's data needs in addition, so that it knows the user from its first start."""
    return [word for name in SCRAM for word in ("--add-scram", f"{name}=[name=bantin,password={password}]")]


def make_certificate(folder: Path, java: Path) -> Path:
    """Make the broker's key in `folder`, and return the certificate for clients to trust."""
    keytool = [java.with_name("keytool"), "-keystore", folder / "broker.p12", "-storetype", "PKCS12"]
    keytool += ["-storepass", STORE_PASSWORD, "-alias", "broker"]
    certificate = folder / "broker.pem"
    made = ["-genkeypair", "-keyalg", "EC", "-validity", "2", "-dname", "CN=broker", "-ext", "san=ip:127.0.0.1"]
    for words in ([*made, "-ext", "bc:critical=ca:true"], ["-exportcert", "-rfc", "-file", certificate]):
        subprocess.run([*keytool, *words], check=True, capture_output=True, timeout=60)
    return certificate
