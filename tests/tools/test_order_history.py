# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Reading order histories, and refusing those that are not."""

import datetime
import gzip
from decimal import Decimal

import pytest

from tools.order_history import (
    History,
    LineHistory,
    MalformedHistory,
    parse,
    read,
)

HEADER = "customer_id,date,amount\n"
LINES = "customer_id,order_id,date,product,name,quantity,price\n"


def test_columns_in_any_order_beside_others():
    history = parse('amount,note,date,customer_id\n-12.50,"a, b",2024-02-29, K1 \n')
    assert history == History(["K1"], [datetime.date(2024, 2, 29)], [Decimal("-12.50")])


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
def test_file_in_utf8_with_or_without_byte_order_mark(tmp_path, start):
    path = tmp_path / "history.csv"
    path.write_bytes(start + (HEADER + "Käse GmbH,2024-01-01,1\r\n\r\n").encode())
    assert read(path).customers == ["Käse GmbH"]


@pytest.mark.parametrize(
    "text, value",
    [("0", "0"), ("+.5", "0.5"), ("7.", "7"), ("1e3", "1000"), ("-0.005", "-0.005")],
)
def test_amounts(text, value):
    assert parse(f"{HEADER}a,2024-01-01,{text}\n").amounts == [Decimal(value)]


@pytest.mark.parametrize(
    "text, line, words",
    [
        ("", 1, "empty"),
        ("\n\n", 1, "empty"),
        (HEADER, 2, "no orders"),
        ("customer_id|date|amount\na|2024-01-01|1\n", 1, "customer_id, date, amount"),
        ("customer_id,date\n", 1, "no column amount"),
        ("date,customer_id,date,amount\n", 1, "two columns date"),
        (HEADER + "a,2024-01-01,1\nb,2024-01-02\n", 3, "2 columns, the header has 3"),
        (HEADER + "a,2024-01-01,1,2\n", 2, "4 columns"),
        (HEADER + "a,2024-01-01,1\n ,2024-01-02,1\n", 3, "customer_id is empty"),
        (HEADER + "a\0,2024-01-02,1\n", 2, "unprintable"),
        (HEADER + "a,,1\n", 2, "date is empty"),
        (HEADER + "a,02.01.2024,1\n", 2, "02.01.2024"),
        (HEADER + "a,2024-02-30,1\n", 2, "2024-02-30"),
        (HEADER + "a,20240229,1\n", 2, "20240229"),
        (HEADER + "a,2024-W09-4,1\n", 2, "2024-W09-4"),
        (HEADER + "a,0201-05-03,1\n", 2, "between 1900"),
        (HEADER + "a,2024-01-01,\n", 2, "amount is empty"),
        (HEADER + 'a,2024-01-01,"1,5"\n', 2, "'1,5' is not a number"),
        (HEADER + "a,2024-01-01,nan\n", 2, "'nan'"),
        (HEADER + "a,2024-01-01,Infinity\n", 2, "'Infinity'"),
        (HEADER + "a,2024-01-01,1_000\n", 2, "'1_000'"),
        (HEADER + "a,2024-01-01,٣\n", 2, "not a number"),
        (HEADER + "a,2024-01-01,1e999\n", 2, "too large"),
        (HEADER + 'a,2024-01-01,1\n"b,2024-01-02,1\n', 3, "CSV"),
        (HEADER + '"a"b,2024-01-01,1\n', 2, "CSV"),
        ("sep=;\ncustomer_id;date;amount\na;2024-01-01;1,5\n", 3, "'1,5'"),
        (HEADER + "a,2024-01-01,1\n,,\nb,2024-01-02\n", 4, "2 columns"),
        (HEADER + "a,2024-01-01,1\n,2024-01-02,1\n", 3, "customer_id is empty"),
        (HEADER + "1.3085E+04,2024-01-01,1\n", 2, "shortened"),
        (HEADER + "12,2024-01-01,1\n012,2024-01-02,1\n", 3, "12 on line 2"),
        (HEADER + "a,2024-01-01 24:00:00x,1\n", 2, "is not a date"),
        (HEADER + 'a,2024-01-01,"1,234"\n', 2, "'1,234'"),
        ("Date,DATE,customer_id,amount\n", 1, "two columns date"),
    ],
)
def test_malformed_histories(text, line, words):
    with pytest.raises(MalformedHistory) as caught:
        parse(text)
    assert caught.value.line == line
    assert words in caught.value.reason


