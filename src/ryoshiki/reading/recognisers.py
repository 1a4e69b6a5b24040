"""The table of identifiers: each row's pattern, format, source and weakness.

Patterns are RE2 on the folded text (lower case, half width). The one group that matched is the identifier; without
groups it is the whole match. What a pattern cannot say, for RE2 looks neither back nor ahead, is settled by ``accept``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ryoshiki.reading.candidates import Candidate, is_card, is_ipv4, is_ipv6, is_mac, is_my_number, is_phone
from ryoshiki.reading.keyed import (
    is_address,
    is_alone,
    is_birthdate,
    is_plate,
    is_postal_code,
    is_room,
    is_secret,
    is_ssid,
)

_DASH = r"[-‐‑‒–—―−ー]"
_JOINED = r"[-‐‑‒–—―−ー ().の]{0,2}"
_GAP = r"[ :=はが、,・(「『\[#/→>~-]{0,6}(?:no\.? ?|№ ?)?"  # between a word and its number
_TOLD = r"(?: ?(?:は|が|:|=|→|->|「|『|\"|')){1,3} ?"  # between a word and its value: something is stated
_VALUE = r"[!-&*-;=?-Z^-~]{3}[!-&*-;=?-Z^-~]*"  # signs without quotes, brackets and angles
_DATE = (
    r"(?:(?:昭和|平成|令和|大正|西暦|[shrt]\.?) ?(?:[0-9]{1,4}|元)|(?:19|20)[0-9]{2})"
    r" ?[年./-] ?[0-9]{1,2} ?[月./-] ?[0-9]{1,2}日?"
)
_MASK = r"[○◯●〇△×*xX■□]"
_ROAD_NUMBER = rf"[0-9○◯●△×*]{{1,2}}{_DASH}[0-9○◯●△×*]{{2}}"
# The areas of number plates (自動車登録規則, appended table 1).
_PLATE_AREAS = (
    "札幌|函館|旭川|室蘭|釧路|帯広|北見|苫小牧|知床|十勝|青森|八戸|弘前|岩手|盛岡|平泉|宮城|仙台|"
    "秋田|山形|庄内|福島|いわき|会津|郡山|白河|水戸|土浦|つくば|宇都宮|那須|とちぎ|日光|群馬|前橋|高崎|"
    "大宮|川口|所沢|川越|熊谷|春日部|越谷|千葉|成田|習志野|市川|船橋|袖ヶ浦|市原|野田|柏|松戸|品川|"
    "世田谷|練馬|杉並|板橋|足立|江東|江戸川|葛飾|八王子|多摩|横浜|川崎|湘南|相模|山梨|富士山|新潟|長岡|"
    "上越|長野|松本|諏訪|安曇野|南信州|富山|石川|金沢|福井|岐阜|飛騨|静岡|浜松|沼津|伊豆|名古屋|豊橋|"
    "三河|岡崎|豊田|尾張小牧|一宮|春日井|三重|鈴鹿|四日市|伊勢志摩|滋賀|京都|大阪|なにわ|和泉|堺|神戸|姫路|"
    "奈良|飛鳥|和歌山|鳥取|島根|出雲|岡山|倉敷|広島|福山|山口|下関|徳島|香川|高松|愛媛|高知|福岡|"
    "北九州|久留米|筑豊|佐賀|長崎|佐世保|熊本|大分|宮崎|鹿児島|奄美|沖縄"
)
_NUMERAL = r"(?:[0-9]{1,4}|[一二三四五六七八九十]{1,3})"
_PLACE = r"(?:[\p{Han}\p{Katakana}ヶーノ]|[\p{Hiragana}]{1,4}[町台野市区浜丘]|[0-9]{1,2}条|[のが][丘関原浜岡])+"
_STREET = (
    rf"{_PLACE}(?:{_NUMERAL}丁目[ の]?{_NUMERAL}"
    rf"(?:番地?(?:(?:の|{_DASH})?{_NUMERAL})?号?|(?:の|{_DASH}){_NUMERAL}(?:{_DASH}{_NUMERAL})?号?|号)"
    rf"|{_NUMERAL}番地の?(?:{_DASH}?{_NUMERAL})?号?|{_NUMERAL}番{_NUMERAL}号"
    rf"| ?[1-9][0-9]{{0,3}}{_DASH}[0-9]{{1,4}}(?:{_DASH}[0-9]{{1,4}}){{0,2}})"
)
_HOUSES = (
    "ハイツ|コーポ|マンション|アパート|メゾン|レジデンス|ヒルズ|ハイム|パレス|コート|ヴィラ|団地|市営住宅|道営住宅|県営住宅|"
    "官舎|公営住宅|職員住宅|荘"
)
_KEYS = (
    "パスワード|暗証番号|暗唱番号|パスコード|pinコード|pin番号|pin ?code|pin|password|passwd|passcode|pass|pw|パス|"
    "(?:解錠|開錠|解除|鍵|金庫|キーボックス|キーロック|ロック|ドア|オートロック|警備|ゲート|南京錠|錠|暗号化)の?"
    "(?:番号|ナンバー|コード|キー)|アクセスキー|暗号化キー|apiキー|api ?key|セキュリティコード|合言葉"
)


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One row: what it finds, how it is written, on what that rests, and where it fails."""

    kind: str
    pattern: str
    accept: Callable[[Candidate], bool]
    format: str
    source: str
    weakness: str


