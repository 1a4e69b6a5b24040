"""Identifiers: a table of boundary cases for each kind, and what is public."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from ryoshiki.model import Span
from ryoshiki.reading.folding import fold
from ryoshiki.reading.identifiers import KINDS, Identifier, identifiers, private_ip, public
from ryoshiki.reading.recognisers import RECOGNISERS
from tests.making import ORGANISATION

FOUND = [
    ("phone", "窓口は0143-00-1234です", "0143-00-1234"),
    ("phone", "０９０ー００００ー１２３４に電話", "０９０ー００００ー１２３４"),
    ("phone", "かけて 090 0000 1234", "090 0000 1234"),
    ("phone", "09000001234です", "09000001234"),
    ("phone", "(0143)00-1234", "(0143)00-1234"),
    ("phone", "課（0143-00-1234）まで", "0143-00-1234"),
    ("phone", "0143(00)1234", "0143(00)1234"),
    ("phone", "tel0143001234", "0143001234"),
    ("phone", "+81 90-0000-1234", "+81 90-0000-1234"),
    ("phone", "+81-143-00-1234", "+81-143-00-1234"),
    ("phone", "03-0000-1234", "03-0000-1234"),
    ("phone", "050-0000-1234", "050-0000-1234"),
    ("phone", "0120-000-123", "0120-000-123"),
    ("phone", "090の0000の1234だよ", "090の0000の1234"),
    ("phone", "2026-06-12 0143-00-1234", "0143-00-1234"),
    ("phone", "電話は22-0000まで", "22-0000"),
    ("phone", "0\u200b90-0000-1234", "0\u200b90-0000-1234"),
    ("email", "連絡はtaro@example.jpまで", "taro@example.jp"),
    ("email", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ"),
    ("email", "taro..y@mail.example。", "taro..y@mail.example"),
    ("email", "taro[at]example.jp", "taro[at]example.jp"),
    ("my-number", "4821 0937 5513", "4821 0937 5513"),
    ("my-number", "番号は482109375513です", "482109375513"),
    ("my-number", "マイナンバーは1234-5678-9012", "1234-5678-9012"),
    ("card", "4111 1111 1111 1111", "4111 1111 1111 1111"),
    ("card", "378282246310005", "378282246310005"),
    ("card", "カード3530-1113-3330-0000", "3530-1113-3330-0000"),
    ("postal-code", "〒050-0000", "〒050-0000"),
    ("postal-code", "050-0000 北海道汐入市", "050-0000"),
    ("postal-code", "住所は050-0000", "050-0000"),
    ("ip", "左下に192.168.40.7と出ている", "192.168.40.7"),
    ("ip", "10.0.0.x", "10.0.0.x"),
    ("ip", "2001:db8::1", "2001:db8::1"),
    ("ip", "fe80::1:2:3", "fe80::1:2:3"),
    ("mac", "AA:BB:CC:00:11:22", "AA:BB:CC:00:11:22"),
    ("mac", "MACは00-11-22-33-44-55", "00-11-22-33-44-55"),
    ("bank-account", "普通 1234567", "1234567"),
    ("bank-account", "口座番号：1234567", "1234567"),
    ("bank-account", "記号 12340 番号 12345671", "12340 番号 12345671"),
    ("licence", "運転免許証番号：123456789012", "123456789012"),
    ("passport", "パスポート番号はTK1234567", "TK1234567"),
    ("residence-card", "在留カード AB12345678CD", "AB12345678CD"),
    ("plate", "室蘭 300 あ 12-34", "室蘭 300 あ 12-34"),
    ("plate", "室蘭300あ12-3○が", "室蘭300あ12-3○"),
    ("plate", "番号：△△500 と 12-××。", "△△500 と 12-××"),
    ("plate", "札幌580わ・・・1", "札幌580わ・・・1"),
    ("plate", "ナンバーは12-34", "12-34"),
    ("insurance-number", "被保険者番号 12345678", "12345678"),
    ("pension-number", "基礎年金番号1234-567890", "1234-567890"),
    ("staff-number", "職員番号012345の", "012345"),
    ("case-number", "患者ID：00123456", "00123456"),
    ("case-number", "宛名番号 00012345", "00012345"),
    ("case-number", "整理番号A-1234567", "A-1234567"),
    ("address", "昨日は汐入市東町1丁目2番3号へ", "汐入市東町1丁目2番3号"),
    ("address", "東町三丁目五番の", "東町三丁目五番"),
    ("address", "輪西町2丁目12-5", "輪西町2丁目12-5"),
    ("address", "汐入市幸町1-2", "汐入市幸町1-2"),
    ("address", "東町1-2-3-405", "東町1-2-3-405"),
    ("address", "中央区南1条西5-3-1", "中央区南1条西5-3-1"),
    ("address", "本町1番地の3", "本町1番地の3"),
    ("address", "みなと区霧が関2-1-2", "みなと区霧が関2-1-2"),
    ("address", "ハイツ汐入205号室", "ハイツ汐入205号室"),
    ("secret", "パスワードはhunter2です", "hunter2"),
    ("secret", "パスワード：Shioiri2026!", "Shioiri2026!"),
    ("secret", "暗証番号は4821", "4821"),
    ("secret", "PIN 4821", "4821"),
    ("secret", "pw:hunter2", "hunter2"),
    ("secret", "パスは「opensesame」です", "opensesame"),
    ("secret", "金庫の番号は852だよ", "852"),
    ("ssid", "SSID：shioiri-staff-5g", "shioiri-staff-5g"),
    ("birthdate", "生年月日 昭和60年4月1日", "昭和60年4月1日"),
    ("birthdate", "1985/4/1生まれの", "1985/4/1"),
]

QUIET = [
    ("phone", "2026-06-12 18:30-19:30"),
    ("phone", "1,000円 03-12"),
    ("phone", "チケット0123456789番"),
    ("phone", "A0143-00-1234"),
    ("phone", "局番なし188、#7119、110番、119"),
    ("phone", "090-1234-XXXX"),
    ("phone", "12-3456-7890"),
    ("phone", "5012-345-6789"),
    ("phone", "https://example.jp/a?tel=0143-00-1234"),
    ("phone", "内線2255"),
    ("email", "@taro.example へ"),
    ("email", "写真@会場"),
    ("my-number", "4821 0937 5514"),
    ("my-number", "追跡番号 4821-0937-5513"),
    ("my-number", "0000 0000 0000"),
    ("my-number", "クーポンコード 4821-0937-5513"),
    ("my-number", "4821 0937 5513 1111"),
    ("my-number", "14821 0937 5513"),
    ("card", "4111 1111 1111 1112"),
    ("card", "4901234567894"),
    ("card", "https://example.jp/4111111111111111"),
    ("postal-code", "背番号 123-4567"),
    ("ip", "v1.2.3.4"),
    ("ip", "バージョン1.2.3.4"),
    ("ip", "999.1.1.1"),
    ("ip", "1.2.3.4.5"),
    ("ip", "127.0.0.1"),
    ("ip", "12:30:45"),
    ("ip", "std::string"),
    ("ip", "時刻は1::2"),
    ("mac", "12-31-23-59-59-00"),
    ("bank-account", "普通に1234567円"),
    ("licence", "免許の話は12月"),
    ("plate", "マイナンバー 12-34"),
    ("plate", "会議室 101 と 10-12 号室"),
    ("plate", "札幌300の12-34号室"),
    ("case-number", "整理番号 123"),
    ("case-number", "受付番号は12番です"),
    ("address", "西町1〜3丁目"),
    ("address", "銀座2丁目"),
    ("address", "汐入市 3-2 霧ヶ原市"),
    ("address", "東町 10-12時"),
    ("address", "6月12-14日"),
    ("address", "本町3-5歳児"),
    ("address", "窓口3番へ"),
    ("address", "301号室"),
    ("secret", "パスワードは8文字以上で"),
    ("secret", "暗証番号は4桁"),
    ("secret", "パスワードはLINEで送る"),
    ("secret", "パスワードは使い回さないで"),
    ("secret", "フリーパスは3000円"),
    ("secret", "パス 2026"),
    ("secret", "パスワードは1234など避けて"),
    ("secret", "パスワード：********"),
    ("secret", "パスワードは2026/4/1に変わります"),
    ("secret", "パスワード：https://example.jp/a1"),
    ("ssid", "Wi-Fi名はShioiri_Free_Wi-Fi"),
    ("birthdate", "6月12日生まれ"),
    ("birthdate", "誕生日は6月12日"),
    ("birthdate", "1985年13月1日生まれ"),
]


def seen(text: str) -> list[tuple[str, str]]:
    return [(i.kind, i.span.of(text)) for i in identifiers(fold(text))]


@pytest.mark.parametrize(("kind", "text", "quote"), FOUND)
def test_an_identifier_is_found_with_its_place(kind: str, text: str, quote: str) -> None:
    """The span is the identifier in the draft's own spelling, and nothing else of that kind is seen."""
    assert [q for k, q in seen(text) if k == kind] == [quote]