def _customers_and_amounts(text):
    history = parse(text)
    return list(zip(history.customers, map(str, history.amounts), strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "customer_id,date,amount\nA1,2026-01-05,10.00\n,,\n , ,\nA1,2026-02-05,11\n",
        "\n \ncustomer_id,date,amount\n\nA1,2026-01-05,10.00\n  \nA1,2026-02-05,11\n",
        "Customer_ID,Date,AMOUNT\nA1,2026-01-05,10.00\nA1,2026-02-05,11\n",
        "Customer ID,Date,Amount\nA1,2026-01-05,10.00\nA1,2026-02-05,11\n",
        "sep=,\ncustomer_id,date,amount\nA1,2026-01-05,10.00\nA1,2026-02-05,11\n",
        "SEP=;\r\ncustomer_id;date;amount\r\nA1;2026-01-05;10.00\r\nA1;2026-02-05;11",
        "customer_id\tdate\tamount\nA1\t2026-01-05\t10.00\nA1\t2026-02-05\t11\n",
        "customer_id,date,amount\nA1,2026-01-05,10.00,,\nA1,2026-02-05,11,\n",
        "customer_id,date,amount\nA1,2026-01-05 00:00:00,10.00\n"
        "A1,2026-02-05T09:30,11\n",
    ],
    ids=[
        "rows of separators",
        "lines of blanks",
        "header in other case",
        "header in words",
        "declared commas",
        "declared semicolons",
        "tabs",
        "empty cells at the end",
        "times beside dates",
    ],
)
def test_what_is_clear_is_read(text):
    history = parse(text)
    days = [datetime.date(2026, 1, 5), datetime.date(2026, 2, 5)]
    assert history.dates == days
    assert _customers_and_amounts(text) == [("A1", "10.00"), ("A1", "11")]


def test_ids_as_a_spreadsheet_writes_them_are_one_customer():
    text = (
        HEADER + "13085.0,2009-12-01,505.30\n13085,2010-12-05,1\n13085.00,2011-02-01,2"
    )
    assert {customer for customer, _amount in _customers_and_amounts(text)} == {"13085"}


def test_ids_of_one_look_are_one_customer():
    text = HEADER + "K\u00e4se  AG,2024-01-01,1\nKa\u0308se\u00a0AG,2024-01-02,2\n"
    customers = {customer for customer, _amount in _customers_and_amounts(text)}
    assert customers == {"K\u00e4se AG"}


def test_ids_that_only_resemble_numbers_stay_as_they_are():
    ids = ["1.5", "1e5", "A.0", "ab", "AB"]
    text = HEADER + "".join(f"{each},2024-01-01,1\n" for each in ids)
    assert [customer for customer, _amount in _customers_and_amounts(text)] == ids


def test_amounts_with_both_signs_are_clear():
    text = HEADER + 'a,2024-01-01,"1,234.50"\na,2024-01-01,"-1.234.567,50"\n'
    amounts = [amount for _customer, amount in _customers_and_amounts(text)]
    assert amounts == ["1234.50", "-1234567.50"]


def test_utf16_as_spreadsheets_export_it(tmp_path):
    path = tmp_path / "history.csv"
    path.write_bytes(
        "customer_id\tdate\tamount\nKäse\t2024-01-01\t1\n".encode("utf-16")
    )
    assert read(path).customers == ["Käse"]


def test_not_utf8_names_the_line(tmp_path):
    path = tmp_path / "history.csv"
    path.write_bytes(HEADER.encode() + b"a,2024-01-01,1\nK\xe4se,2024-01-01,1\n")
    with pytest.raises(MalformedHistory, match="line 3: .*UTF-8"):
        read(path)


@pytest.mark.parametrize(
    "last, moved",
    [
        ("2024-06-03", "2024-06-10"),
        ("2024-06-04", "2024-06-04"),
        ("2024-06-10", "2024-06-10"),
        ("2024-06-11", "2024-06-04"),
        ("2011-12-09", "2024-06-07"),
        ("2030-01-01", "2024-06-04"),
    ],
)
def test_moved_by_whole_weeks_into_the_last_seven_days(last, moved):
    today = datetime.date(2024, 6, 10)
    last = datetime.date.fromisoformat(last)
    first = last - datetime.timedelta(days=10)
    history = History(["a", "b"], [last, first], [Decimal(1), Decimal(2)])
    result = history.moved_to(today)
    assert result.dates[0] == datetime.date.fromisoformat(moved)
    assert result.dates[0] - result.dates[1] == datetime.timedelta(days=10)
    assert result.dates[0].weekday() == last.weekday()
    assert (result.customers, result.amounts) == (history.customers, history.amounts)


