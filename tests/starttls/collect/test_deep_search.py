"""`--deep` against model servers: what it says of them is so, and what it did not ask is told."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.net.tls.cipher_suites import OLD_CIPHERS, TLS1_3_CIPHERS
from smtpprobe.net.tls.client_hello import (
    CURVES,
    FFDHE_GROUPS,
    HYBRID_GROUPS,
    OBSOLETE_CURVES,
    TLS1_2,
    TLS1_3,
    TLS1_3_CURVES,
    VERSIONS,
)
from smtpprobe.net.tls.hello_probe import Asked
from smtpprobe.net.tls.registry import GROUPS
from smtpprobe.net.tls.resumption import Resumed, Resumption
from smtpprobe.starttls.collect import prober
from smtpprobe.starttls.collect.address import Place
from smtpprobe.starttls.collect.deep import probe_deeply
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.facts import AddressFacts, Because, Deep
from smtpprobe.starttls.suite_classes import CLASSES, POST_QUANTUM, SMALL_CURVES, classes_of
from tests.starttls.collect.tls_models import TlsModel
from tests.starttls.dialogues import gathering
from tests.starttls.stage import session

ENOUGH = 500
SESSION = session()
PLACE = Place("127.0.0.1", 25, sni="mx.example.org")
NEW_GROUPS = (*HYBRID_GROUPS, *TLS1_3_CURVES, *FFDHE_GROUPS)


@pytest.fixture(autouse=True)
def no_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole sessions give nothing; hellos are answered by the model that is set."""

    async def shown(_place: Place, _how: Gathering) -> AddressFacts:
        return AddressFacts("127.0.0.1", 25, tls=SESSION)

    async def first(_self: Resumption) -> Resumed:
        return Resumed(resumed=False)

    monkeypatch.setattr("smtpprobe.starttls.collect.deep.session_facts", shown)
    monkeypatch.setattr(Resumption, "first", first)


def searched(model: TlsModel, granted: int = ENOUGH, agreed: str = "TLSv1.2") -> Deep:
    """Return what the search finds of a model with so many connections."""
    facts = AddressFacts("127.0.0.1", 25, tls=SESSION._replace(version=agreed))
    how: Gathering = gathering(deep_connections=granted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prober, "ask", model.ask)
        found = asyncio.run(probe_deeply(facts, PLACE, how))
    assert found.connections <= granted + 1
    assert found.deep is not None
    return found.deep


def some(numbers: object, least: int = 0) -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(
        st.sampled_from(sorted(numbers)),  # type: ignore[call-overload]
        unique=True,
        min_size=least,
        max_size=20,
    ).map(tuple)


MODELS = st.builds(
    TlsModel,
    versions=st.frozensets(st.sampled_from(sorted(VERSIONS.values())), min_size=1),
    old=some(OLD_CIPHERS, 1),
    new=some(TLS1_3_CIPHERS, 1),
    groups=some({*CURVES, *OBSOLETE_CURVES, *NEW_GROUPS}, 1),
    own_order=st.booleans(),
)


def usable(model: TlsModel) -> frozenset[str]:
    """The versions in which the model can agree on something with somebody."""
    old = any(map(model.accepts, model.old))
    new = any(one in NEW_GROUPS for one in model.groups)
    return frozenset(
        name
        for name, number in VERSIONS.items()
        if number in model.versions and (new if number == TLS1_3 else old)
    )


