"""What hangs and glows in an office: whiteboards, screens, sticky notes."""

from __future__ import annotations

from random import Random

import numpy as np
from PIL import Image

from benchmarks.photos import people
from benchmarks.photos.canvas import INK, Canvas, Colour, tilted
from benchmarks.photos.food import cup
from benchmarks.photos.light import HEIGHT, WIDTH, clouds, desk, wall

_PEN: tuple[Colour, ...] = ((24, 30, 40), (20, 60, 160), (190, 30, 40))


def whiteboard(rng: Random, n: int) -> Canvas:
    """Patients, visits or shifts by hand."""
    scene = wall(rng)
    board = Canvas.blank(1400, 900, (238, 241, 242))
    board.draw.rectangle((0, 0, 1399, 899), outline=(150, 154, 160), width=16)
    title, tail = (
        ("入院患者", ("02号室 要観察", "05号室 検査", "11号室 絶食")),
        ("陽性者 一覧", ("0代 自宅", "0代 入院", "0代 調査中")),
        ("本日の訪問", (":30 訪問", ":00 面談", ":15 通院")),
        ("欠席", ("年 発熱", "年 不登校", "年 忌引")),
    )[n % 4]
    size = (64, 50, 42)[n % 3]
    board.scrawl((60, 40), title, 70, rng, _PEN[2])
    y = 170
    for _ in range(5 if size > 60 else 6):
        person = people.name(rng)
        board.scrawl((90, y), person, size, rng, _PEN[1 if y % 2 else 0], "personal-info")
        board.scrawl((720, y), f"{rng.randint(1, 6)}{tail[y % 3]}", size, rng, _PEN[0])
        y += round(size * 1.75)
    if n % 3 == 0:
        board.scrawl((90, y - 6), people.mobile(rng), size, rng, _PEN[0], "personal-info")
    wide = WIDTH * (0.94, 0.8, 0.86)[n % 3]
    scene.place(board, tilted((WIDTH / 2, HEIGHT * 0.47), wide, wide * 0.64, rng.uniform(-3, 3), rng.uniform(0, 0.1)))
    return scene