def test_file_that_cannot_be_read(tmp_path):
    with pytest.raises(
        MalformedHistory, match=r"none.csv cannot be read: No such file"
    ):
        read(tmp_path / "none.csv")
    with pytest.raises(MalformedHistory, match="cannot be read"):
        read(tmp_path)


def test_order_lines():
    text = (
        "price;Quantity;name;product;date;order id;customer_id\n"
        "0.85;12;Card;P1;2024-01-05 10:30;7.0;A\n"
        "2;-1.5;;P2;2024-01-05;7;A\n"
        "0.90;6;Greeting  Card;P1;2024-02-05;8;A\n"
        "0.95;6;;P1;2024-03-05;9;A\n"
    )
    days = [datetime.date(2024, 1, 5)] * 2
    days += [datetime.date(2024, 2, 5), datetime.date(2024, 3, 5)]
    assert parse(text) == LineHistory(
        customers=["A"] * 4,
        orders=["7", "7", "8", "9"],
        dates=days,
        products=["P1", "P2", "P1", "P1"],
        quantities=[Decimal(text) for text in ("12", "-1.5", "6", "6")],
        prices=[Decimal(text) for text in ("0.85", "2", "0.90", "0.95")],
        names={"P1": "Greeting Card", "P2": "P2"},
    )


@pytest.mark.parametrize(
    "text, line, words",
    [
        (LINES, 2, "no orders"),
        (LINES.replace(",price", ""), 1, "no column price"),
        ("customer_id,order_id,date,product\n", 1, "no column name, quantity, price"),
        (LINES + "A,,2024-01-05,P,,1,1\n", 2, "order_id is empty"),
        (LINES + "A,1,2024-01-05,,,1,1\n", 2, "product is empty"),
        (LINES + "A,1,2024-01-05,P,,,1\n", 2, "quantity is empty"),
        (LINES + "A,1,2024-01-05,P,,1,a\n", 2, "price 'a' is not a number"),
        (LINES + "A,1,2024-01-05,P,\0,1,1\n", 2, "name"),
        (LINES + "A,1,2024-01-05,1.2E+05,,1,1\n", 2, "product 1.2E+05"),
        (
            LINES + "A,1,2024-01-05,P,,1,1\nB,1,2024-01-05,P,,1,1\n",
            3,
            "order_id 1 is of customer B on 2024-01-05, and on line 2 of customer A",
        ),
        (
            LINES + "A,1,2024-01-05,P,,1,1\nA,1,2024-01-06,P,,1,1\n",
            3,
            "on 2024-01-06, and on line 2 of customer A on 2024-01-05",
        ),
    ],
)
def test_malformed_lines(text, line, words):
    with pytest.raises(MalformedHistory) as caught:
        parse(text)
    assert caught.value.line == line
    assert words in caught.value.reason


def test_columns_decide_what_a_row_is():
    header = "customer_id,order_id,date,product,name,quantity"
    row = "\nA,1,2024-01-05,P,,1,2"
    assert isinstance(parse(f"{header},amount{row}"), History)
    assert isinstance(parse(f"{header},price{row}"), LineHistory)
    assert isinstance(parse(f"amount,{header},price\n5,{row[1:]}"), LineHistory)


def test_compressed_file(tmp_path):
    path = tmp_path / "history.csv.gz"
    content = gzip.compress((HEADER + "a,2024-01-01,1\n").encode())
    path.write_bytes(content)
    assert read(path).customers == ["a"]
    path.write_bytes(content[:-12])
    with pytest.raises(MalformedHistory, match=r"history.csv.gz cannot be unpacked"):
        read(path)


def test_lines_move_as_orders_do():
    history = parse(LINES + "A,1,2024-01-05,P,,1,1\nA,2,2024-01-12,P,,1,1\n")
    moved = history.moved_to(datetime.date(2024, 1, 20))
    assert moved.dates == [datetime.date(2024, 1, 12), datetime.date(2024, 1, 19)]
    assert (moved.orders, moved.names) == (history.orders, history.names)