@pytest.mark.parametrize(("kind", "text"), QUIET)
def test_what_only_looks_like_one_is_passed_over(kind: str, text: str) -> None:
    """Dates, prices, versions, queue tickets and advice are no identifiers."""
    assert kind not in {k for k, _ in seen(text)}


def test_every_kind_has_cases_on_both_sides_or_needs_its_word() -> None:
    """The tables know every kind, and no other."""
    assert {kind for kind, *_ in FOUND} == KINDS == {row.kind for row in RECOGNISERS}


def test_a_row_says_what_it_is_and_where_it_fails() -> None:
    """Format, source and weakness stand beside each pattern."""
    assert all(row.format and row.source and row.weakness for row in RECOGNISERS)


def test_identifiers_stand_in_order_without_overlap() -> None:
    """The better evidence keeps the letters: a keyword before a shape."""
    text = "〒050-0000 汐入市東町1-2-3 電話0143-00-1234 パスワードは09000001234"
    assert [kind for kind, _ in seen(text)] == ["postal-code", "address", "phone", "secret"]


def test_value_is_the_folded_spelling() -> None:
    """Full width and case are gone from the value."""
    assert identifiers(fold("Ｔａｒｏ＠Ｅｘａｍｐｌｅ．jp"))[0].value == "taro@example.jp"


