"""MTA-STS of a domain: the TXT record and the policy file."""

from __future__ import annotations

from smtpprobe.net.sts_policy import Place, fetch_policy
from smtpprobe.policy import mta_sts
from smtpprobe.policy.dns_answer import Lookup, Status
from smtpprobe.policy.mta_sts import FetchEnd, PolicyFetch
from smtpprobe.starttls.collect.dns import addresses
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.starttls.facts import StsFacts


async def collect_sts(domain: str, shared: Shared) -> StsFacts:
    """Return the record, and the policy if the record is valid or a policy host exists.

    A parent's policy never applies (RFC 8461 3.4), so nothing else is asked.
    """
    txt = await shared.ask(f"_mta-sts.{domain}", "TXT")
    read = mta_sts.read_txt(txt.records)
    if not txt.answered or read.count > 1 or read.problem:
        return StsFacts(txt)
    port = shared.how.policy_port
    lookups = await addresses(mta_sts.policy_host(domain), port, shared)
    known = tuple(address for lookup in lookups for address in lookup.records)
    if not known:
        return StsFacts(txt, _unnamed(domain, lookups) if read.policy_id else None)
    place = Place(mta_sts.policy_host(domain), known, port)
    how = shared.how
    fetch = await shared.waited(
        fetch_policy(place, how.ca_file, how.policy_limit, how.connector),
        PolicyFetch(mta_sts.policy_url(domain), FetchEnd.INTERRUPTED),
    )
    return StsFacts(txt, fetch)


def _unnamed(domain: str, lookups: tuple[Lookup, ...]) -> PolicyFetch:
    """Return why there is no address to fetch from: DNS says so, or says nothing."""
    silent = next((lookup for lookup in lookups if not lookup.answered), None)
    url = mta_sts.policy_url(domain)
    if silent is not None and silent.status is Status.INTERRUPTED:
        return PolicyFetch(url, FetchEnd.INTERRUPTED)
    if silent is not None:
        return PolicyFetch(url, FetchEnd.TIMEOUT, f"{silent.name} {silent.kind}: {silent.reason}")
    return PolicyFetch(url, FetchEnd.NO_HOST, f"{lookups[0].name}: {lookups[0].reason}")
