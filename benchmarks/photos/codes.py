"""QR and bar codes on a table, a wall, a package."""

from __future__ import annotations

from random import Random

import numpy as np
import segno
import zxingcpp
from PIL import Image

from benchmarks.photos import people
from benchmarks.photos.canvas import Canvas, tilted
from benchmarks.photos.light import HEIGHT, WIDTH, desk, wall


def qr_secret(rng: Random, n: int) -> Canvas:
    """A QR code that gives away a key, a person or a machine inside."""
    person = people.name(rng).replace(" ", ";")
    payload, rule, title = (
        (f"WIFI:T:WPA;S:shokuin-{rng.randint(1, 9)}F;P:{people.password(rng)};;", "security", "Wi-Fi"),
        (
            f"BEGIN:VCARD\nVERSION:3.0\nN:{person};;;\nTEL:{people.mobile(rng)}\nEMAIL:{people.mail(rng)}\nEND:VCARD",
            "personal-info",
            "連絡先",
        ),
        (f"http://192.168.{rng.randint(0, 30)}.{rng.randint(2, 250)}/login", "security", "端末登録"),
        (f"https://kyoyu.example/share?token={rng.getrandbits(80):020x}", "security", "共有フォルダ"),
    )[n % 4]
    return _qr(rng, n // 2, payload, rule, title)


def qr_plain(rng: Random, n: int) -> Canvas:
    """A QR code that anybody may read."""
    payload, title = (
        ("https://www.city.example/event/2026/minato", "港まつり"),
        ("https://map.example/?q=%E5%9C%B0%E7%90%83%E5%B2%AC", "アクセス"),
        ("ごちそうさまでした", "メッセージ"),
        ("https://menu.example/lunch", "メニューはこちら"),
    )[n % 4]
    return _qr(rng, n, payload, None, title)


def _qr(rng: Random, n: int, payload: str, rule: str | None, title: str) -> Canvas:
    scene = (desk if n % 2 else wall)(rng)
    sheet = Canvas.blank(640, 760, (255, 255, 255))
    sheet.centred(20, title, 54, (30, 60, 120))
    code = segno.make(payload, error="m", boost_error=False)
    wide = int(code.symbol_size(border=0)[0])
    cells = Image.frombytes("L", (wide, wide), bytes(0 if dark else 255 for row in code.matrix for dark in row))
    sheet.image.paste(cells.resize((500, 500), Image.Resampling.NEAREST).convert("RGB"), (70, 150))
    sheet.mark("code", payload, rule, (70, 150, 570, 650))
    high = HEIGHT * (0.72, 0.42, 0.28)[n % 3]
    shape = tilted((WIDTH * 0.5, HEIGHT * 0.5), high * 0.84, high, rng.uniform(-18, 18), rng.uniform(0, 0.18))
    scene.place(sheet, shape)
    return scene


def bar(rng: Random, n: int) -> Canvas:
    """EAN-13 on a package, and Code 128 on a paper from the office."""
    scene = desk(rng)
    secret = n % 3 == 2
    if secret:
        payload, kind = f"JUMIN-{rng.randint(100000, 999999)}", zxingcpp.BarcodeFormat.Code128
    else:
        digits = f"49{rng.randint(0, 10**10 - 1):010}"
        weighed = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits))
        payload, kind = f"{digits}{-weighed % 10}", zxingcpp.BarcodeFormat.EAN13
    drawn = Image.fromarray(np.asarray(zxingcpp.create_barcode(payload, kind).to_image(scale=1)))
    drawn = drawn.crop((0, 0, drawn.width, 1)).resize((drawn.width * 5, 220), Image.Resampling.NEAREST)
    sheet = Canvas.blank(drawn.width + 120, 460, (255, 255, 255))
    sheet.text((60, 20), "管理票" if secret else "北の塩ラーメン", 56, bold=True)
    sheet.image.paste(drawn.convert("RGB"), (60, 130))
    sheet.mark("code", payload, None, (60, 130, 60 + drawn.width, 350))
    sheet.text((90, 364), payload, 48)
    wide = WIDTH * (0.5, 0.4, 0.6)[n % 3]
    high = wide * sheet.size[1] / sheet.size[0]
    scene.place(sheet, tilted((WIDTH * 0.5, HEIGHT * 0.5), wide, high, rng.uniform(-8, 8), rng.uniform(0, 0.1)))
    return scene
