import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.lib import crypto
from yige.lib.crypto import AES, SM4, CannotOpen, Keyring

WHERE = "cases_contact.phone:1"


@pytest.fixture(autouse=True)
def own_keys():
    before = crypto._ring
    crypto.use(ring())
    yield
    crypto.use(before)


def ring(algorithm=AES, current="k1", **keys):
    return Keyring({"k1": b"1" * 32, **keys}, current, {"": b"i" * 32}, algorithm)


@pytest.mark.parametrize("algorithm", [AES, SM4])
def test_sealed_text_opens_in_its_place_only(algorithm):
    crypto.use(ring(algorithm))

    blob = crypto.seal("13812345678 王小英 🌱", where=WHERE)

    assert crypto.open_sealed(blob, where=WHERE) == "13812345678 王小英 🌱"
    with pytest.raises(CannotOpen):
        crypto.open_sealed(blob, where="cases_contact.phone:2")


@pytest.mark.parametrize("algorithm", [AES, SM4])
def test_any_changed_byte_is_noticed(algorithm):
    crypto.use(ring(algorithm))
    blob = crypto.seal("13812345678", where=WHERE)

    for place in range(len(blob)):
        broken = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
        with pytest.raises(CannotOpen):
            crypto.open_sealed(broken, where=WHERE)


def test_any_cut_is_noticed():
    blob = crypto.seal("13812345678", where=WHERE)

    for length in range(len(blob)):
        with pytest.raises(CannotOpen):
            crypto.open_sealed(blob[:length], where=WHERE)


def test_sealed_says_algorithm_and_key_and_never_repeats():
    first, second = (crypto.seal("同一句话", where=WHERE) for _ in range(2))

    assert first.startswith(b"aes256gcm:k1:")
    assert first != second
    assert "同一句话".encode() not in first


def test_rotation_opens_old_and_seals_new():
    old = crypto.seal("旧", where=WHERE)
    crypto.use(ring(SM4, "k2", k2=b"2" * 32))

    new = crypto.seal("新", where=WHERE)

    assert crypto.open_sealed(old, where=WHERE) == "旧"
    assert (crypto.key_of(old), crypto.key_of(new)) == ("k1", "k2")


def test_without_its_key_nothing_opens():
    blob = crypto.seal("旧", where=WHERE)
    crypto.use(Keyring({"k2": b"2" * 32}, "k2", {"": b"i" * 32}))

    with pytest.raises(CannotOpen, match="no key"):
        crypto.open_sealed(blob, where=WHERE)


@pytest.mark.parametrize(
    ("keys", "current", "index_keys", "algorithm"),
    [
        ({"k1": b"1" * 32}, "k2", {"": b"i" * 32}, AES),
        ({"k1": b"1" * 16}, "k1", {"": b"i" * 32}, AES),
        ({"k1": b"1" * 32}, "k1", {"": b"1" * 32}, AES),
        ({"k:1": b"1" * 32}, "k:1", {"": b"i" * 32}, AES),
        ({"k1": b"1" * 32}, "k1", {"": b"i" * 32}, "rot13"),
        ({"k1": b"1" * 32}, "k1", {}, AES),
        ({"k1": b"1" * 32}, "k1", {"i:1": b"i" * 32}, AES),
    ],
)
def test_keyring_refuses_what_cannot_work(keys, current, index_keys, algorithm):
    with pytest.raises(ValueError, match=r"key|algorithm"):
        Keyring(keys, current, index_keys, algorithm)


def test_keyring_does_not_print_its_keys():
    assert "1" * 32 not in repr(ring())


def test_unregistered_keys_fail_loudly():
    crypto._ring = None

    with pytest.raises(RuntimeError, match="no keys registered"):
        crypto.seal("x", where=WHERE)


def test_blind_index_is_keyed():
    first = crypto.blind_index("13812345678")
    crypto.use(Keyring({"k1": b"1" * 32}, "k1", {"": b"j" * 32}))

    assert len(first) == 32
    assert crypto.blind_index("13812345678") != first


def test_blind_index_finds_what_another_key_hashed():
    old = crypto.blind_index("13812345678")
    crypto.use(Keyring({"k1": b"1" * 32}, "k1", {"i2": b"j" * 32, "": b"i" * 32}))

    new = crypto.blind_index("13812345678")

    assert crypto.blind_indexes("13812345678") == [new, old]
    assert new.startswith(b"i2:")


def test_what_an_old_key_sealed_is_told_apart():
    old = crypto.seal("旧", where=WHERE)
    crypto.use(ring(AES, "k2", k2=b"2" * 32))

    assert (crypto.is_fresh(old), crypto.is_fresh(crypto.seal("新", where=WHERE))) == (False, True)


def test_link_secret_depends_on_key_case_and_version():
    secrets = {crypto.link_secret(key, case, n) for key in (b"a", b"b") for case in (1, 11) for n in (1, 2)}

    assert len(secrets) == 8
    assert all(len(secret) == 20 and set(secret) <= set(crypto.CROCKFORD) for secret in secrets)


@given(st.text(alphabet=crypto.CROCKFORD, min_size=20, max_size=20))
def test_same_forgives_case_and_misread_letters(code):
    typed = code.lower().replace("1", "l").replace("0", "o")

    assert crypto.same(code, f"{typed[:5]}-{typed[5:10]} {typed[10:]}")
    assert not crypto.same(code, code[:-1])


@given(st.text(max_size=40))
def test_same_takes_any_text(text):
    assert not crypto.same("ABCD2345ABCD2345ABC*", text)
