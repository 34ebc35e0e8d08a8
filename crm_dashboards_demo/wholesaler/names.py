# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Made-up names and addresses; any likeness to real businesses is chance."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path


def _words(name):
    return (
        Path(__file__).with_name("words").joinpath(name).read_text("utf-8").splitlines()
    )


SURNAMES = _words("surnames.txt")
GIVEN_NAMES = _words("given_names.txt")
PLACES = _words("places.txt")
STREETS = _words("streets.txt")
CITIES = (
    # city, state, postal code, area code
    ("Albany", "NY", "12207", "518"),
    ("Ann Arbor", "MI", "48104", "734"),
    ("Asheville", "NC", "28801", "828"),
    ("Atlanta", "GA", "30303", "404"),
    ("Austin", "TX", "78701", "512"),
    ("Baltimore", "MD", "21202", "410"),
    ("Boise", "ID", "83702", "208"),
    ("Boston", "MA", "02108", "617"),
    ("Boulder", "CO", "80302", "303"),
    ("Burlington", "VT", "05401", "802"),
    ("Charleston", "SC", "29401", "843"),
    ("Chicago", "IL", "60602", "312"),
    ("Cincinnati", "OH", "45202", "513"),
    ("Columbus", "OH", "43215", "614"),
    ("Dallas", "TX", "75201", "214"),
    ("Denver", "CO", "80202", "303"),
    ("Des Moines", "IA", "50309", "515"),
    ("Hartford", "CT", "06103", "860"),
    ("Houston", "TX", "77002", "713"),
    ("Indianapolis", "IN", "46204", "317"),
    ("Kansas City", "MO", "64106", "816"),
    ("Madison", "WI", "53703", "608"),
    ("Miami", "FL", "33131", "305"),
    ("Milwaukee", "WI", "53202", "414"),
    ("Minneapolis", "MN", "55401", "612"),
    ("Nashville", "TN", "37203", "615"),
    ("New Orleans", "LA", "70130", "504"),
    ("New York", "NY", "10003", "212"),
    ("Omaha", "NE", "68102", "402"),
    ("Philadelphia", "PA", "19103", "215"),
    ("Phoenix", "AZ", "85004", "602"),
    ("Pittsburgh", "PA", "15222", "412"),
    ("Portland", "ME", "04101", "207"),
    ("Portland", "OR", "97205", "503"),
    ("Providence", "RI", "02903", "401"),
    ("Raleigh", "NC", "27601", "919"),
    ("Richmond", "VA", "23219", "804"),
    ("Sacramento", "CA", "95814", "916"),
    ("Salt Lake City", "UT", "84101", "801"),
    ("San Diego", "CA", "92101", "619"),
    ("San Francisco", "CA", "94103", "415"),
    ("Santa Fe", "NM", "87501", "505"),
    ("Savannah", "GA", "31401", "912"),
    ("Seattle", "WA", "98101", "206"),
    ("St. Louis", "MO", "63101", "314"),
    ("Tampa", "FL", "33602", "813"),
)
CITIES_ABROAD = (
    # city, country, postal code, international code
    ("Bristol", "GB", "BS1 4DJ", "+44 117 496"),
    ("Dublin", "IE", "D02 X285", "+353 1 555"),
    ("Edinburgh", "GB", "EH1 1YZ", "+44 131 496"),
    ("Leeds", "GB", "LS1 5AB", "+44 113 496"),
    ("Montréal", "CA", "H2Y 1C6", "+1 514-555-"),
    ("Ottawa", "CA", "K1P 5M7", "+1 613-555-"),
    ("Toronto", "CA", "M5V 2T6", "+1 416-555-"),
    ("Vancouver", "CA", "V6B 1A1", "+1 604-555-"),
)


@dataclass(frozen=True)
class Sector:
    """A kind of business that buys: what it calls itself, and what it buys.

    trades: words for its name; buys: weight by product category.
    """

    name: str
    trades: tuple
    buys: dict