def screen_table(rng: Random, n: int) -> Canvas:
    """A screen with a table of people."""
    view = Canvas.blank(1280, 760, (255, 255, 255))
    view.draw.rectangle((0, 0, 1280, 56), fill=(33, 115, 70))
    title = ("奨学生一覧.xlsx", "滞納者リスト.xlsx", "受給者台帳", "健診結果一覧")[n % 4]
    view.text((24, 10), title, 30, (255, 255, 255))
    heads = ("番号", "氏名", "住所", "電話", "金額")
    lefts = (20, 110, 320, 740, 1000)
    size = (26, 22, 19)[n % 3]
    step = size + 20
    for y, row in enumerate(range(-1, (700 - 70) // step - 1)):
        top = 66 + y * step
        view.draw.line((10, top + step - 6, 1270, top + step - 6), (200, 204, 208), 1)
        if row < 0:
            for x, head in zip(lefts, heads, strict=True):
                view.text((x, top), head, size, (80, 80, 80))
            continue
        sure = row < 6  # enough of them are truth; the rest fill the screen
        view.text((lefts[0], top), f"{1001 + row}", size)
        view.text((lefts[1], top), people.name(rng), size, rule="personal-info" if sure else None)
        view.text((lefts[2], top), people.address(rng), size, rule="personal-info" if sure else None)
        view.text((lefts[3], top), people.mobile(rng), size, rule="personal-info" if sure else None)
        view.text((lefts[4], top), f"{rng.randint(12, 900) * 100:,}", size)
    return _shown(view, rng, n)


def screen_mail(rng: Random, n: int) -> Canvas:
    """A screen with a mail, or an internal address in the browser."""
    view = Canvas.blank(1280, 760, (250, 250, 252))
    view.draw.rectangle((0, 0, 1280, 110), fill=(222, 225, 230))
    view.draw.rounded_rectangle((130, 54, 1180, 98), 20, fill=(255, 255, 255))
    host = (
        "http://192.168.10.24/keiyaku/",
        "https://portal.intra.example/jinji/",
        "http://10.20.3.8:8080/kokuho/login",
        "http://bunsho.lan/kessai/",
    )[n % 4]
    view.text((160, 58), host, 28, rule="security")
    sender, phone = people.mail(rng), people.landline(rng)
    view.text((60, 150), ("【部外秘】組織改正の件", "人事異動（内示）について", "苦情対応の記録")[n % 3], 40, bold=True)
    view.text((60, 226), f"差出人: {people.name(rng)}", 26)
    view.text((560, 226), sender, 26, rule="personal-info")
    lines = ("お疲れさまです。", "添付のとおり整理しましたので、", "発表まで取り扱いに注意してください。")
    for i, line in enumerate(lines):
        view.text((60, 300 + i * 56), line, 30)
    view.text((60, 500), "連絡先", 28)
    view.text((160, 500), phone, 28, rule="personal-info")
    return _shown(view, rng, n)


def _shown(view: Canvas, rng: Random, n: int) -> Canvas:
    scene = wall(rng, (120, 124, 130))
    scene.draw.rectangle((0, HEIGHT * 0.8, WIDTH, HEIGHT), fill=(150, 112, 78))
    frame = Canvas.blank(1340, 850, (24, 24, 26))
    frame.place(view, [(30, 28), (1310, 28), (1310, 788), (30, 788)], shadow=0)
    wide = WIDTH * (0.95, 0.84, 0.76)[n % 3]
    corners = tilted((WIDTH * 0.5, HEIGHT * 0.45), wide, wide * 0.63, rng.uniform(-3, 3), rng.uniform(-0.06, 0.08))
    scene.place(frame, corners)
    cup(scene, (WIDTH * 0.86, HEIGHT * 0.9), 220)
    return scene


def sticky(rng: Random, n: int) -> Canvas:
    """A note with an ID and a password on the frame of a screen or on a desk."""
    scene = desk(rng) if n % 2 else wall(rng, (60, 64, 70))
    note = Canvas.blank(600, 560, rng.choice([(250, 236, 120), (250, 190, 200), (176, 226, 240)]))
    code = people.password(rng)
    words = (
        (f"ID: kikaku{rng.randint(10, 99)}", f"PW: {code}"),
        ("ログイン", "パスワード", code),
        (f"user: soumu{rng.randint(1, 9)}", f"pass: {code}"),
        ("住基端末", f"暗証番号 {rng.randint(1000, 9999)}"),
    )[n % 4]
    for i, line in enumerate(words):
        last = i == len(words) - 1
        size = min(72, int(490 / (len(line) * 0.6 if line.isascii() else len(line) * 0.85)))
        note.scrawl((40, 90 + i * 140), line, size, rng, INK, "security" if last else None)
    wide = WIDTH * (0.42, 0.32, 0.26)[n % 3]
    shape = tilted((WIDTH * 0.48, HEIGHT * 0.5), wide, wide * 0.93, rng.uniform(-10, 10), rng.uniform(0, 0.1))
    scene.place(note, shape)
    return scene


def wifi_note(rng: Random, n: int) -> Canvas:
    """The office's Wi-Fi with its key, printed on a card on the wall."""
    scene = wall(rng)
    card = Canvas.blank(900, 560, (252, 252, 250))
    card.centred(40, "職員用 Wi-Fi", 70)
    card.text((70, 190), f"SSID: shokuin-{rng.randint(1, 9)}F", 56)
    key = people.password(rng)
    label = card.text((70, 310), f"{('パスワード', '暗号化キー', 'Password', 'KEY')[n % 4]}:", 54)
    card.text((label[2] + 18, 310), key, 54, rule="security")
    wide = WIDTH * (0.7, 0.45)[n % 2]
    scene.place(card, tilted((WIDTH / 2, HEIGHT / 2), wide, wide * 0.62, rng.uniform(-4, 4), rng.uniform(0, 0.12)))
    return scene


def television(rng: Random, n: int) -> Canvas:
    """A television with a programme and its caption."""
    view = Canvas.blank(1280, 720)
    view.image.paste(Image.fromarray((clouds(1280, 720, rng, 8) * 180 + 30).astype(np.uint8)).convert("RGB"))
    view.draw.rectangle((0, 560, 1280, 700), fill=(20, 40, 120))
    caption = ("速報 国会で審議はじまる", "密着！港町の朝市", "決勝戦 9回裏 同点")[n % 3]
    view.text((50, 580), caption, 76, (255, 255, 255), bold=True)
    view.text((1010, 30), ("LIVE", "再放送", "生中継")[n % 3], 56, (255, 255, 255), bold=True)
    return _shown(view, rng, n)
