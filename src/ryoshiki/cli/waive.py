"""`ryoshiki waive`: remember by fingerprint that the author has looked at a finding and keeps the words."""

from __future__ import annotations

from datetime import date

from ryoshiki import waivers
from ryoshiki.cli import options
from ryoshiki.cli.console import emit
from ryoshiki.cli.opening import guideline, settings, waivers_file
from ryoshiki.model import RyoshikiError


def waive(
    fingerprint: options.Fingerprint = None,
    sign: options.SignName = "",
    listing: options.Listing = False,
    remove: options.Remove = False,
    file: options.WaiversFile = None,
    folder: options.Folder = None,
) -> None:
    """指摘を「確かめ済み」にします。言葉は残さず、指紋だけを記録します / Accept a finding, by its fingerprint"""
    chosen = settings(waivers=file, guideline=folder)
    path = waivers_file(chosen)
    if listing:
        entries = waivers.waivers(path)
        lines = [f"{w.fingerprint}  {w.accepted}  {w.sign or '-'}  {w.guideline}" for w in entries]
        emit("\n".join(lines or [f"{path}: 記録はありません (nothing accepted yet)"]) + "\n")
        return
    if fingerprint is None or not waivers.FINGERPRINT.match(fingerprint):
        raise RyoshikiError("指紋は 16 桁の 16 進数です。check --all で出ます (16 hex digits are needed)")
    if remove:
        if not waivers.remove(path, fingerprint):
            raise RyoshikiError(f"{path}: {fingerprint} の記録はありません (not there)")
        emit(f"取りやめました (taken back): {fingerprint}\n")
        return
    loaded = guideline(chosen)
    if sign and not any(sign == s.id for rule in loaded.rules.values() for s in rule.signs):
        raise RyoshikiError(f"--sign: {sign!r} というしるしはありません (no such sign)")
    entry = waivers.Waiver(fingerprint, sign, f"{loaded.id} {loaded.version}", date.today())
    said = "記録しました (accepted)" if waivers.add(path, entry) else "もう記録されています (accepted already)"
    emit(f"{said}: {fingerprint}\n")
