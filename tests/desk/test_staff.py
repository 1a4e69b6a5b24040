"""A staff list becomes people; a bad line costs nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest

from ryoshiki.desk import staff
from ryoshiki.desk.people import OWNER, Actor, DeniedError
from ryoshiki.desk.scope import kinds
from ryoshiki.desk.staff import HEADINGS, Person, person_of, take_in
from ryoshiki.desk.stafflist import read
from ryoshiki.desk.store.database import Store

HEADING = "職員番号,氏名,メールアドレス,所属,任用形態,役割\n"
HANAKO = Person("0012", "汐入花子", "hanako@city.example", "港湾課", "regular", "head")
TARO = Person("0013", "岬太郎", "taro@city.example", "港湾課", "reappointed", "employee")


def people(lines: str, encoding: str = "utf-8") -> list[Person | str]:
    listed = read(BytesIO((HEADING + lines).encode(encoding)), kinds(), HEADINGS)
    return [person_of(line) for line in listed.lines]


def taken(store: Store, found: list[Person], whole: bool = False, actor: Actor = OWNER) -> int:
    with store.write() as db:
        return take_in(db, actor, iter(found), whole, lambda _: None)


def numbers(store: Store, actor: Actor = OWNER) -> dict[str, bool]:
    with store.read() as db:
        return {p.number: p.active for p in staff.listed(db, actor)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_list(encoding: str) -> None:
    """With a role in Japanese, or none."""
    lines = "0012,汐入花子,hanako@city.example,港湾課,正規,所属長\n0013,岬太郎,taro@city.example,港湾課,再任用,\n"
    assert people(lines, encoding) == [HANAKO, TARO]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",花子,a@city.example,港湾課,正規,", "no staff number"),
        ("1,,a@city.example,港湾課,正規,", "no name"),
        ("1,花子,,港湾課,正規,", "no mail"),
        ("1,花子,a@city.example,,正規,", "no section"),
        ("1,花子,a.city.example,港湾課,正規,", "no mail address"),
        ('1,花子,"a@b.example,c@d.example",港湾課,正規,', "no mail address"),
        ("1,花子,a@city.example\t,港湾課,正規,", "a@city.example"),
        ("1,花子,a@city.example,港湾課,なぞ,", "unknown kind"),
        ("1,花子,a@city.example,港湾課,正規,社長", "employee, head, pr or admin"),
        (f"1,{'あ' * 201},a@city.example,港湾課,正規,", "too long"),
    ],
)
def test_a_bad_line(line: str, reason: str) -> None:
    """It is refused with its reason; the one beside it stands."""
    bad, good = people(f"{line}\n0013,岬太郎,taro@city.example,港湾課,再任用,\n")
    if isinstance(bad, str):
        assert reason in bad
        assert "花子" not in bad
    else:
        assert bad.mail == reason  # white space at its ends does not count
    assert good == TARO


def test_a_name_with_a_full_width_space() -> None:
    """As most lists have it."""
    (found,) = people("0012,汐入　花子,hanako@city.example,港湾課,正規,所属長\n")
    assert isinstance(found, Person)
    assert found.name == "汐入　花子"


def test_taken_in_twice(store: Store) -> None:
    """The later list holds; who is not in it stays, unless the list is whole."""
    assert taken(store, [HANAKO, TARO]) == 2
    moved = Person("0012", "汐入花子", "hanako@city.example", "税務課", "regular", "employee")
    assert taken(store, [moved]) == 1
    with store.read() as db:
        assert staff.find(db, "0012") == moved
        assert staff.find(db, "0013") == TARO
    taken(store, [moved], whole=True)
    assert numbers(store) == {"0012": True, "0013": False}
    with store.read() as db:
        assert staff.find(db, "0013") is None


def test_one_number_twice_in_a_list(store: Store) -> None:
    """The later line holds, also when many stand between."""
    many = [Person(f"1{n:05}", "岬", "a@city.example", "港湾課", "regular", "employee") for n in range(1200)]
    assert taken(store, [HANAKO, *many, TARO, Person("0012", "別", "b@city.example", "課", "regular", "pr")]) == 1202
    with store.read() as db:
        found = staff.find(db, "0012")
    assert found is not None
    assert found.name == "別"


def test_heads_of_a_section(store: Store) -> None:
    """Those who head it now."""
    taken(store, [HANAKO, TARO])
    with store.read() as db:
        assert staff.heads(db, "港湾課") == (HANAKO,)
        assert staff.heads(db, "税務課") == ()


def test_who_sees_whom(store: Store) -> None:
    """A head sees the own section, an employee nobody."""
    taken(store, [HANAKO, TARO, Person("0014", "他", "c@city.example", "税務課", "regular", "employee")])
    assert set(numbers(store, HANAKO.actor)) == {"0012", "0013"}
    with store.read() as db, pytest.raises(DeniedError):
        staff.listed(db, TARO.actor)


def test_an_employee_cannot_take_in(store: Store) -> None:
    """Nothing is changed."""

    def nobody() -> Iterator[Person]:
        yield TARO

    with store.write() as db, pytest.raises(DeniedError):
        take_in(db, TARO.actor, nobody(), False, lambda _: None)
    assert numbers(store) == {}
