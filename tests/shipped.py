"""What ships with the product, read once for every test of a process: none of it can be changed."""

from __future__ import annotations

from functools import cache

from config.catalogue import SHIPPED, load_catalogue
from kiosk.finding.finder import Finder
from kiosk.finding.found import findables
from kiosk.finding.vocabulary import load_vocabulary

CATALOGUE = load_catalogue(SHIPPED, "shipped")
ITEMS, DISTRICT = CATALOGUE.items, CATALOGUE.district
VOCABULARY = load_vocabulary()


@cache
def finder() -> Finder:
    """The index of the whole hall, without anybody's uses."""
    return Finder(findables(ITEMS, DISTRICT, {}), VOCABULARY)
