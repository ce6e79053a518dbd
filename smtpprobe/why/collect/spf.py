"""SPF for each address that we come from: of the sender's domain, or of the EHLO name for <>."""

from __future__ import annotations

from smtpprobe.net.spf import Identity, check_spf
from smtpprobe.policy.certificate_names import a_labels
from smtpprobe.policy.spf import MEANINGS, SpfCheck, SpfResult, read_spf, with_address
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Evidence, Fact, Known, Weight

UNSEEN = "our public address is unknown"
"""Why what rests on our address is unknown."""


async def tell_spf(notes: Notes, tools: Tools) -> None:
    """Tell the result for each of our addresses, that of the deciding connection last."""
    known = notes.known
    about = identity(known, tools, "").counts
    texts = await tools.ask(about, "TXT")
    published = read_spf(texts.records)
    shown = tuple(
        Evidence(Weight.OBSERVED, f"{about} TXT {text}")
        for text in (published.text, published.near)
        if text
    )
    addresses = own_addresses(known)
    if not addresses and texts.answered and not published.text:
        # nothing that depends on an address: there is no record, or one too many
        result = SpfResult.PERMERROR if published.count else SpfResult.NONE
        why = published.problem or MEANINGS[result]
        data = (("result", result.value), ("domain", about))
        value = f"{about}: {result.value}: {why}"
        notes.tell(Fact("us.spf", Answer.NO, about, value, evidence=shown, data=data))
        return
    if not addresses:
        because = UNSEEN if texts.answered else f"{about}: {texts.reason}"
        notes.tell(Fact("us.spf", Answer.UNKNOWN, about, because=because, evidence=shown))
        return
    for address in addresses:
        found = await check_spf(identity(known, tools, address), tools.ask)
        notes.tell(_fact(found, published.problem))


def identity(known: Known, tools: Tools, address: str) -> Identity:
    """Return who sends from an address: for the null sender it is the EHLO name that counts."""
    request = known.request
    return Identity(
        address,
        (request.sender or "").rpartition("@")[0],
        a_labels(request.sender_domain).lower().rstrip("."),
        a_labels(request.client or tools.how.client),
    )


def own_addresses(known: Known) -> tuple[str, ...]:
    """Return our addresses as far as they are known, that of the deciding connection last."""
    return tuple(dict.fromkeys(one.datum("ip") for one in known.every("us.address") if one.yes))


def _proposed(found: SpfCheck) -> str:
    """Return the record that would let the address send; empty where it is not known."""
    own = next((text for name, text in found.records if name == found.domain), "")
    known = bool(own) or found.result is SpfResult.NONE
    return with_address(own, found.address) if known else ""


def _fact(found: SpfCheck, problem: str) -> Fact:
    result = found.result
    answer = {
        None: Answer.UNKNOWN,
        SpfResult.TEMPERROR: Answer.UNKNOWN,
        SpfResult.PASS: Answer.YES,
    }.get(result, Answer.NO)
    of = f"{found.domain} for {found.address}"
    words = f"{of}: {found.words}"
    if result is SpfResult.NONE and problem:
        words = f"{of}: none: {problem}"
    return Fact(
        "us.spf",
        answer,
        found.domain,
        value="" if answer is Answer.UNKNOWN else words,
        because=words if answer is Answer.UNKNOWN else "",
        evidence=tuple(
            Evidence(Weight.OBSERVED, f"{name} TXT {record}") for name, record in found.records
        ),
        data=(
            ("result", result.value if result is not None else ""),
            ("term", found.term),
            ("ip", found.address),
            ("domain", found.domain),
            ("lookups", str(found.lookups)),
            ("voids", str(found.voids)),
            ("proposed", _proposed(found)),
        ),
    )
