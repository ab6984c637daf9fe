"""One picture in, one page or the reasons against it out: the whole way from a frame to a page. Pure."""

from __future__ import annotations

from devices.contracts.pages import Finding, Page, PageNotClean, PageProblem, PageRefused, Paper
from devices.pages.checks import check, check_flat, check_size
from devices.pages.cleaning import Flat, cleaned, encoded, flatten
from devices.pages.outline import Found, find
from devices.pages.quadrilaterals import Picture


def page_of(
    picture: Picture, paper: Paper, limit_bytes: int, found: Found | None = None
) -> Page | PageRefused:
    """Judge a photograph and clean it; `found` is its outline where that is known already."""
    found = found or find(picture, paper)
    flat = None
    if found is not None and not found.cut_off:
        flat = flatten(picture, found.corners, paper)
    findings = check(found, flat)
    if found is not None and not findings:
        findings = check_size(found, picture, paper)
    if findings or flat is None:
        return PageRefused(findings)
    return _encoded(flat, limit_bytes)


def page_of_scan(flat: Flat, limit_bytes: int) -> Page:
    """Judge and clean what a flat-bed scanned; raises `PageNotClean`."""
    # Its own lamp cannot glare: paper is as white as its sensor goes.
    findings = tuple(each for each in check_flat(flat) if each.problem is not PageProblem.GLARE)
    page = PageRefused(findings) if findings else _encoded(flat, limit_bytes)
    if isinstance(page, PageRefused):
        raise PageNotClean(page.findings)
    return page


def _encoded(flat: Flat, limit_bytes: int) -> Page | PageRefused:
    page = encoded(cleaned(flat), flat.dpi, limit_bytes)
    return PageRefused((page,)) if isinstance(page, Finding) else page