SECTORS = (
    Sector(
        "Gift shops",
        ("Gifts", "Gift Company", "Cards & Gifts", "Emporium", "Trading Post"),
        {"Gifts": 5, "Seasonal": 3, "Home Living": 2},
    ),
    Sector(
        "Home stores",
        ("Home & Garden", "Interiors", "Home Store", "Furnishings", "Lifestyle"),
        {"Home Living": 5, "Kitchen & Table": 3, "Seasonal": 1, "Gifts": 1},
    ),
    Sector(
        "Kitchen shops",
        ("Kitchenware", "Cookshop", "Table & Kitchen", "Pantry"),
        {"Kitchen & Table": 6, "Home Living": 1, "Gifts": 1},
    ),
    Sector(
        "Florists and bookshops",
        ("Florists", "Books & Gifts", "Bookshop", "Flowers"),
        {"Gifts": 4, "Seasonal": 2, "Home Living": 2, "Office": 1},
    ),
    Sector(
        "Stationers",
        ("Stationers", "Office Supply", "Paper Company", "Business Supplies"),
        {"Office": 7, "Gifts": 1},
    ),
    Sector(
        "Hotels and restaurants",
        ("Hotel", "Inn", "Hospitality Group", "Restaurants", "Café", "Catering"),
        {"Kitchen & Table": 5, "Home Living": 2, "Office": 1, "Seasonal": 1},
    ),
    Sector(
        "Offices and schools",
        ("Coworking", "Academy", "Clinic", "Law Offices", "Architects", "Partners"),
        {"Office": 6, "Kitchen & Table": 1, "Gifts": 1},
    ),
)


@dataclass(frozen=True)
class Address:
    """Where a business is; state and country are codes."""

    street: str
    city: str
    state: str
    postal_code: str
    country: str
    phone: str


def business_names(rng, sectors):
    """Distinct names of businesses, one for each of ``sectors`` (of type Sector)."""
    names = {}
    for sector in sectors:
        while (name := _business_name(rng, sector)) in names:
            pass
        names[name] = sector
    return list(names)


def _business_name(rng, sector):
    trade = _pick(rng, sector.trades)
    pattern = rng.integers(10)
    if pattern < 5:
        return f"{_pick(rng, PLACES)} {trade}"
    if pattern < 7:
        return f"{_pick(rng, SURNAMES)} {trade}"
    one, other = rng.choice(len(SURNAMES), 2, replace=False)
    if pattern < 9:
        return f"{SURNAMES[one]} & {SURNAMES[other]} {trade}"
    return f"{SURNAMES[one]} & {_pick(rng, ('Sons', 'Daughters', 'Co.'))} {trade}"


def people(rng, count):
    """Distinct names of people."""
    names = {}
    while len(names) < count:
        names[f"{_pick(rng, GIVEN_NAMES)} {_pick(rng, SURNAMES)}"] = None
    return list(names)


def address(rng, abroad=False, home="US"):
    """An address; its telephone number is of a range kept free for fiction.

    home: code of the country of those that are not ``abroad``.
    """
    street = f"{rng.integers(1, 400)} {_pick(rng, STREETS)}"
    last_digits = f"01{rng.integers(100):02d}"
    if abroad or home != "US":
        cities = [city for city in CITIES_ABROAD if abroad or city[1] == home]
        city, country, code, dial = _pick(rng, cities)
        dial += "" if dial.endswith("-") else " "
        return Address(street, city, "", code, country, dial + last_digits)
    city, state, code, area = _pick(rng, CITIES)
    phone = f"+1 {area}-555-{last_digits}"
    return Address(street, city, state, code, "US", phone)


def domain_name(business):
    """A domain name that nobody can register."""
    plain = unicodedata.normalize("NFKD", business).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain.lower()) + ".example"


def _pick(rng, items):
    return items[rng.integers(len(items))]
