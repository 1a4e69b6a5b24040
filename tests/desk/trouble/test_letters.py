"""The report: written from the case, sent to the section head once, or handed over."""

from __future__ import annotations

import base64
import os
import signal
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import update

from ryoshiki.desk.mail import Post
from ryoshiki.desk.people import OWNER, Actor, DeniedError
from ryoshiki.desk.store import journal
from ryoshiki.desk.store.database import Store, now
from ryoshiki.desk.store.tables import letters as table
from ryoshiki.desk.trouble import cases, evidence, letters, log
from ryoshiki.desk.trouble.cases import Case, Told
from ryoshiki.desk.trouble.letters import Letter, To
from ryoshiki.model import RyoshikiError
from tests.desk.smtp import serving, talking, until_data, whole
from tests.desk.trouble.conftest import AUTHOR, HEAD, OTHER_HEAD, STRANGERS, TROUBLE, WAY, again
from tests.desk.trouble.test_evidence import PICTURE
from tests.making import ORGANISATION

TO_HEAD = To(number=HEAD.number)


def post(port: int, timeout: int = 1) -> Post:
    return Post("127.0.0.1", port, "none", "desk@city.shioiri.example", timeout=timeout)


def written(store: Store, case: Case, to: To = TO_HEAD, actor: Actor = AUTHOR) -> Letter:
    with store.write() as db:
        return letters.write(db, actor, case.id, WAY, to, ORGANISATION)


def state(store: Store, letter: Letter) -> str:
    with store.read() as db:
        return letters.get(db, AUTHOR, letter.id).state


def test_the_letter_tells_the_case(store: Store, case: Case) -> None:
    """Kind, moment, work, facts by question, evidence with its hash, steps done; to whom and from whom."""
    with store.write() as db:
        cases.tell(db, AUTHOR, case.id, 1, Told("祭り", {"what": "日付を\n間違えた"}, True, case.known_at))
        evidence.add(db, AUTHOR, case.id, "https://x.example/1", file=PICTURE)
        cases.step(db, AUTHOR, case.id, WAY, "pause")
    body = written(store, case).body
    for words in (
        "港湾課　汐入花子　様",
        "港湾課　岬太郎",
        "誤った情報を出した",
        "かかわりがあります",
        "何がありましたか\n　　　日付を\n　　　間違えた\n",
        "https://x.example/1",
        PICTURE.sha256,
        "手を止めます",
    ):
        assert words in body
    assert "期限" not in body


def test_a_leaks_letter_tells_the_terms(store: Store, people: None) -> None:
    """They are marked as general law, and left to those in charge."""
    leak = TROUBLE.way("leak")
    with store.write() as db:
        case = cases.start(db, AUTHOR, leak, known_at=now() - timedelta(days=1))
        body = letters.text(db, AUTHOR, case.id, leak, TO_HEAD, ORGANISATION)
    assert "一般の法律による期限（報告が要るかどうかは担当課が決めます）" in body


def test_sent(store: Store, case: Case) -> None:
    """The head has it word for word, and sees the case from then on; its heads tell nothing of the case."""
    letter = written(store, case)
    with serving() as (port, inbox):
        sent = letters.send(store, AUTHOR, letter.id, post(port))
        mail = inbox.mail()
    assert (sent.state, sent.reason) == ("sent", "")
    assert mail["To"] == "n3@city.shioiri.example"
    assert mail["From"] == "desk@city.shioiri.example"
    assert mail["Reply-To"] == "n1@city.shioiri.example"
    assert mail["Message-ID"] == letter.message_id
    assert case.title not in mail["Subject"]
    assert mail.get_content().replace("\r\n", "\n") == letter.body
    with store.read() as db:
        assert cases.find(db, HEAD, case.id).state == "reported"
        assert letters.get(db, HEAD, letter.id) == sent
        for stranger in STRANGERS:
            if stranger != HEAD:
                with pytest.raises(DeniedError):
                    letters.get(db, stranger, letter.id)
        assert [e.what for e in log.entries(db, case.id)][-4:] == ["letter", "letter-sending", "letter-sent", "moved"]
        journal.verify(db)


