"""The form to print and sign: one A4 sheet that says what is asked, and how to take it back."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from html import escape

from ryoshiki.desk.consents.ledger import Consent
from ryoshiki.model import Guideline

TITLE = "写真の掲載についての同意書"
PROMISE = (
    "断っても、不利になることはありません。いつでも取りやめられます。取りやめのお申し出があれば、載せた写真を外します。"
    "ただし、すでに広まったものを、すべて消すことはできません。"
)
_STYLE = """
:root{color-scheme:light}
body{margin:0 auto;max-width:42rem;padding:1.5rem;color:#000;background:#fff;
font:1rem/1.8 "Noto Sans JP","Hiragino Sans","Yu Gothic UI",Meiryo,sans-serif}
h1{font-size:1.5rem;text-align:center;margin:.5rem 0 1rem}h2{font-size:1.1rem;margin:1.2rem 0 .3rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #555;padding:.4rem .7rem;text-align:left}
th{width:9rem;font-weight:600}p{margin:.3rem 0}.choice{font-size:1.1rem}.line{display:flex;gap:1rem;margin:1.3rem 0}
.line span{flex:1;border-bottom:1px solid #000}.code{display:flex;gap:1rem;align-items:center;margin-top:1rem}
.code svg{width:7rem;height:7rem;flex:none}.small{font-size:.85rem}
@page{size:A4;margin:15mm}@media print{body{padding:0;max-width:none}}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"


def render(consent: Consent, guideline: Guideline, address: str = "") -> str:
    """The sheet as a whole HTML document. ``address``: where one can answer on a phone; "": on paper only."""
    return (
        f'<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>{TITLE}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<style>{_STYLE}</style></head><body><main><h1>{TITLE}</h1>{sheet(consent, guideline, address)}"
        f"</main></body></html>\n"
    )


def sheet(consent: Consent, guideline: Guideline, address: str = "") -> str:
    """What stands under the title, as HTML."""
    keeper = escape(f"{guideline.organisation.name} {consent.section}".strip())
    rows = {"行事・写真": consent.event, "載せる先": "、".join(consent.media), "いつまで": term(consent.until)}
    table = "".join(f"<tr><th>{name}</th><td>{escape(value)}</td></tr>" for name, value in rows.items())
    signers = ["写る人のお名前", *(["保護者のお名前"] if consent.guardian else []), "日付"]
    lines = "".join(f'<p class="line">{name}<span></span></p>' for name in signers)
    return (
        f"<p>{escape(consent.guardian or consent.person)} 様</p>"
        f"<p>{keeper}です。{_about(consent)}が写った写真を、次のとおり載せてよいか、お聞きします。</p>"
        f"<table>{table}</table><p>{PROMISE}</p>"
        f"<h2>お答え（どちらかに印を付けてください）</h2>"
        f'<p class="choice">□ 同意します　　□ 同意しません</p>{lines}'
        f"{_code(consent, address)}"
        f'<p class="small">この紙は、同意の確かめだけに使い、期限が終わってから決まった日数のあとで捨てます。'
        f"お問い合わせ・取りやめ: {keeper}（番号 {consent.id[:8]}）</p>"
    )


def _about(consent: Consent) -> str:
    name = escape(consent.person)
    return f"{name} さん" if consent.guardian else "あなた"


def term(until: date | None) -> str:
    """Until when, in words."""
    return f"{until.year}年{until.month}月{until.day}日まで" if until else "取りやめるまで"


def _code(consent: Consent, address: str) -> str:
    import segno

    code = segno.make(address or consent.id, error="m", micro=False)
    svg = code.svg_inline(border=0, svgclass=None, lineclass=None, omitsize=True)
    words = (
        f"スマートフォンでも答えられます。あとで取りやめるときも、ここからどうぞ。<br>{escape(address)}"
        if address
        else "受け取った職員が、記録を探すための印です。"
    )
    return f'<div class="code">{svg}<p class="small">{words}</p></div>'
