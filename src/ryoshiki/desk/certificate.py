"""The certificate of a training: one A4 page that asks for nothing from outside, and tells no score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from ryoshiki.desk.printable import printable
from ryoshiki.model import RyoshikiError

NAME_LIMIT = 60  # characters


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who has completed which training, and when; ``cases`` is how many different ones were met.

    Raises:
        RyoshikiError: a name that is empty, too long or not of one line.
    """

    name: str
    guideline: str
    version: str
    completed: date
    cases: int

    def __post_init__(self) -> None:
        if not self.name.strip() or not printable(self.name) or len(self.name) > NAME_LIMIT:
            said = f"一行で {NAME_LIMIT} 文字までの名前が要ります (a name of one line, up to {NAME_LIMIT} characters)"
            raise RyoshikiError(f"--name: {said}")


def page(certificate: Certificate) -> str:
    """A whole HTML document, in Japanese with a little English."""
    day = certificate.completed
    return _PAGE.format(
        name=escape(certificate.name),
        guideline=escape(certificate.guideline),
        version=escape(certificate.version),
        cases=certificate.cases,
        day=f"{day.year}年{day.month}月{day.day}日",
        day_en=day.isoformat(),
    )


_PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>修了証 Certificate</title><style>
@page{{size:A4;margin:18mm}}
*{{box-sizing:border-box}}
body{{margin:0;padding:1rem;background:#fff;color:#1a1a1a;line-break:strict;
font:1rem/1.9 "Noto Sans JP","Noto Sans CJK JP","BIZ UDPGothic","Hiragino Sans","Yu Gothic UI",Meiryo,sans-serif}}
main{{max-width:44rem;min-height:min(60rem,90vh);margin:0 auto;padding:clamp(1.5rem,8vw,5rem) clamp(1rem,7vw,4rem);
border:2px solid #0017c1;outline:1px solid #0017c1;outline-offset:-10px;
display:flex;flex-direction:column;gap:1.5rem;text-align:center;overflow-wrap:anywhere}}
h1{{margin:0;font-size:2.25rem;letter-spacing:.4em;text-indent:.4em;line-height:1.4}}
p,dl{{margin:0}}
.name{{margin:1rem 0;padding-bottom:.25rem;border-bottom:1px solid #767676;font-size:1.75rem;line-height:1.5}}
.words{{font-size:1.125rem;word-break:auto-phrase;text-wrap:balance}}
dl{{display:grid;grid-template-columns:1fr;gap:.25rem}}dt{{font-weight:700}}dd{{margin:0 0 .75rem}}
.note{{margin-top:auto;padding-top:2rem;color:#4d4d4d;font-size:.875rem}}
[lang=en]{{color:#4d4d4d;font-size:.875rem;font-weight:400;letter-spacing:normal;text-indent:0}}
h1 [lang=en]{{display:block;font-size:1rem}}
@media print{{body{{padding:0}}main{{max-width:none;min-height:255mm}}}}
</style></head><body><main>
<h1>修了証 <span lang="en">Certificate of completion</span></h1>
<p class="name">{name}</p>
<p class="words">「{guideline}」にもとづく、<wbr>ソーシャルメディアの研修を終えました。</p>
<p lang="en">has completed the training on the use of social media.</p>
<dl>
<dt>ガイドラインの版 <span lang="en">Version of the guideline</span></dt><dd>{version}</dd>
<dt>終えた日 <span lang="en">Completed on</span></dt><dd>{day} <span lang="en">{day_en}</span></dd>
<dt>取り組んだ事例 <span lang="en">Cases met</span></dt><dd>{cases}</dd>
</dl>
<p class="note">本人の端末でつくったものです。点数も、答えの中身も記していません。<br>
<span lang="en">Made on the person's own machine. It tells neither score nor answers.</span></p>
</main></body></html>
"""
