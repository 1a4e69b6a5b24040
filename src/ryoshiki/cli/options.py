"""The options of all commands: name, what it takes, and what it does in Japanese and in English."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ryoshiki.report import FORMATS


def _option(name: str, takes: str | None, japanese: str, english: str) -> Any:
    return typer.Option(name, metavar=takes, help=f"{japanese} / {english}")


def _argument(name: str, japanese: str, english: str) -> Any:
    return typer.Argument(metavar=name, help=f"{japanese} / {english}")


# Shared by several commands.
Lang = Annotated[str | None, _option("--lang", "LANG", "表示の枠の言葉: ja, en", "Language of labels")]
Folder = Annotated[Path | None, _option("--guideline", "DIR", "ガイドラインのフォルダ", "Guideline folder")]

# check
Text = Annotated[str | None, _argument("TEXT", "下書き（なければ標準入力）", "The draft (default: standard input)")]
DraftFile = Annotated[Path | None, _option("--file", "FILE", "下書きのファイル", "Read the draft from a file")]
Photos = Annotated[list[Path] | None, _option("--photo", "FILE", "添える写真（いくつでも）", "A photo, any number")]
At = Annotated[
    str | None,
    _option("--at", "ISO|now|none", "投稿する日時。now（既定）は今、none は時計を見ない", "Time of posting"),
]
PlatformName = Annotated[str | None, _option("--platform", "NAME", "投稿先: x, facebook など", "Service")]
AccountKind = Annotated[str | None, _option("--account", "KIND", "private か official", "Kind of account")]
ReplyTo = Annotated[str | None, _option("--reply-to", "TEXT", "返信する相手の文", "The text it answers")]
Handle = Annotated[str | None, _option("--handle", "NAME", "自分のアカウント名", "Your account name")]
Format = Annotated[str | None, _option("--format", "FORMAT", ", ".join(FORMATS), "Format of the report")]
FailOn = Annotated[
    str | None,
    _option("--fail-on", "SEVERITY", "終了コードを 1 にする重さ: stop, caution, confirm, never", "Exit 1 from"),
]
Opinion = Annotated[
    bool,
    _option(
        "--second-opinion", None, "設定した第二の読み手にも、この下書きを送って読ませる", "Ask the second reader too"
    ),
]
Everything = Annotated[bool, _option("--all", None, "すべての指摘を示す", "Show every note")]
Mend = Annotated[bool, _option("--fix", None, "直した下書きだけを出力する", "Print the draft, mended")]
Output = Annotated[Path | None, _option("--output", "FILE", "出力するファイル", "Write to a file")]
Batch = Annotated[
    Path | None, _option("--batch", "FILE", "JSONL のファイル、- は標準入力", "Many drafts, one JSON object a line")
]

# explain
Name = Annotated[str | None, _argument("RULE|SIGN|CLAUSE", "規則・しるし・条項（なければ一覧）", "What to explain")]

# ask
Asked = Annotated[str | None, _argument("QUESTION", "質問（なければ一覧）", "A question (default: list them all)")]

# scope
KindName = Annotated[str | None, _argument("KIND", "人の種類: 再任用 など（なければ一覧）", "A kind of people")]
StaffFile = Annotated[Path | None, _option("--csv", "FILE", "職員名簿の CSV、- は標準入力", "A staff list as CSV")]

# history
ArchivePath = Annotated[Path, _argument("ARCHIVE", "保存データ（zip、tar、フォルダ、ファイル）", "The archive")]
HistoryFormat = Annotated[str, _option("--format", "FORMAT", "html（既定）, json, csv", "Format of the report")]
Since = Annotated[str | None, _option("--since", "DATE", "この日からの投稿", "Posts from this day on")]
Until = Annotated[str | None, _option("--until", "DATE", "この日までの投稿", "Posts up to this day")]
Likes = Annotated[bool, _option("--likes", None, "「いいね」も読む", "What was liked as well")]
WithPhotos = Annotated[bool, _option("--photos", None, "写真も見る（時間がかかる）", "Look at the photos too (slow)")]
Most = Annotated[
    int, typer.Option("--most", metavar="N", min=1, max=5_000, help="報告に載せる投稿の数 / Posts to show")
]
Again = Annotated[
    bool, _option("--again", None, "続きからではなく、はじめから", "From the beginning, not from where it was")
]

# guideline
ShownFolder = Annotated[Path | None, _argument("DIR", "ガイドラインのフォルダ", "Guideline folder")]
CheckedFolder = Annotated[Path, _argument("DIR", "ガイドラインのフォルダ", "Guideline folder")]
NewFolder = Annotated[Path, _argument("DIR", "つくるフォルダ", "Folder to make")]
OrganisationName = Annotated[str, _option("--name", "NAME", "団体の名前", "Name of your organisation")]
Platforms = Annotated[bool, _option("--platforms", None, "サービスごとの広がり方など", "Facts on services")]

# waive
Fingerprint = Annotated[str | None, _argument("FINGERPRINT", "check --all に出る指紋", "As check --all shows it")]
SignName = Annotated[str, _option("--sign", "SIGN", "しるし（一覧に残す）", "Its sign, kept for the list")]
Listing = Annotated[bool, _option("--list", None, "確かめ済みの一覧", "List what was accepted")]
Remove = Annotated[bool, _option("--remove", None, "取りやめる", "Take it back")]
WaiversFile = Annotated[Path | None, _option("--waivers", "FILE", "記録のファイル", "File of accepted findings")]

# links
ListFiles = Annotated[list[Path], _argument("FILE…", "一覧のファイル（gzip でもよい）", "Lists, gzipped or not")]
ListKind = Annotated[str, _option("--kind", "KIND", "obscene（既定）か dangerous", "What the list holds")]
ListName = Annotated[str | None, _option("--name", "NAME", "一覧の名前（既定はファイルの名前）", "Name of the list")]
ListToRemove = Annotated[str, _argument("NAME", "一覧の名前", "Name of the list")]

# photo
PhotoIn = Annotated[Path, _argument("IN", "写真", "The photo")]
PhotoOut = Annotated[Path, _argument("OUT", "写しのファイル（.jpg .png .webp）", "File of the copy")]
Keep = Annotated[
    str | None, _option("--keep", "1,3", "塗りつぶさない番号（同意のある人など）", "Numbers to leave as they are")
]
Preview = Annotated[
    Path | None, _option("--preview", "FILE", "番号を付けた写真（JPEG）", "The photo with numbered boxes")
]
AllLetters = Annotated[
    bool, _option("--letters", None, "読めた文字をすべて数える", "Count all letters, not only those of concern")
]

# web
Host = Annotated[str | None, _option("--host", "ADDRESS", "開くアドレス（既定 127.0.0.1）", "Address to serve at")]
Port = Annotated[int | None, _option("--port", "N", "ポート（既定 8417）", "Port")]
PublicOrigin = Annotated[
    str | None, _option("--origin", "URL", "利用者が開く URL（プロキシを置くとき）", "Address as people type it")
]
Proxies = Annotated[
    str | None, _option("--proxies", "ADDRESS,…", "信頼するプロキシのアドレス", "Addresses of trusted proxies")
]
AccessLog = Annotated[
    bool, _option("--log", None, "だれが何を開いたかを標準エラーに出す（文は出さない）", "Access log, without words")
]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="ブラウザも開く / Open the browser as well")]
