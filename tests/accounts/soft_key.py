"""A passkey made of code: what a browser with a key answers, and what a forged one would."""

import hashlib
import json
import os
import re
from html import unescape

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

SITE = "localhost"
PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


def asked_on(page):
    """What the page asks of a key."""
    found = re.search(
        r'<script id="khoa-hoi"[^>]*>(.*?)</script>', page.content.decode(), re.DOTALL
    )
    return json.loads(unescape(found.group(1)))


class SoftKey:
    """One key of one person on one site."""

    def __init__(self):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id, self.user = os.urandom(16), None

    def _told(self, **response):
        name = websafe_encode(self.id)
        parts = {key: websafe_encode(bytes(value)) for key, value in response.items()}
        told = {"id": name, "rawId": name, "type": "public-key", "response": parts}
        return json.dumps(told | {"clientExtensionResults": {"credProps": {"rk": True}}})

    def make(self, page):
        """The answer to being made."""
        options = asked_on(page)["creation_options"]["publicKey"]
        self.user = options["user"]["id"]
        client = self.client("webauthn.create", options["challenge"])
        public = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        flags = PRESENT | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(self.hash(), flags, 0, credential)
        return self._told(
            clientDataJSON=client, attestationObject=AttestationObject.create("none", data, {})
        )

    def answer(self, options, *, forged=False, origin=f"https://{SITE}"):
        """The answer to being asked; a forged one is signed by another key."""
        options = options["request_options"]["publicKey"]
        client = self.client("webauthn.get", options["challenge"], origin)
        data = AuthenticatorData.create(self.hash(), PRESENT, 1)
        by = ec.generate_private_key(ec.SECP256R1()) if forged else self.private
        signature = by.sign(bytes(data) + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._told(
            clientDataJSON=client,
            authenticatorData=data,
            signature=signature,
            userHandle=websafe_decode(self.user),
        )

    def client(self, kind, challenge, origin=f"https://{SITE}"):
        return CollectedClientData.create(type=kind, challenge=challenge, origin=origin)

    def hash(self):
        return hashlib.sha256(SITE.encode()).digest()
