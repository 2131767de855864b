"""The line filter: what stands between a story's paragraphs on news pages but is not the story.

One table row per kind of line. Each pattern must match the whole line, so that a sentence which merely
begins like boilerplate is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_DASH = r"[-–—]"
_NAME = r"[A-Z][\w.'’ -]{1,40}"

INLINE: tuple[tuple[str, str], ...] = (
    ("placeholder of an advert", r"#\s?GOOGLE_ADS\s?#|\[(?:iklan|ads?)\]|\{\{?\s*ads?\s*\}?\}"),
    (
        "embedded video or photo",
        r"\[Gambas\s*:[^\]\n]{0,80}\]|\[(?:embed|video|gallery|caption|youtube)[^\]\n]{0,200}\]",
    ),
    (
        "advert notice",
        r"ADVERTISEMENT\s+SCROLL TO (?:RESUME|CONTINUE)(?: WITH)? CONTENT|SCROLL TO (?:RESUME|CONTINUE)(?: WITH)? CONTENT",
    ),
    ("print link", r"Print Friendly, PDF & Email|image_pdfimage_print"),
)
"""Stretches inside a line; the rest of the line stays."""

LINES: tuple[tuple[str, str], ...] = (
    (
        "read also",
        r"\W{0,4}(?:baca|simak|lihat|tonton|cek|dengar)(?:lah)?(?: juga| selengkapnya)?\s*(?:berita|artikel|video|foto)?(?: lain(?:nya)?)?\s*:.*",
    ),
    (
        "read also without colon",
        r"\W{0,4}(?:baca|simak|lihat|tonton)(?:lah)? juga\b.*|(?:simak|tonton|lihat) (?:video|foto|selengkapnya)\b.*",
    ),
    (
        "read also in English",
        r"\W{0,3}(?:also read|read also|read more|read next|see also|see more|related|watch|more on this|more|listen|also on \w+)\s*[:|»].*|(?:read more|see also|read next|also read|related)\b.{0,60}",
    ),
    (
        "advert",
        r"\W*(?:advertisement|advertorial|advertising|adv|iklan|ads|sponsored(?: content)?|scroll to .{0,40}|scroll untuk .{0,40}|continue reading(?: below)?|story continues below.*|article continues below.*)\W*",
    ),
    (
        "next page",
        r"\W*(?:halaman (?:selanjutnya|berikutnya|sebelumnya)|selanjutnya|next page|previous page|page \d+ of \d+|halaman\s*:?\s*\d.*|lanjut ke halaman.*|baca selengkapnya|selengkapnya|show all|tampilkan semua)\W*",
    ),
    (
        "follow the outlet",
        r".{0,40}\b(?:google news|whatsapp channel|saluran whatsapp|channel whatsapp|kanal whatsapp|channel telegram|kanal telegram)\b.{0,160}",
    ),
    (
        "follow the outlet, verb first",
        r"(?:ikuti|follow|gabung|bergabung|dapatkan|langganan|download|unduh|cek|temukan|pantau)\b.{0,80}\b(?:berita|update|artikel|aplikasi|kompas\.com\+|grup|google|twitter|facebook|instagram|telegram|whatsapp|breaking news)\b.{0,140}",
    ),
    (
        "follow the outlet, English",
        r"(?:follow (?:us|me|him|her|@?\w+ on)\b|like us on|join us on|find us on|sign up (?:for|to)|subscribe (?:to|for|now)|get (?:the|our) .{0,40}(?:newsletter|inbox)|download (?:our|the) app|click here to (?:subscribe|sign up|read)).{0,160}",
    ),
    (
        "share",
        r"\W*(?:sebarkan(?: artikel)? ini|bagikan(?: artikel| berita)? ini|bagikan|share(?: this)?(?: (?:article|story|post|page|on .{0,30}))?|share (?:on|via)\b.{0,40}|tweet|facebook|twitter|whatsapp|telegram|copy link|salin tautan|print|email|pinterest|linkedin|kirim|cetak|komentar|comments?|leave a comment|\d+ (?:comments?|komentar|shares?))\W*",
    ),
    (
        "byline label",
        r"\W*(?:editor|penulis|reporter|pewarta|wartawan|kontributor|redaktur(?: ?(?:&|dan) ?reporter)?|rep|red|laporan|uploader|penyunting|sumber foto|jurnalis|fotografer|publisher|copy ?editor|penerjemah)\s*(?:[:|/].{0,80})",
    ),
    ("reporter's own line", r"(?:laporan|reportase|kontributor) (?:wartawan|reporter|kontributor|jurnalis)\b.{0,80}"),
    (
        "English byline",
        r"(?:by|reporting by|writing by|edited by|editing by|photo(?:graph)? by|photos? ?:|image(?: credit)? ?:|credit ?:|source ?: (?:ap|afp|reuters|getty)\b)\s*.{0,70}",
    ),
    (
        "copyright",
        r"(?:copyright|hak cipta|©|\(c\)|®)\s*.{0,140}|.{0,40}all rights reserved.{0,60}|dilarang keras .{0,200}",
    ),
    ("tags", r"\W*(?:tags?|topik(?: terkait)?|kata kunci|topics?|filed under|keywords?|label)\s*[:#|].{0,300}"),
    (
        "counter",
        r"\W*(?:dibaca|views?|dilihat|pembaca)\s*:?\s*[\d.,]+\s*(?:kali|x|views?)?\W*|[\d.,]+\s*(?:views?|kali dibaca|dilihat|pembaca|shares?)",
    ),
    (
        "initials of reporter and editor",
        r"[\W_]*[(\[]\s*[A-Za-z*]{2,12}(?:\s?[/|,&+-]\s?[A-Za-z0-9*.]{1,12}){0,3}\s*[)\]][\W_]*",
    ),
    ("end mark", r"[\W_]+|(?:\*\s*)+|(?:end|selesai|bersambung)\W*"),
    (
        "picture credit alone",
        r"\(?\s*(?:foto|photo|ilustrasi|dok(?:umentasi)?|gambar|image|ist(?:imewa)?|sumber foto|credit)\s*(?:[:/.]|istimewa).{0,90}\)?|\(?(?:istimewa|ist)\)?\.?",
    ),
    (
        "date alone",
        r"\W*(?:(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\W{1,3})?(?:\d{1,2}[ /-](?:[a-z]{3,9}|\d{1,2})[ /,-]+\d{2,4}|[a-z]{3,9}\.? \d{1,2}, \d{4})(?:\W{0,4}(?:\d{1,2}[:.]\d{2}(?:[:.]\d\d)?)?\s*(?:wib|wita|wit|[ap]\.?m\.?)?)?\W*",
    ),
    (
        "relative date",
        r"(?:\d+|satu|dua|tiga) (?:detik|menit|jam|hari|minggu|bulan|tahun) (?:yang )?(?:lalu|ago)|\d+ (?:seconds?|minutes?|hours?|days?|weeks?|months?) ago",
    ),
    (
        "header of a list",
        r"\W*(?:berita|artikel) (?:terkait|lainnya|terpopuler|terbaru|pilihan|populer)\W*|\W*(?:terpopuler|trending|rekomendasi|pilihan editor|jangan lewatkan|related (?:stories|articles|posts|news|topics|content)|recommended(?: for you)?|more from .{0,40}|most (?:read|popular)|you may also like|editor'?s picks?|popular on .{0,30})\W*",
    ),
    (
        "correction of form fields",
        r"periksa kembali dan lengkapi data dirimu.*|komentar (?:adalah|sepenuhnya|merupakan) .*|disclaimer\s*:.*",
    ),
)
"""Whole lines of at most ``MAX_LINE`` characters; the row's name is for whoever reads the table."""

