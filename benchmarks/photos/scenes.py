"""The set: which scenes, how many of each, and the way from a scene to a picture with its truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from PIL import Image

from benchmarks.photos import cards, codes, faces, files, goods, office, papers, people, prints, shops, views
from benchmarks.photos.canvas import Canvas
from benchmarks.photos.light import HEIGHT, WIDTH, Look, developed
from benchmarks.photos.truth import Code, Letters, Picture, Truth

SEED = 20130809
_PLACES = ((42.3152, 140.9738), (42.3047, 141.0003), (43.0621, 141.3544), (35.6812, 139.7671))  # in public: sights


@dataclass(frozen=True, slots=True)
class Scene:
    """``count`` pictures of one kind. ``rules``: what the guideline says of it besides its letters."""

    count: int
    draw: Callable[[Random, int], Canvas]
    rules: frozenset[str] = frozenset()
    secret: bool = True


def _some(count: int, draw: Callable[[Random, int], Canvas], *rules: str) -> Scene:
    return Scene(count, draw, frozenset(rules))


def _none(count: int, draw: Callable[[Random, int], Canvas]) -> Scene:
    return Scene(count, draw, secret=False)


SCENES: dict[str, Scene] = {
    "form": _some(12, papers.form),
    "stamped": _some(10, papers.stamped),
    "calendar": _some(4, papers.calendar),
    "upright": _some(4, papers.upright),
    "whiteboard": _some(9, office.whiteboard),
    "table": _some(8, office.screen_table),
    "mail": _some(6, office.screen_mail),
    "sticky": _some(8, office.sticky),
    "wifi": _some(4, office.wifi_note),
    "television": _some(3, office.television, "copyright"),
    "staff": _some(3, cards.staff),
    "licence": _some(3, cards.licence),
    "mynumber": _some(4, cards.my_number),
    "nametag": _some(4, cards.nametag),
    "plate": _some(12, cards.plate, "privacy"),
    "qrsecret": _some(12, codes.qr_secret),
    "newspaper": _some(3, prints.newspaper, "copyright"),
    "book": _some(3, prints.book, "copyright"),
    "comic": _some(3, prints.comic, "copyright"),
    "face": _some(24, faces.face, "portrait"),
    "smallface": _some(4, faces.small_face, "portrait"),
    "qrplain": _none(6, codes.qr_plain),
    "bar": _none(6, codes.bar),
    "menu": _none(6, shops.menu),
    "shop": _none(5, shops.shop),
    "station": _none(4, shops.station),
    "poster": _none(5, shops.poster),
    "road": _none(3, shops.road),
    "word": _none(4, shops.word),
    "package": _none(4, goods.package),
    "receipt": _none(4, goods.receipt),
    "spines": _none(2, goods.spines),
    "shirt": _none(2, goods.shirt),
    "land": _none(4, views.land),
    "texture": _none(4, views.texture),
    "dish": _none(4, views.dish),
    "game": _none(3, views.game),
    "chart": _none(3, views.chart),
    "weather": _none(3, views.weather),
    "cards": _none(2, views.table),
    "real": _none(len(views.NO_PEOPLE), views.real),
}
# Harmless to look at; what matters stands in the file.
TAGGED: dict[str, int] = {"gps": 16, "thumbnail": 6, "ai": files.AI, "creator": files.CREATORS}
_QUIET = (views.dish, views.land, shops.station, views.texture)
_AS_IT_IS = frozenset(["game", "chart", "weather", "real"])  # screenshots, and what a camera took already


def kinds() -> dict[str, int]:
    """How many pictures of each kind can be built with the packages that are installed."""
    counts = {name: scene.count for name, scene in SCENES.items()} | TAGGED
    if not faces.there():
        counts = {name: n for name, n in counts.items() if name not in ("face", "smallface")}
    return counts if views.real_there() else {name: n for name, n in counts.items() if name != "real"}


def pictures() -> Iterator[Picture]:
    """The whole set, one after the other; the same every time."""
    for kind, count in kinds().items():
        for n in range(count):
            yield picture(kind, n)


def picture(kind: str, n: int) -> Picture:
    """The ``n``-th picture of a kind, by itself the same as in the whole set."""
    rng = Random(f"{SEED}/{kind}/{n}")
    if kind in TAGGED:
        return _tagged(kind, n, rng)
    scene = SCENES[kind]
    canvas = scene.draw(rng, n)
    look = Look(blur=0, noise=0) if kind in _AS_IT_IS else Look.some(rng, hard=n % 4 == 3)
    image = developed(canvas.image, look, rng)
    gps = rng.choice(_PLACES) if scene.secret and n % 6 == 1 else None
    file = files.plain(image, rng, gps)
    return Picture(f"{kind}-{n:02}", file.data, _truth(canvas, scene.rules, file))


def _truth(canvas: Canvas, rules: frozenset[str], file: files.File) -> Truth:
    size = canvas.size
    marks = canvas.marks
    spoken = {m.rule for m in marks if m.rule is not None} | ({"identity"} if file.gps else set())
    return Truth(
        rules=rules | spoken,
        letters=tuple(Letters(m.text, m.rule or "", m.box(size)) for m in marks if m.what == "letters"),
        codes=tuple(Code(m.text, m.rule, m.box(size)) for m in marks if m.what == "code"),
        faces=tuple(m.box(size) for m in marks if m.what == "face"),
        plates=tuple(Letters(m.text, m.rule or "", m.box(size)) for m in marks if m.what == "plate"),
        gps=file.gps,
    )


def _tagged(kind: str, n: int, rng: Random) -> Picture:
    """A quiet picture, and a file that says more than the picture shows."""
    name = f"{kind}-{n:02}"
    if kind == "thumbnail" and n % 2:  # cut before posting; the small picture still shows the form
        whole = developed(papers.form(rng, 0).image, Look.some(rng), rng)
        left = whole.crop((WIDTH * 3 // 5, HEIGHT * 3 // 5, WIDTH, HEIGHT))
        return Picture(name, files.thumbnailed(left, whole).data, Truth(frozenset(["identity"]), thumbnail=True))
    image = _quiet(n, rng)
    if kind == "thumbnail":
        return Picture(name, files.thumbnailed(image, image).data, Truth(thumbnail=True))
    if kind == "gps":
        file = files.placed(image, _PLACES[n % len(_PLACES)], n)
        return Picture(name, file.data, Truth(frozenset(["identity"]), gps=file.gps))
    if kind == "ai":
        machine = Truth(frozenset(["misunderstanding"]), marks=frozenset(["ai"]))
        return Picture(name, files.made_by_machine(image, n).data, machine)
    author = people.name(rng)
    mine = Truth(frozenset(["identity"]), marks=frozenset(["creator"]))
    return Picture(name, files.signed(image, n, author).data, mine)


def _quiet(n: int, rng: Random) -> Image.Image:
    canvas = _QUIET[n % len(_QUIET)](rng, n)
    return developed(canvas.image, Look.some(rng), rng)


def large(megapixels: int = 12) -> Picture:
    """A form as a telephone's own camera stores it, to take the time by."""
    rng = Random(f"{SEED}/large")
    canvas = papers.form(rng, 0)
    scale = (megapixels * 1_000_000 / (WIDTH * HEIGHT)) ** 0.5
    size = (round(WIDTH * scale), round(HEIGHT * scale))
    image = developed(canvas.image.resize(size, Image.Resampling.BICUBIC), Look(blur=0.5, noise=4), rng)
    return Picture("large-00", files.saved(image, "JPEG", quality=92), Truth(frozenset(["personal-info"])))