def test_never_sent_twice(store: Store, case: Case) -> None:
    """Neither pressed again, nor written again word for word, nor by two at once."""
    letter = written(store, case)
    outcomes: list[str] = []

    def press() -> None:
        try:
            outcomes.append(letters.send(store, AUTHOR, letter.id, post(port, 5)).state)
        except RyoshikiError:
            outcomes.append("refused")

    with serving() as (port, inbox):
        both = [threading.Thread(target=press) for _ in range(3)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert sorted(outcomes) == ["refused", "refused", "sent"]
        assert written(store, case) == letters_of(store, case)[-1]
        with pytest.raises(RyoshikiError, match="already"):
            letters.send(store, AUTHOR, letter.id, post(port))
        assert len(inbox.letters) == 1


def letters_of(store: Store, case: Case) -> tuple[Letter, ...]:
    with store.read() as db:
        return letters.of(db, again(store, case))


def test_what_failed_may_go_again(store: Store, case: Case) -> None:
    """With the same Message-ID; nobody sees the case before it went."""
    letter = written(store, case)
    with talking(lambda one: one.sendall(b"421 busy\r\n")) as (port, _):
        failed = letters.send(store, AUTHOR, letter.id, post(port))
    assert (failed.state, failed.message_id) == ("failed", letter.message_id)
    assert failed.reason
    assert again(store, case).state == "opened"
    with store.read() as db, pytest.raises(DeniedError):
        cases.find(db, HEAD, case.id)
    with serving() as (port, inbox):
        assert letters.send(store, AUTHOR, letter.id, post(port)).state == "sent"
        assert inbox.mail()["Message-ID"] == letter.message_id


def test_what_is_unknown_is_never_sent_unasked(store: Store, case: Case) -> None:
    """Neither it nor another one to the same person goes, until the recipient was asked."""
    letter = written(store, case)

    def hangs(one: socket.socket) -> None:
        until_data(one)
        whole(one)

    with talking(hangs) as (port, connected):
        assert letters.send(store, AUTHOR, letter.id, post(port)).state == "unknown"
        with store.write() as db:
            cases.tell(db, AUTHOR, case.id, again(store, case).version, Told("別の題", {}, None, case.known_at))
        for one in (letter, written(store, case)):
            with pytest.raises(RyoshikiError, match="ask the recipient"):
                letters.send(store, AUTHOR, one.id, post(port))
        assert len(connected) == 1


@pytest.mark.parametrize("arrived", [True, False])
def test_the_recipient_was_asked(store: Store, case: Case, arrived: bool) -> None:
    """It arrived: it counts as sent. It did not: it may be sent again. What is known is not asked."""
    letter = written(store, case)
    with store.write() as db, pytest.raises(RyoshikiError, match="known"):
        letters.settle(db, AUTHOR, letter.id, arrived)
    with store.write() as db:
        db.execute(update(table).values(state="unknown", tried_at=now()))
    with store.write() as db:
        settled = letters.settle(db, AUTHOR, letter.id, arrived)
    assert settled.state == ("sent" if arrived else "failed")
    with store.read() as db:
        assert bool(cases.readers(db, case)) == arrived


def test_one_that_is_on_its_way_is_waited_for(store: Store, case: Case) -> None:
    """Who says too early that it did not arrive could have it sent twice."""
    letter = written(store, case)
    with store.write() as db:
        db.execute(update(table).values(state="sending", tried_at=now()))
    with store.write() as db, pytest.raises(RyoshikiError, match="wait"):
        letters.settle(db, AUTHOR, letter.id, False)
    with store.write() as db:
        db.execute(update(table).values(tried_at=now() - timedelta(hours=1)))
    with store.write() as db:
        assert letters.settle(db, AUTHOR, letter.id, False).state == "failed"


SEND = """
import sys
from ryoshiki.desk.store.schema import open_store
from tests.desk.trouble.conftest import AUTHOR
from tests.desk.trouble.test_letters import letters, post
letters.send(open_store(sys.argv[1]), AUTHOR, sys.argv[2], post(int(sys.argv[3]), 60))
"""


def test_killed_in_the_middle(store: Store, url: str, case: Case) -> None:
    """After kill -9 the letter stands as on its way; it is not sent again, and the person is told whom to ask."""
    letter = written(store, case)
    taken = threading.Event()

    def takes_it_and_hangs(one: socket.socket) -> None:
        until_data(one)
        whole(one)
        taken.set()

    with talking(takes_it_and_hangs) as (port, connected):
        command = [sys.executable, "-c", SEND, url, letter.id, str(port)]
        process = subprocess.Popen(command, cwd=os.getcwd())
        try:
            assert taken.wait(60)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert state(store, letter) == "sending"
        with pytest.raises(RyoshikiError, match="届いたか分かりません。相手に確かめてください"):
            letters.send(store, AUTHOR, letter.id, post(port))
        assert len(connected) == 1
    with store.read() as db:
        journal.verify(db)


def test_only_to_the_own_section_head(store: Store, case: Case) -> None:
    """Not to a colleague, another head, oneself or an address; a head has nobody here but a file."""
    with store.write() as db:
        assert [p.number for p in letters.heads(db, AUTHOR)] == [HEAD.number]
        assert letters.heads(db, HEAD) == letters.heads(db, OWNER) == ()
        for to in (
            To(number="2"),
            To(number=OTHER_HEAD.number),
            To(number=AUTHOR.number),
            To(mail="elsewhere@other.example"),
        ):
            with pytest.raises(DeniedError):
                letters.write(db, AUTHOR, case.id, WAY, to, ORGANISATION)
        for stranger in STRANGERS:
            with pytest.raises(DeniedError):
                letters.write(db, stranger, case.id, WAY, TO_HEAD, ORGANISATION)


def test_on_ones_own_machine(store: Store, case: Case) -> None:
    """To any address, or to none: then it is a file."""
    given = written(store, case, To("港湾課長", mail="kacho@city.shioiri.example"), OWNER)
    assert (given.to_mail, given.to_number) == ("kacho@city.shioiri.example", "")
    assert "港湾課長　様" in given.body
    file = written(store, case, To(), OWNER)
    with pytest.raises(RyoshikiError, match="as a file"):
        letters.send(store, OWNER, file.id, post(25))
    with store.write() as db, pytest.raises(RyoshikiError, match="no mail address"):
        letters.write(db, OWNER, case.id, WAY, To(mail="a@b.example\r\nBcc: c@d.example"), ORGANISATION)


def test_handed_over_as_a_file(store: Store, case: Case) -> None:
    """The author says so; whom it is addressed to sees the case; it is not sent besides."""
    letter = written(store, case)
    with store.write() as db:
        assert letters.handed_over(db, AUTHOR, letter.id).state == "out"
        assert cases.find(db, HEAD, case.id).state == "reported"
        with pytest.raises(RyoshikiError, match="already"):
            letters.handed_over(db, AUTHOR, letter.id)
    with pytest.raises(RyoshikiError, match="already"):
        letters.send(store, AUTHOR, letter.id, post(25))


def test_the_file_is_a_mail_not_yet_sent(store: Store, case: Case) -> None:
    """A mail program opens it for writing; its lines are short, and its words the letter's."""
    letter = written(store, case)
    data = bytes(letters.message(letter))
    mail = message_from_bytes(data, policy=default)
    assert mail["X-Unsent"] == "1"
    assert mail["From"] is None
    assert max(map(len, data.splitlines())) < 200
    assert base64.b64decode(data.partition(b"\r\n\r\n")[2]).decode().replace("\r\n", "\n") == letter.body


def test_no_head_can_be_slipped_in(store: Store, case: Case) -> None:
    """A value with a line end is refused where the mail is made, wherever it came from."""
    letter = written(store, case)
    for sender, reply_to in (("a@b.example\r\nBcc: c@d.example", ""), ("a@b.example", "x\nBcc: c@d.example")):
        with pytest.raises(ValueError, match="linefeed"):
            letters.message(letter, sender, reply_to)
