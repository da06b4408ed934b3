import hashlib
import json

from yige.audit.log import fingerprint


def test_fingerprint_cannot_be_guessed_from_the_words():
    said = {"contact": {"phone": "19900001234"}}

    plain = json.dumps([None, said], sort_keys=True)

    assert fingerprint(said) == fingerprint(dict(said))
    assert fingerprint(said) != hashlib.sha256(plain.encode()).hexdigest()
    assert fingerprint({"words": "\ud800 半个字"}) != fingerprint({"words": "半个字"})
