"""One list of settings. Later wins: default, configuration file, environment, command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path, PureWindowsPath
from typing import Any

import tomli

from ryoshiki.model import ACCOUNTS, SEVERITIES, RyoshikiError
from ryoshiki.report import FORMATS
from ryoshiki.report.phrases import PHRASES

PREFIX = "RYOSHIKI_"
CONFIG = "RYOSHIKI_CONFIG"  # names another configuration file; no setting itself


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set. ``type`` is str, int or Path; ``choices`` empty means anything of that type.

    A ``secret`` is never repeated in a message.
    """

    name: str
    default: str | int | None
    type: type
    help_ja: str
    help_en: str
    choices: tuple[str, ...] = ()
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("guideline", None, Path, "ガイドラインのフォルダ（なければ室蘭市）", "Guideline folder (default: Muroran)"),
    Setting("lang", "ja", str, "表示の枠の言葉", "Language of the frame of the output", tuple(PHRASES)),
    Setting("format", "text", str, "出力の形", "Format of the output", tuple(FORMATS)),
    Setting("fail_on", "confirm", str, "終了コードを 1 にする重さ", "Exit 1 from here on", (*SEVERITIES, "never")),
    Setting("platform", "x", str, "投稿先のサービス", "Service the post goes to"),
    Setting("account", "private", str, "私用か公式か", "Private or official account", ACCOUNTS),
    Setting("shift", None, str, "自分の勤務（ガイドラインの shift の name）", "Your shift, by name"),
    Setting("max_notes", 3, int, "端末に示す件数（0 はすべて）", "Notes shown in the terminal (0: all)"),
    Setting("waivers", None, Path, "確かめ済みの記録のファイル", "File of accepted findings"),
    Setting("links", None, Path, "取り込んだリンクの一覧のフォルダ", "Folder of the lists of links taken in"),
    Setting("training", None, Path, "研修の記録のファイル", "File of the training's record"),
    Setting("meaning", "on", str, "文意を読むモデルを使うか", "Whether the local model reads too", ("on", "off")),
    Setting("threads", 0, int, "モデルが使うコアの数（0 はすべて）", "Cores the model uses (0: all)"),
    Setting("second_reader_url", None, str, "第二の読み手の URL（/v1 まで）", "Endpoint of the second reader"),
    Setting("second_reader_model", "default", str, "第二の読み手のモデル名", "Its model"),
    Setting("second_reader_timeout", 60, int, "第二の読み手を待つ秒数", "Seconds to wait for it"),
    Setting(
        "web_host", "127.0.0.1", str, "ページを開くアドレス（既定はこの端末だけ）", "Address the page is served at"
    ),
    Setting("web_port", 8417, int, "ページのポート", "Port of the page"),
    Setting(
        "web_origin", None, str, "利用者が開く URL（プロキシの外から見た形）", "Address of the page as people type it"
    ),
    Setting("web_proxies", None, str, "信頼するプロキシのアドレス（, で区切る）", "Addresses of trusted proxies"),
    Setting(
        "sign_in",
        "none",
        str,
        "窓口（記録の画面）で、だれかを確かめる方法",
        "How people of the desk are known",
        ("none", "local", "proxy", "oidc"),
    ),
    Setting("sign_in_header", "X-Remote-User", str, "プロキシが職員番号を渡すヘッダー", "Header with the staff number"),
    Setting(
        "session_idle", 30, int, "操作がないとサインインが終わるまでの分", "Idle minutes after which a sign-in ends"
    ),
    Setting("session_hours", 12, int, "サインインが続く時間（最長）", "Hours that a sign-in lasts at most"),
    Setting("oidc_issuer", None, str, "OpenID Connect の発行者の URL", "Issuer of the identity provider"),
    Setting("oidc_client_id", None, str, "そこでのこのサーバーの名前", "This server's client id there"),
    Setting(
        "oidc_client_secret", None, str, "そこでのこのサーバーの秘密", "This server's client secret there", secret=True
    ),
    Setting("oidc_claim", "sub", str, "職員番号が入っている項目（クレーム）", "Claim that holds the staff number"),
    Setting("store", None, str, "記録の置き場所（ファイルか postgresql://…）", "Where the desk keeps its records"),
    Setting("smtp_host", None, str, "手紙を受け付けるメールサーバー", "Mail server that takes letters"),
    Setting("smtp_port", 587, int, "そのポート", "Its port"),
    Setting(
        "smtp_security", "starttls", str, "つなぎ方の守り", "How the connection is secured", ("starttls", "tls", "none")
    ),
    Setting("smtp_user", None, str, "メールサーバーの利用者", "User at the mail server"),
    Setting("smtp_password", None, str, "そのパスワード", "Its password", secret=True),
    Setting("smtp_from", None, str, "差出人のメールアドレス", "Address that letters come from"),
    Setting(
        "smtp_timeout", 20, int, "メールサーバーの答えを待つ秒数（60 まで）", "Seconds to wait for it (60 at most)"
    ),
    Setting("keep_consents", 365, int, "同意の記録を、終わってから残す日数", "Days a consent stays after its end"),
    Setting("keep_cases", 1095, int, "トラブルの記録を、終わってから残す日数", "Days a case stays after its end"),
    Setting("keep_staff", 365, int, "やめた職員の記録を残す日数", "Days people stay after they left"),
)
_BY_NAME = {s.name: s for s in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force; one field per entry of ``SETTINGS``."""

    guideline: Path | None = None
    lang: str = "ja"
    format: str = "text"
    fail_on: str = "confirm"
    platform: str = "x"
    account: str = "private"
    shift: str | None = None
    max_notes: int = 3
    waivers: Path | None = None
    links: Path | None = None
    training: Path | None = None
    meaning: str = "on"
    threads: int = 0
    second_reader_url: str | None = None
    second_reader_model: str = "default"
    second_reader_timeout: int = 60
    web_host: str = "127.0.0.1"
    web_port: int = 8417
    web_origin: str | None = None
    web_proxies: str | None = None
    sign_in: str = "none"
    sign_in_header: str = "X-Remote-User"
    session_idle: int = 30
    session_hours: int = 12
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    oidc_claim: str = "sub"
    store: str | None = None
    smtp_host: str | None = None
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_user: str | None = None
    smtp_password: str | None = field(default=None, repr=False)
    smtp_from: str | None = None
    smtp_timeout: int = 20
    keep_consents: int = 365
    keep_cases: int = 1095
    keep_staff: int = 365

    def overlaid(self, given: Mapping[str, Any]) -> Settings:
        """These settings with what the command line gives (None: not given).

        Raises:
            RyoshikiError: a bad value, by the name of its option.
        """
        chosen = {k: _value(_BY_NAME[k], v, f"--{k.replace('_', '-')}") for k, v in given.items() if v is not None}
        return replace(self, **chosen)


def config_folder(env: Mapping[str, str], windows: bool) -> Path:
    """The user's folder for our configuration; our other files stand there too unless the settings say else."""
    home = env.get("USERPROFILE" if windows else "HOME") or str(Path.home())
    if windows:
        return Path(PureWindowsPath(env.get("APPDATA") or PureWindowsPath(home, "AppData", "Roaming"), "ryoshiki"))
    return Path(env.get("XDG_CONFIG_HOME") or Path(home, ".config")) / "ryoshiki"


def data_folder(env: Mapping[str, str], windows: bool) -> Path:
    """The user's folder for our records, unless the settings say else."""
    home = env.get("USERPROFILE" if windows else "HOME") or str(Path.home())
    if windows:
        return Path(PureWindowsPath(env.get("LOCALAPPDATA") or PureWindowsPath(home, "AppData", "Local"), "ryoshiki"))
    return Path(env.get("XDG_DATA_HOME") or Path(home, ".local", "share")) / "ryoshiki"


def load_settings(env: Mapping[str, str], file: Path | None) -> Settings:
    """Settings from ``file`` (a missing one counts as empty; None: no file) and from RYOSHIKI_* in ``env``.

    Raises:
        RyoshikiError: an unknown key or a bad value, with file (or variable) and key.
    """
    values: dict[str, Any] = {}
    if file is not None:
        for key, given in _flat(_table(file)).items():
            values[key] = _value(_known(key, f"{file}: {key}"), given, f"{file}: {key}")
            if isinstance(values[key], Path):  # relative to the file that names it, not to where one stands
                values[key] = file.parent / values[key].expanduser()
    for variable, given in env.items():
        if variable.startswith(PREFIX) and variable != CONFIG and given:
            setting = _known(variable.removeprefix(PREFIX).lower(), variable)
            values[setting.name] = _value(setting, given, variable)
    return Settings(**values)


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomli.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as reason:
        raise RyoshikiError(f"{file}: 読めません (cannot be read): {reason.strerror}") from None
    except UnicodeDecodeError:
        raise RyoshikiError(f"{file}: UTF-8 の文章ではありません (not UTF-8 text)") from None
    except tomli.TOMLDecodeError as reason:
        raise RyoshikiError(f"{file}: {reason}") from None


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    """``[second_reader]`` with ``url`` is the setting ``second_reader_url``."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        flat |= {f"{key}_{inner}": v for inner, v in value.items()} if isinstance(value, dict) else {key: value}
    return flat


def _known(key: str, where: str) -> Setting:
    if key in _BY_NAME:
        return _BY_NAME[key]
    near = get_close_matches(key, _BY_NAME, n=1) or [", ".join(_BY_NAME)]
    raise RyoshikiError(f"{where}: 知らない設定です。使えるもの (unknown setting; there is): {near[0]}")


def _value(setting: Setting, given: Any, where: str) -> Any:
    if setting.type is int:
        if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 10:
            given = int(given)
        if not isinstance(given, int) or isinstance(given, bool) or given < 0:
            raise RyoshikiError(f"{where}: {given!r} は 0 以上の整数ではありません (a whole number from 0 on)")
        return given
    if isinstance(given, Path) and setting.type is Path:
        return given
    if not isinstance(given, str) or not given:
        shown = "その値" if setting.secret else repr(given)
        raise RyoshikiError(f"{where}: {shown} は文字ではありません (a text is needed)")
    if setting.choices and given not in setting.choices:
        allowed = ", ".join(setting.choices)
        raise RyoshikiError(f"{where}: {given!r} は使えません。使えるもの (one of): {allowed}")
    return Path(given) if setting.type is Path else given