ENDINGS: tuple[tuple[str, str], ...] = (
    (
        "list of other stories",
        r"\W*(?:berita|artikel|baca) (?:terkait|lainnya)\W*|related (?:stories|articles|posts|coverage|news|topics)\W*|you may also like.{0,20}|recommended (?:stories|for you)\W*|more (?:stories|news|from .{0,40})\W*|jangan lewatkan\W*",
    ),
    (
        "comments",
        r"(?:komentar|comments?|leave a (?:reply|comment)|tinggalkan (?:komentar|balasan)|tulis komentar)\W*(?:\(?\d*\)?)",
    ),
    ("about the author", r"about the authors?\W*|tentang penulis\W*"),
)
"""From such a line in the last third of a text, nothing more belongs to it."""

MAX_LINE = 320
MAX_CAPTION = 260

_INLINE = re.compile("|".join(pattern for _, pattern in INLINE), re.I)
_LINES = re.compile("|".join(f"(?:{pattern})" for _, pattern in LINES), re.I)
_ENDINGS = re.compile("|".join(f"(?:{pattern})" for _, pattern in ENDINGS), re.I)
_CREDIT = re.compile(
    r".{0,300}\((?:[^()]*\b(?:foto|photo|dok|ist|istimewa|ilustrasi|shutterstock|getty|reuters|afp|ap photo)\b[^()]*"
    r"|[^()]*[@©][^()]*|[A-Za-z][^()]{1,40} ?/ ?[^()]{2,40})\)\.?",
    re.I,
)
_SURE_CREDIT = re.compile(r"\((?:foto|photo|ilustrasi|dok|image)[^()]{0,80}\)\.?$|\([^()]{0,40}\bistimewa\)\.?$", re.I)
_SIGN_OFF = re.compile(r"\([a-z*]{2,5}(?:/[a-z*]{2,5})+\)\.?$", re.I)
_SIGNATURE = re.compile(r"[A-Z][A-Z.'’]+(?: [A-Z][A-Z.'’]*){1,3}(?: ?[|/,] ?[A-Z .'’]+)?")
_SENTENCE_END = re.compile(r"[.!?…:;\"”’')\]]\s*$")


