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

# desk
Revision = Annotated[str, _option("--to", "REVISION", "合わせる形（既定 head、base は空）", "Shape to bring it to")]
BackupOut = Annotated[Path, _argument("FILE", "控えのファイル（新しい名前）", "A new file for the copy")]
BackupIn = Annotated[Path, _argument("FILE", "控えのファイル", "The copy")]
DryRun = Annotated[
    bool, _option("--dry-run", None, "何があるかを示すだけで、何も変えない", "Only tell, change nothing")
]
JournalEnd = Annotated[str | None, _option("--end", "SEQ:HASH", "前に控えた終わり", "An end noted before")]
StaffIn = Annotated[Path, _argument("FILE", "職員名簿の CSV、- は標準入力", "A staff list as CSV")]
WholeList = Annotated[
    bool, _option("--whole", None, "名簿にない人は、やめた人とする", "Who is not in the list has left")
]

# consent
Person = Annotated[str, _option("--person", "NAME", "写る人の名前", "Who is in the picture")]
Event = Annotated[str, _option("--event", "TEXT", "行事や写真の名前", "The event or picture")]
Media = Annotated[list[str], _option("--media", "TEXT", "載せる先（いくつでも）", "Where it is shown, any number")]
ConsentUntil = Annotated[
    str | None, _option("--until", "YYYY-MM-DD", "いつまで（なければ取りやめるまで）", "Until when")
]
Guardian = Annotated[str, _option("--guardian", "NAME", "答える保護者の名前", "Who answers for a child")]
AskedHow = Annotated[str, _option("--how", "WAY", "聞き方: paper, phone, spoken, mail", "How they are asked")]
ConsentWords = Annotated[str, _argument("WORDS", "行事や名前に含まれる言葉", "Words in the event or the name")]
ConsentId = Annotated[str, _argument("ID", "同意の番号（はじめの 6 文字から）", "Its id, six letters at least")]
Agreed = Annotated[bool, typer.Option("--agreed/--refused", help="同意したか、しなかったか / The answer")]
UsedAt = Annotated[str, _argument("PLACE", "投稿の住所や、紙の名前", "Address of the post, or the paper")]
UsedOn = Annotated[str | None, _option("--on", "YYYY-MM-DD", "日付（既定は今日）", "The day (default: today)")]
UseId = Annotated[str, _argument("USE", "使った所の番号", "Id of the use")]
PhotoOr = Annotated[Path | None, _option("--photo", "FILE", "写真", "The photo")]
EventOr = Annotated[str, _option("--event", "TEXT", "行事の名前", "The event")]
# train
TrainedRule = Annotated[str | None, _option("--rule", "RULE", "この規則の事例だけ", "Cases of this rule only")]
TrainedRules = Annotated[
    bool, _option("--rules", None, "規則と、その事例の数", "The rules, and how many cases each has")
]
Count = Annotated[int | None, _option("--count", "N", "事例の数（既定 10）", "How many cases (default: 10)")]
ShownCase = Annotated[str | None, _option("--show", "CASE", "一つの事例を、答えつきで", "One case, with its answer")]
CertificateFile = Annotated[
    Path | None, _option("--certificate", "FILE", "修了証のファイル（HTML）", "Write the certificate (HTML)")
]
CertificateName = Annotated[str | None, _option("--name", "NAME", "修了証の名前", "The name on the certificate")]
Forget = Annotated[bool, _option("--forget", None, "研修の記録を消す", "Delete the record of the training")]

# desk password, desk sessions
StaffNumber = Annotated[str, _argument("NUMBER", "職員番号", "The staff number")]
FromStdin = Annotated[bool, _option("--stdin", None, "パスワードを標準入力から読む", "Read it from standard input")]
EndSessions = Annotated[str | None, _option("--end", "NUMBER", "この職員をサインアウトさせる", "Sign this person out")]

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
OnlyNoted = Annotated[
    bool, _option("--only-noted", None, "文字は、指摘のあるものだけを数える", "Of letters, count only those of concern")
]