# Order is priority: where two claim the same letters the first keeps them. A word beside a number is better evidence
# than its shape, and a check digit better than a length.
RECOGNISERS: tuple[Recogniser, ...] = (
    Recogniser(
        "email",
        r"[a-z0-9_+][a-z0-9._%+-]*(?:@|\[at\]|\(at\)|アットマーク)(?:[a-z0-9-]+\.)+[a-z][a-z]+",
        lambda c: not (c.before[-1:].isascii() and c.before[-1:].isalnum()) and not c.in_url,
        "local part @ domain, also [at], (at) and アットマーク; Japanese letters may touch it",
        "RFC 5322 as in use; old mobile addresses may have dots anywhere",
        "domains in Japanese letters, and addresses spelt out in words",
    ),
    Recogniser(
        "secret",
        rf"(?:{_KEYS})(?:{_TOLD}| )({_VALUE})",
        is_secret,
        "a word for a password, は/：/＝ or the like, a value of Latin letters, digits and signs",
        "the leaflet's duty of care for the city's systems; unauthorised access act (不正アクセス禁止法) art. 5",
        "values in Japanese letters or with spaces; a Latin word alone counts only where the sentence ends on it",
    ),
    Recogniser(
        "ssid",
        rf"(?:ssid|wi-?fi ?の?(?:名前|ネットワーク名|名)|ネットワーク名|アクセスポイント名){_TOLD}({_VALUE})",
        is_ssid,
        "SSID or network name, は/：, a value of up to 32 signs",
        "IEEE 802.11",
        "names in Japanese; a name with free, public or guest in it is taken as public",
    ),
    Recogniser(
        "licence",
        rf"免許証?の?(?:番号)?{_GAP}([0-9]{{12}}|[0-9]{{4}}[ -][0-9]{{4}}[ -][0-9]{{4}})",
        is_alone,
        "a word for the driving licence and 12 digits",
        "道路交通法施行規則, form 14",
        "the check digit is not tested: its rule is not published",
    ),
    Recogniser(
        "passport",
        rf"(?:パスポート|旅券)の?(?:番号)?{_GAP}([a-z]{{2}} ?[0-9]{{7}})",
        is_alone,
        "a word for the passport, two letters and seven digits",
        "旅券法施行規則; ICAO Doc 9303",
        "foreign passports have other forms",
    ),
    Recogniser(
        "residence-card",
        rf"(?:在留カード|特別永住者証明書)の?(?:番号)?{_GAP}([a-z]{{2}} ?[0-9]{{8}} ?[a-z]{{2}})",
        is_alone,
        "a word for the card, two letters, eight digits, two letters",
        "出入国管理及び難民認定法 art. 19-4",
        "needs the word",
    ),
    Recogniser(
        "bank-account",
        rf"(?:(?:普通|当座|貯蓄)(?:預金|口座)?|口座(?:番号)?)\)?{_GAP}([0-9]{{7}}|[0-9]{{3}}[ -][0-9]{{4}})",
        is_alone,
        "a kind of account or 口座, and seven digits",
        "the seven digits that Japanese banks share (全銀協)",
        "shorter numbers that banks fill up with zeros",
    ),
    Recogniser(
        "bank-account",
        rf"記号{_GAP}([01][0-9]{{3}}0[ -]?[、・/]? ?(?:番号)?{_GAP}[0-9]{{6,7}}1)",
        is_alone,
        "記号 with five digits and 番号 with up to eight (Japan Post Bank)",
        "ゆうちょ銀行: 記号 begins with 0 or 1 and ends with 0, 番号 ends with 1",
        "transfer accounts with a shorter number",
    ),
    Recogniser(
        "insurance-number",
        rf"(?:保険証|被保険者証?|資格確認書)の?(?:記号)?[・と及び]{{0,2}}(?:番号)?{_GAP}([0-9][0-9 ・-]{{4,14}}[0-9])",
        is_alone,
        "a word for the insured person's card or number, and 6 digits or more",
        "健康保険法 art. 194-2 and 国民健康保険法 art. 111-2 forbid asking for it without need",
        "forms differ by insurer: any row of digits counts",
    ),
    Recogniser(
        "pension-number",
        rf"(?:基礎年金|年金手帳|年金証書|年金)の?番号{_GAP}([0-9]{{4}}[ -]?[0-9]{{6}})",
        is_alone,
        "基礎年金番号 and four and six digits",
        "国民年金法 art. 14 and 108-4 (use is restricted)",
        "has no check digit",
    ),
    Recogniser(
        "staff-number",
        rf"(?:職員|社員|従業員)(?:の)?(?:番号|コード|id|no\.?){_GAP}((?:[a-z]{{1,4}}-?)?[0-9][0-9-]{{2,11}}[0-9])",
        is_alone,
        "職員番号 and four digits or more",
        "the organisation's own numbering",
        "shorter numbers",
    ),
    Recogniser(
        "case-number",
        rf"(?:宛名|患者|受給者|受給者証|住民票|世帯|納税者|納税通知書|診察券|学籍|生徒|児童|利用者|相談|ケース|事件|滞納者|カルテ)(?:の)?"
        rf"(?:番号|コード|id|no\.?){_GAP}((?:[a-z]{{1,4}}-?)?[0-9][0-9-]{{2,14}}[0-9])",
        is_alone,
        "宛名番号, 患者ID, 受給者番号 and the like with four digits or more",
        "numbers under which a resident stands in the city's own registers (住民票コード: 住民基本台帳法 art. 30-38)",
        "shorter numbers; numbers in kanji",
    ),
    Recogniser(
        "case-number",
        rf"(?:整理|受付|申請|通知書)番号{_GAP}((?:[a-z]{{1,4}}-?)?[0-9][0-9-]{{4,14}}[0-9])",
        is_alone,
        "整理番号, 受付番号 and the like with six digits or more",
        "numbers of applications and of tax notices",
        "six digits keep out queue tickets and concerts, and shorter numbers of offices with them",
    ),
    Recogniser(
        "birthdate",
        rf"(?:生年月日|生れた日|誕生日)[ :=はが、(「]{{0,4}}({_DATE})|({_DATE}) ?(?:生まれ|生れ|生(?:[、。) \n]|$))",
        is_birthdate,
        "生年月日 and a full date, or a full date and 生まれ",
        "one of the four basic facts (氏名・生年月日・性別・住所: 住民基本台帳法 art. 7)",
        "a birthday without its year does not count; public figures do",
    ),
    Recogniser(
        "plate",
        rf"(?:{_PLATE_AREAS}|{_MASK}{{2,4}}|某)(?:ナンバー)?の? ?"
        r"(?:[0-9○◯●△×*]{1,2}[0-9a-z○◯●△×*]|[0-9])[ \n]?[あ-んa-z○◯●△×*] ?"
        rf"(?:{_ROAD_NUMBER}|[・.]{{1,3}}[ -]?[0-9]{{1,3}})",
        is_plate,
        "area, class number, one kana, four digits; some may be masked: 室蘭 300 あ 12-3○",
        "道路運送車両法 art. 11; 自動車登録規則 art. 13",
        "numbers without the area, unless ナンバー or 車の番号 says so",
    ),
    Recogniser(
        "plate",
        rf"(?:ナンバープレート|ナンバー|車の番号|車番)[ :=はが、「\p{{Han}}\p{{Hiragana}}]{{0,12}}({_ROAD_NUMBER})",
        is_plate,
        "ナンバー or 車の番号 and four digits with a hyphen",
        "道路運送車両法 art. 11",
        "four digits without a hyphen",
    ),
    Recogniser(
        "card",
        r"[1-9][0-9]{3}(?:[ -]?[0-9]){9,15}",
        is_card,
        "13 to 19 digits, a known prefix, in blocks or in one row",
        "ISO/IEC 7812-1; the ranges published by the brands",
        "one in ten other numbers of the same form has a good Luhn digit",
    ),
    Recogniser(
        "my-number",
        r"[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}",
        is_my_number,
        "12 digits, in one row or in blocks of four",
        "番号法 art. 19 (provision is restricted); ordinance 85 of 2014 art. 5 (check digit)",
        "one in eleven other 12-digit numbers has a good check digit",
    ),
    Recogniser(
        "phone",
        r"(?:\+81|0081|010[ -]?81)[ .-]?\(?0?\)?[ .-]?[1-9][0-9]{0,3}[ .-]?[0-9]{1,4}[ .-]?[0-9]{3,4}"
        rf"|(?:\(0[1-9][0-9]{{1,3}}\)|0[1-9][0-9]{{0,3}}){_JOINED}[0-9]{{1,4}}{_JOINED}[0-9]{{3,4}}",
        is_phone,
        "fixed, mobile, IP and free numbers of 10 or 11 digits, with or without joiners, and +81",
        "電気通信番号計画 (総務省)",
        "a row of ten digits that begins with 0 may be something else; numbers spelt out in kana are missed",
    ),
    Recogniser(
        "phone",
        rf"(?:電話|でんわ|tel|☎|📞){_GAP}([2-9][0-9]{{1,3}}{_DASH}[0-9]{{4}})",
        is_alone,
        "電話 and a local number of six to eight digits",
        "電気通信番号計画 (総務省)",
        "needs the word",
    ),
    Recogniser(
        "ip",
        r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.(?:[0-9]{1,3}|[x*])",
        is_ipv4,
        "IPv4; the last part may be masked",
        "RFC 791; private ranges by RFC 1918",
        "a version or a clause number of four parts that no word announces",
    ),
    Recogniser(
        "ip",
        r"[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}",
        is_ipv6,
        "IPv6, also shortened",
        "RFC 4291",
        "fewer than three parts do not count",
    ),
    Recogniser(
        "mac",
        r"[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}",
        is_mac,
        "six pairs of hexadecimal digits, joined by : or -",
        "IEEE 802",
        "the form with dots (0011.2233.4455)",
    ),
    Recogniser(
        "postal-code",
        rf"(?:〒 ?)?[0-9]{{3}}{_DASH}[0-9]{{4}}|〒 ?[0-9]{{7}}",
        is_postal_code,
        "〒 and seven digits, or 3-4 digits beside an address",
        "郵便番号 (日本郵便)",
        "a bare number far from its address",
    ),
    Recogniser(
        "address",
        _STREET,
        is_address,
        "a place name, 丁目/番地/号 or N-N-N",
        "住居表示に関する法律 art. 2",
        "the first letters of a long place name may belong to the word before; kanji numerals beyond 十九 are missed",
    ),
    Recogniser(
        "address",
        rf"[\p{{Han}}\p{{Katakana}}ーa-z]*(?:{_HOUSES})[\p{{Han}}\p{{Katakana}}ー]* ?"
        r"(?:[0-9a-z]{1,2}(?:号棟|棟|-) ?)?の? ?[0-9]{2,4}(?:号室|号)",
        is_room,
        "the name of a house and the number of a flat",
        "住居表示に関する法律 art. 2 (方書)",
        "a flat number without 号, and houses with an unusual name",
    ),
)  # fmt: skip