def test_private_addresses_are_known() -> None:
    """An address of an inner network can be told from one of the open net."""
    inner, mask, outer = identifiers(fold("192.168.40.7 10.0.0.x 8.8.8.8"))
    assert [private_ip(i) for i in (inner, mask, outer)] == [True, True, False]


ORG = replace(
    ORGANISATION,
    public_phones=("0143-00-1111",),
    public_emails=("Kouhou@city.shioiri.example",),
    public_addresses=("〒050-0000 汐入市幸町1番2号 市役所",),
)


@pytest.mark.parametrize(
    ("text", "is_public"),
    [
        ("0143-00-1111", True),
        ("（０１４３）００−１１１１", True),
        ("+81-143-00-1111", True),
        ("電話 00-1111 22-1111", False),
        ("0143-00-1112", False),
        ("0120-000-123", True),
        ("0570-003-110", True),
        ("090-0000-1234", False),
        ("kouhou@city.shioiri.example", True),
        ("info@shisho.city.shioiri.example", True),
        ("taro@city.shioiri.example", False),
        ("info@notcity.shioiri.example.jp", False),
        ("汐入市幸町1-2", True),
        ("北海道汐入市幸町1番2号", True),
        ("汐入市幸町1-23", False),
        ("汐入市幸町1-2-305", False),
        ("〒050-0000", True),
        ("〒050-0001", False),
        ("暗証番号は4821", False),
    ],
)
def test_what_the_organisation_publishes_is_public(text: str, is_public: bool) -> None:
    """Its own numbers, free numbers and shared mailboxes point at no person."""
    found = identifiers(fold(text))
    assert not found or public(found[-1], ORG) == is_public
    assert found or not is_public


@pytest.mark.parametrize("digits", ["188", "#7119", "110"])
def test_short_numbers_are_public(digits: str) -> None:
    """Emergency and advice lines are nobody's own."""
    assert public(Identifier("phone", Span(0, len(digits)), digits), ORG)


@pytest.mark.parametrize(
    "unit",
    ["1", "1-", "a@", "a.", "0143-00-", "4111 ", "東町", "東町会議室1-2", "パスワードは", ":0", "ハ", "東1丁目", "(0"],
)
def test_time_grows_with_the_text(unit: str) -> None:
    """No text makes the search quadratic: 40,000 letters take well under two seconds."""
    folded = fold((unit * 40_000)[:40_000])
    start = time.perf_counter()
    identifiers(folded)
    assert time.perf_counter() - start < 2


def test_patterns_are_linear_and_need_little_memory() -> None:
    """Each pattern is one that RE2 takes, and small enough for its automaton."""
    assert all(re2.compile(row.pattern.encode()).programsize < 20_000 for row in RECOGNISERS)


PIECES = st.sampled_from(
    [
        "東町",
        "0143",
        "-",
        "1",
        "22",
        "(",
        ")",
        "@",
        "a.example",
        "パスワード",
        "は",
        "：",
        "〒",
        "丁目",
        "番",
        "号室",
        "ハイツ",
        "室蘭",
        "300",
        "あ",
        "12-34",
        "○",
        "普通",
        "1234567",
        "生年月日",
        "昭和",
        "年",
        "月",
        "日",
        "192.168.",
        ".",
        ":",
        "fe80",
        "::",
        "ｱ",
        "㍿",
        "👨‍👩‍👧",
        "𠮷",
        "\ud83d",
    ]
)


@given(
    st.one_of(
        st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join), st.lists(PIECES, max_size=14).map(" ".join)
    )
)
def test_any_text_is_read(text: str) -> None:
    """Spans lie inside the text, in order, without overlap."""
    last = 0
    for found in identifiers(fold(text)):
        assert last <= found.span.start < found.span.end <= len(text)
        assert found.kind in KINDS
        public(found, ORG)
        private_ip(found)
        last = found.span.end