@settings(deadline=None, max_examples=150)
@given(MODELS, st.integers(1, 120), st.integers(1, 80))
def test_what_is_said_of_a_server_is_so_however_little_is_asked(
    model: TlsModel, granted: int, answers: int
) -> None:
    model.answers = answers
    agreed = max(usable(model) or {"TLSv1.2"}, key=lambda name: VERSIONS[name])
    deep = searched(model, granted, agreed)
    versions, classes = dict(deep.versions), dict(deep.classes)
    for name in VERSIONS:
        assert versions[name].answer.value == "unknown" or versions[name].yes is (
            name in usable(model)
        )
    accepted = {OLD_CIPHERS[one] for one in model.old if model.accepts(one)}
    known = {*OLD_CIPHERS.values()} - {*deep.untested_ciphers}
    assert accepted & known == {*deep.ciphers} & {*OLD_CIPHERS.values()}
    for name in CLASSES:
        has = any(name in classes_of(one) for one in accepted)
        assert classes[name].answer.value == "unknown" or classes[name].yes is has
    if "TLSv1.3" in usable(model):
        tested = {GROUPS[one] for one in NEW_GROUPS} - {*deep.untested_groups}
        assert tested & {GROUPS[one] for one in model.groups} == tested & {*deep.groups}
    if not classes[POST_QUANTUM].because:
        hybrid = "TLSv1.3" in usable(model) and any(one in HYBRID_GROUPS for one in model.groups)
        assert classes[POST_QUANTUM].yes is hybrid
    assert deep.complete is not bool(
        deep.stopped
        or deep.untested_ciphers
        or deep.untested_groups
        or deep.unsent
        or any(fact.because is Because.NOT_ASKED for fact in (*classes.values(),))
        or any(versions[name].because for name in VERSIONS)
    )


@settings(deadline=None, max_examples=100)
@given(MODELS)
def test_with_connections_enough_everything_is_known(model: TlsModel) -> None:
    deep = searched(model)
    assert deep.complete
    assert {name for name, fact in deep.versions if fact.yes} == usable(model)
    new = set(model.new) if "TLSv1.3" in usable(model) else set()
    assert {*deep.ciphers} == {OLD_CIPHERS[one] for one in model.old if model.accepts(one)} | {
        TLS1_3_CIPHERS[one] for one in new
    }


def modern() -> TlsModel:
    """Return a server as they are today; each test has its own, as a model keeps what it heard."""
    return TlsModel(
        frozenset({TLS1_2, TLS1_3}),
        old=(0xC02C, 0xC030),
        new=(0x1301, 0x1302, 0x1303),
        groups=(29, 23, 0x11EC, 24),
    )


def test_a_server_that_refuses_all_weak_kinds_says_so_once() -> None:
    server = modern()
    deep = searched(server, 4, "TLSv1.3")
    assert {name for name, fact in deep.classes if fact.no} == {*CLASSES, SMALL_CURVES}
    weak = [hello for hello in server.heard if 0x0003 in hello.ciphers]
    assert len(weak) == 3  # the newest of the old versions, the next one, and the weak kinds


def test_post_quantum_groups_are_asked_for_before_other_groups_and_ciphers() -> None:
    deep = searched(modern(), 9, "TLSv1.3")
    assert dict(deep.classes)[POST_QUANTUM].yes
    assert "x25519mlkem768" in deep.groups
    assert not deep.complete
    assert deep.untested_ciphers


def test_what_was_not_asked_is_never_said_to_be_refused() -> None:
    deep = searched(modern(), 1)
    assert all(fact.because is Because.NOT_ASKED for _, fact in deep.classes)
    assert deep.unsent == ("no name", "smtpprobe.invalid")
    assert len(deep.untested_ciphers) > 100
    assert deep.stopped == "connection limit of 1 reached (--deep-connections N)"


def test_a_server_that_closes_on_what_it_refuses_is_understood_once_it_has_accepted() -> None:
    model = TlsModel(frozenset({TLS1_2}), (0xC02C,), (), (29,), silent=True)
    deep = searched(model)
    assert dict(deep.versions)["TLSv1.1"].no
    assert dict(deep.classes)["export"].no


def test_a_server_that_closes_on_every_hello_is_not_known() -> None:
    deaf = TlsModel(frozenset(), (), (), (), silent=True)
    deep = searched(deaf)
    assert not [name for name, fact in deep.versions if fact.no or fact.yes]
    assert not [name for name, fact in deep.classes if fact.no or fact.yes]
    assert not deep.complete


def test_two_connections_without_an_answer_end_it() -> None:
    model = TlsModel(frozenset({TLS1_2}), (0xC02C,), (), (29,))

    async def nobody(_line: object, _hello: object) -> object:
        return Asked(reason="no greeting within 1s")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model.__class__, "ask", staticmethod(nobody))
        deep = searched(model)
    assert deep.stopped == "no greeting within 1s"
    assert not [name for name, fact in deep.classes if fact.no]
