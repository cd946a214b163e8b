"""A key is long and random, only its hash is kept, and a keys file that is not quite right is refused, not guessed."""

import hmac
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.access import keys as keys_module
from bantin.access.keys import (
    PRESENTED,
    SCOPES,
    KeyRefusedError,
    KeysError,
    NewKey,
    StoredKey,
    authenticate,
    digest,
    new_key,
    parse_keys,
    serialise_keys,
)

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(timezones=zones, min_value=datetime(1970, 1, 2), max_value=datetime(9998, 1, 1))  # noqa: DTZ001
names = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=200)
scopes = st.lists(st.sampled_from(SCOPES), min_size=1)


@st.composite
def key_lists(draw: st.DrawFn) -> tuple[StoredKey, ...]:
    made: list[StoredKey] = []
    for _ in range(draw(st.integers(0, 5))):
        key = new_key(draw(names), draw(scopes), draw(moments), taken={key.id for key in made}).stored
        dates = {"expires": draw(st.none() | moments), "revoked": draw(st.none() | moments)}
        made.append(key.model_copy(update=dates))
    return tuple(made)


def made(**changes: datetime) -> NewKey:
    key = new_key("a portal", ["search"], NOW)
    return NewKey(key.stored.model_copy(update=changes), key.presented)


def by_id(*keys: NewKey) -> dict[str, StoredKey]:
    return {key.stored.id: key.stored for key in keys}


def refusal(kept: dict[str, StoredKey], presented: str | None, now: datetime = NOW) -> str:
    with pytest.raises(KeyRefusedError) as refused:
        authenticate(kept, presented, now)
    return refused.value.reason


@given(key_lists())
def test_what_is_written_is_read_again(keys: tuple[StoredKey, ...]) -> None:
    assert parse_keys(serialise_keys(keys), "keys.json") == keys


@given(st.binary() | st.text().map(str.encode) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(("version", "keys", "id", "scopes")), inner),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_whatever_a_file_holds_it_is_read_or_refused_by_its_name(content: bytes) -> None:
    try:
        keys = parse_keys(content, "keys.json")
    except KeysError as error:
        assert str(error).startswith("keys.json is not a keys file: ")
        assert "bantin keys create" in str(error)
    else:
        assert keys == () or parse_keys(serialise_keys(keys), "again") == keys


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"expire": "2027-01-01T00:00:00Z"}, "keys.0.expire: Extra inputs are not permitted"),
        ({"expires": "2027-01-01T00:00:00"}, "keys.0.expires: Input should have timezone info"),
        ({"scopes": []}, "keys.0.scopes"),
        ({"scopes": ["admin"]}, "keys.0.scopes.0: Input should be 'ingest', 'search' or 'ops'"),
        ({"sha256": "0" * 63}, "keys.0.sha256"),
        ({"sha256": "0" * 64 + "\n"}, "keys.0.sha256"),
        ({"id": "../../..."}, "keys.0.id"),
        ({"name": "two\nlines"}, "keys.0.name"),
    ],
)
def test_a_field_that_is_not_right_is_named(changes: dict[str, object], told: str) -> None:
    document = json.loads(serialise_keys([made().stored]))
    document["keys"][0] |= changes
    with pytest.raises(KeysError) as error:
        parse_keys(json.dumps(document).encode(), "keys.json")
    assert told in str(error.value)


def test_an_error_does_not_show_a_key_that_was_pasted_into_the_file() -> None:
    key = made()
    document = json.loads(serialise_keys([key.stored]))
    document["keys"][0]["sha256"] = key.presented
    with pytest.raises(KeysError) as error:
        parse_keys(json.dumps(document).encode(), "keys.json")
    assert key.presented not in str(error.value)
    assert error.value.__cause__ is None


def test_two_keys_of_one_id_and_versions_to_come_are_refused() -> None:
    key = made().stored
    with pytest.raises(KeysError, match="the same id"):
        parse_keys(serialise_keys([key, key]), "keys.json")
    with pytest.raises(KeysError, match="version"):
        parse_keys(b'{"version": 2, "keys": []}', "keys.json")


def test_a_key_has_256_random_bits_and_only_its_hash_is_kept() -> None:
    one, other = made(), made()
    assert PRESENTED.fullmatch(one.presented)
    secret = one.presented.rpartition("_")[2]
    assert len(bytes.fromhex(secret)) == 32
    assert secret != other.presented.rpartition("_")[2]
    kept = serialise_keys([one.stored]).decode()
    assert secret not in kept
    assert digest(one.presented) in kept
    assert secret not in repr(one)


def test_an_id_that_is_taken_is_not_given_again() -> None:
    given_out = iter(["aaaaaaaa", "aaaaaaaa", "bbbbbbbb", "c" * 64])
    key = new_key("a portal", ["search"], NOW, taken={"aaaaaaaa"}, random_hex=lambda _: next(given_out))
    assert key.presented == f"bantin_bbbbbbbb_{'c' * 64}"


@pytest.mark.parametrize(("name", "scopes"), [("", ["search"]), ("x", []), ("x", ["admin"]), (" x", ["search"])])
def test_a_key_that_can_not_be_is_not_made(name: str, scopes: list[str]) -> None:
    with pytest.raises(KeysError, match="no such key can be"):
        new_key(name, scopes, NOW)


def test_a_key_is_not_made_to_have_expired() -> None:
    with pytest.raises(KeysError, match="expired already"):
        new_key("x", ["search"], NOW, expires=NOW)


def test_the_right_key_is_known_and_no_other() -> None:
    key, other = made(), made()
    kept = by_id(key)
    assert authenticate(kept, key.presented, NOW) == key.stored
    assert refusal(kept, other.presented) == "unknown"
    assert refusal(kept, None) == refusal(kept, "") == "missing"


@given(st.text() | st.from_regex(PRESENTED, fullmatch=True))
def test_whatever_is_presented_is_unknown(presented: str) -> None:
    assert refusal(by_id(made()), presented) in ("unknown", "missing")


@given(st.integers(0, 79), st.sampled_from("0123456789abcdef_B é"))
def test_a_key_with_one_letter_changed_is_unknown(position: int, letter: str) -> None:
    key = made()
    changed = key.presented[:position] + letter + key.presented[position + 1 :]
    if changed != key.presented:
        assert refusal(by_id(key), changed) == "unknown"


def test_a_revoked_key_and_an_expired_one_say_so_to_their_holder_only() -> None:
    revoked, expired = made(revoked=NOW - MINUTE), made(expires=NOW)
    kept = by_id(revoked, expired)
    assert refusal(kept, revoked.presented) == "revoked"
    assert refusal(kept, expired.presented) == "expired"
    assert authenticate(kept, expired.presented, NOW - MINUTE) == expired.stored
    assert refusal(kept, revoked.presented[:-1] + ("0" if revoked.presented[-1] != "0" else "1")) == "unknown"


@pytest.mark.parametrize("known", [True, False])
def test_hashes_are_compared_in_constant_time_whether_or_not_the_id_is_known(
    known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []
    constant_time = hmac.compare_digest

    def compare(first: str, second: str) -> bool:
        compared.append((first, second))
        return constant_time(first, second)

    key = made()
    monkeypatch.setattr(hmac, "compare_digest", compare)
    kept = by_id(key) if known else {}
    try:
        assert authenticate(kept, key.presented, NOW) == key.stored
    except KeyRefusedError:
        assert not known
    assert compared == [(digest(key.presented), key.stored.sha256 if known else keys_module.NOBODY)]