# trouble
TroubleName = Annotated[str, _argument("PATH", "できごとの種類（id か題）", "A kind of trouble, by id or title")]
CaseId = Annotated[str, _argument("CASE", "件の番号（はじめの 8 文字でよい）", "A case, by the start of its id")]
CaseTitle = Annotated[str | None, _option("--title", "WORDS", "件の題（一行）", "Title of the case")]
KnownAt = Annotated[
    str | None, _option("--known-at", "ISO", "気づいた日時（期限はここから）", "When you learned of it")
]
Facts = Annotated[
    list[str] | None, _option("--fact", "QUESTION=WORDS", "問いへの答え（いくつでも）", "An answer to a question")
]
CityWork = Annotated[
    str | None,
    _option("--city-work", "ANSWER", "市の仕事にかかわるか: yes, no, unknown", "Is it about the city's work"),
]
Steps = Annotated[list[str], _argument("STEP…", "した手順の id", "Steps that are done")]
Undo = Annotated[bool, _option("--undo", None, "していないことに戻す", "Take the tick away")]
NoteWords = Annotated[str, _argument("WORDS", "記録する言葉", "Words to keep")]
Address = Annotated[
    str, _option("--address", "URL", "投稿などのアドレス（開きません）", "Address of the post, never opened")
]
SeenAt = Annotated[str, _option("--at", "ISO|now", "見た日時（既定は今）", "When it was seen (default: now)")]
SeenWords = Annotated[str, _option("--text", "WORDS", "書かれていた言葉", "The words that stood there")]
Screen = Annotated[Path | None, _option("--photo", "FILE", "画面の画像", "A picture of the screen")]
ReplyKind = Annotated[
    str | None, _argument("KIND", "返事の種類（なければ一覧）", "A kind of reply (default: list them)")
]
Given = Annotated[
    list[str] | None,
    _option("--give", "NAME=WORDS", "下書きに入れる言葉（いくつでも）", "Words for a place of the draft"),
]
KeepIn = Annotated[str | None, _option("--case", "CASE", "下書きをこの件の記録に残す", "Keep the draft in this case")]
Archive = Annotated[Path, _argument("FILE", "渡すファイル（.zip）", "File to hand over (.zip)")]
LetterFile = Annotated[Path | None, _option("--output", "FILE", "手紙のファイル（.eml か .txt）", "Letter as a file")]
SendIt = Annotated[bool, _option("--send", None, "メールで送る", "Send it by mail")]
LetterTo = Annotated[str, _option("--to", "ADDRESS", "宛先のメールアドレス", "Mail address of the recipient")]
LetterName = Annotated[str, _option("--name", "NAME", "宛先の所属と名前", "Section and name of the recipient")]
Arrived = Annotated[
    bool | None,
    typer.Option("--arrived/--not-arrived", help="相手に確かめた結果を記録する / What the recipient says of it"),
]
HandedOver = Annotated[
    bool, _option("--handed-over", None, "ファイルで渡したと記録する", "It was handed over as a file")
]
ToState = Annotated[str, _argument("STATE", "steps, reported, settled", "Where it goes")]
Lessons = Annotated[str, _option("--lessons", "WORDS", "次に生かすこと", "What was learned")]

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

# scan
ScanIn = Annotated[str, _argument("IN", "投稿のファイルかフォルダ、その URL", "Posts: a file, a folder, or its URL")]
ScanOut = Annotated[str, _argument("OUT", "結果のフォルダ、その URL", "Folder of the results, or its URL")]
Engine = Annotated[
    str, _option("--engine", "local|ray", "この機械か、Ray のクラスタ", "This machine, or a Ray cluster")
]
ClusterAddress = Annotated[str | None, _option("--address", "HOST:PORT", "Ray の住所", "Address of the Ray cluster")]
Workers = Annotated[
    int | None,
    _option("--workers", "N", "同時に働く数（既定はコアの数）", "How many work at once (default: all cores)"),
]
Chunk = Annotated[int, _option("--chunk", "N", "一度に読む行（既定 1000）", "Rows read and written at a time")]
Quotes = Annotated[
    bool, _option("--quotes", None, "結果に投稿の言葉も入れる", "Put words of the posts into the results")
]

# lookalikes
AccountsFile = Annotated[
    Path | None, _argument("FILE", "アカウントの一覧（CSV、JSONL、1 行に一つ。- は標準入力）", "A list of accounts")
]
AccountPicture = Annotated[
    Path | None, _option("--picture", "FILE", "アイコンの目印を出すだけ（一覧に書く）", "Tell the hash of a picture")
]
ListFormat = Annotated[str, _option("--format", "FORMAT", "text, json, csv", "Format of the answer")]