def clean_lines(lines: Iterable[str], *, known: Sequence[str] = ()) -> list[str]:
    """The lines that belong to the story, in order.

    ``known`` are strings that stand elsewhere on the page (headline, captions): a line equal to one goes.
    """
    seen = {_folded(text) for text in known if text}
    kept: list[str] = []
    for line in lines:
        text = " ".join(_INLINE.sub(" ", line).split())
        key = _folded(text)
        if not key or is_boilerplate(text) or (key in seen and len(key) > 12) or _stray_caption(text, len(kept)):
            continue
        if len(key) > 60 and _SENTENCE_END.search(text):  # a repeated lead or caption; list items may repeat
            seen.add(key)
        kept.append(text)
    return _cut_ending(joined(kept))


def split_signature(lines: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """The lines without a reporter's name in capitals under the last paragraph, and that name."""
    if len(lines) > 2 and _SIGNATURE.fullmatch(lines[-1]):
        return tuple(lines[:-1]), lines[-1].title()
    return tuple(lines), None


def is_boilerplate(line: str) -> bool:
    """Whether a line is one of the table's kinds."""
    return len(line) <= MAX_LINE and _LINES.fullmatch(line) is not None


def is_caption(line: str) -> bool:
    """Whether a line ends as picture captions do: with the credit in brackets and no sentence after it."""
    return len(line) <= MAX_LINE and _CREDIT.fullmatch(line) is not None


def _stray_caption(text: str, above: int) -> bool:
    """A caption among the paragraphs: with ``(Foto: ...)`` anywhere, in its weaker forms only before the lead."""
    if len(text) > MAX_CAPTION or not is_caption(text):
        return False
    return _SURE_CREDIT.search(text) is not None or (above < 2 and _SIGN_OFF.search(text) is None)


def joined(lines: Iterable[str]) -> list[str]:
    """Lines with hard breaks inside a sentence put together again."""
    out: list[str] = []
    for line in lines:
        if out and line[:1].islower() and not _SENTENCE_END.search(out[-1]) and len(out[-1]) > 30:
            out[-1] = f"{out[-1]} {line}"
        else:
            out.append(line)
    return out


def _cut_ending(lines: list[str]) -> list[str]:
    for index in range(len(lines) * 2 // 3, len(lines)):
        if index and _ENDINGS.fullmatch(lines[index]):
            return lines[:index]
    return lines


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
