"""Other people's pages: a newspaper, a book, a comic."""

from __future__ import annotations

from random import Random

from benchmarks.photos.canvas import INK, Canvas, tilted
from benchmarks.photos.light import HEIGHT, WIDTH, desk

_PROSE = (
    "港の朝は早い。霧笛が二度鳴ると、岸壁に灯がともり、人の影が動き出す。",
    "坂の上から見ると、工場の煙は白く、海はまだ暗かった。",
    "彼は帳面を閉じて、しばらく黙っていた。外では雪が降りはじめていた。",
    "「明日は晴れるでしょうか」と、少女は窓の外を見ながら言った。",
    "列車が鉄橋を渡る音が聞こえると、町はまた静かになった。",
)


def newspaper(rng: Random, n: int) -> Canvas:
    """A front page."""
    scene = desk(rng)
    page = Canvas.blank(1100, 1300, (226, 224, 214))
    page.centred(20, ("架空新聞", "見本日報", "例題タイムス")[n % 3], 84)
    page.text((60, 150), f"2026年(令和8年)6月{n + 10}日 朝刊 第{rng.randint(10000, 40000)}号", 28)
    page.centred(210, ("港湾計画 見直しへ", "新校舎の建設 始まる", "大雪 交通に乱れ")[n % 3], 84)
    for row in range(3):
        for column in range(18):
            text = _PROSE[(row + column) % 5]
            page.column((1020 - column * 56, 350 + row * 310), text[:9], 30)
        page.draw.line((40, 345 + row * 310, 1060, 345 + row * 310), INK, 3)
    high = HEIGHT * (1.02, 0.9, 0.8)[n % 3]
    scene.place(page, tilted((WIDTH * 0.5, HEIGHT * 0.52), high * 0.84, high, rng.uniform(-6, 6), rng.uniform(0, 0.1)))
    return scene


def book(rng: Random, n: int) -> Canvas:
    """An open book, printed downwards or across."""
    scene = desk(rng)
    for side in (-1, 1):
        page = Canvas.blank(760, 1040, (250, 246, 232))
        if n % 2 == 0:
            for column in range(11):
                text = _PROSE[(column + side + n) % 5]
                page.column((670 - column * 58, 80), (text + _PROSE[column % 5])[:22], 36)
        else:
            for line in range(15):
                text = (_PROSE[(line + n) % 5] + _PROSE[(line + 2) % 5])[:19]
                page.text((60, 70 + line * 60), text, 34, serif=True)
        page.text((360, 990), str(120 + n * 2 + side), 26, serif=True)
        centre = (WIDTH * 0.5 + side * 330, HEIGHT * 0.5)
        scene.place(page, tilted(centre, 655, 900, side * 1.5, 0.03))
    return scene


def comic(rng: Random, n: int) -> Canvas:
    """A page of a comic: frames, balloons, sound words."""
    scene = desk(rng)
    page = Canvas.blank(900, 1240, (252, 252, 252))
    said = ("まさか…！", "そんなはずは", "行くぞ！", "ドドド", "遅いよ", "えっ？", "待ってくれ", "ゴゴゴ")
    frames = ((40, 40, 860, 400), (460, 420, 860, 800), (40, 420, 440, 800), (40, 820, 860, 1200))
    for i, (left, top, right, bottom) in enumerate(frames):
        page.draw.rectangle((left, top, right, bottom), outline=INK, width=6)
        for _ in range(26):
            x = rng.randint(left + 10, right - 10)
            page.draw.line((x, top + 6, (left + right) // 2, bottom - 6), (170, 170, 170), 2)
        middle = ((left + right) // 2, (top + bottom) // 2)
        page.draw.ellipse((middle[0] - 70, middle[1] - 30, middle[0] + 70, middle[1] + 130), fill=(240, 240, 240))
        page.draw.ellipse((middle[0] - 70, middle[1] - 30, middle[0] + 70, middle[1] + 130), outline=INK, width=5)
        page.draw.pieslice((middle[0] - 80, middle[1] - 60, middle[0] + 80, middle[1] + 80), 180, 360, fill=INK)
        page.draw.ellipse((left + 16, top + 16, left + 136, top + 330), fill=(255, 255, 255), outline=INK, width=4)
        page.column((left + 56, top + 40), said[(n + i) % 8][:6], 40, serif=False)
    high = HEIGHT * (0.98, 0.85, 0.9)[n % 3]
    scene.place(page, tilted((WIDTH * 0.48, HEIGHT * 0.5), high * 0.72, high, rng.uniform(-8, 8), rng.uniform(0, 0.1)))
    return scene
