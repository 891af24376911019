"""Lines of a page that say who wrote it, when, where, and how long it takes to read.

Judges one line at a time and errs towards the article: "By Monday, the bridge will be closed" names
no author, and a sentence with a date in it is no date line.
"""

from __future__ import annotations

import re

from annotator.formats.dates import When, find_date
from annotator.formats.furniture import AGENCY

# Prepositions that also begin headlines stand apart from words that only begin bylines.
SURE = re.compile(
    r"(?:(?:written|story|words|text|report|stor(?:y|ies)) by|by|par)\s*:?\s+(?P<names>\S.*)$|"
    r"(?:authors?|autor(?:in|en|es)?|auteurs?|autor[ei]|text|texte|testo|byline|автор|yazan|by)"
    r"\s*:\s*(?P<after>\S.*)$",
    re.IGNORECASE,
)
UNSURE = re.compile(r"(?:von|por|di|door|av|af)\s*:?\s+(?P<names>\S.*)$", re.IGNORECASE)
CUT = re.compile(
    r"\s*(?:\||•|·|\s[–—-]\s|(?<=\w)\s*/\s*(?=[A-Z])|\b(?:published|updated|posted|for the|"
    r"special to|"
    r"is an?|follow|veröffentlicht|publié|publicado)\b|[\w.+-]+@[\w.-]+|https?:|@\w|\().*$",
    re.IGNORECASE,
)
ROLE = re.compile(
    rf",\s*(?:(?:the )?{AGENCY}$|[^,]*\b(?:editor|reporter|correspondent|writer|staff|bureau|desk|"
    r"news|journalist|columnist|contributor|redakteur(?:in)?|korrespondent(?:in)?|chief|"
    r"agenc(?:y|ies)|"
    r"corresponsal|correspondant|press|times|post|in [A-Z]\w+)\b.*$).*",
    re.IGNORECASE,
)
JOINTS = re.compile(
    r"\s*(?:,|&|;|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bog\b|\boch\b|\bи\b)\s*"
)
PARTICLES = frozenset(
    """
    de da van von der den bin al del la le di dos du el ter ten zu zur av af bint ibn san e y
    """.split()  # noqa: SIM905  # a table of words reads better so
)
DESKS = frozenset(
    ("staff", "newsdesk", "newsroom", "redaktion", "redacción", "redazione", "redactie")
)

PLACE = re.compile(
    r"·?\s*(?!An? |The )[A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w.’'-]+)?, (?:[A-ZÀ-Þ][\w.’'-]+ ?){1,2}$"
)
READ_TIME = re.compile(
    r"\W*(?:\d+(?:\s*[-–]\s*\d+)?\s*[- ]?(?:min(?:ute)?s?|minuten|minutos|minuti|мин)\b\.?"
    r"(?:\s*(?:read|reads|lesezeit|lesen|zum lesen|de lecture|de lectura|di lettura|leestijd|lezen|"
    r"de leitura|watch|listen|ago))?\s*$|"
    r"(?:reading time|read time|time to read|lesezeit|lesedauer|temps de lecture|tiempo de lectura|"
    r"tempo di lettura|leestijd|tempo de leitura)\s*:?\s*(?:ca\.?\s*)?\d+)",
    re.IGNORECASE,
)
AGO = re.compile(
    r"\W*(?:(?:published|updated|posted)\s*:?\s*)?(?:(?:about |an |a )?\d*\s*(?:seconds?|mins?|"
    r"minutes?|"
    r"hours?|hrs?|days?|weeks?|months?)\s+ago|vor (?:einer|einem|\d+) (?:minuten?|stunden?|"
    r"tag(?:en)?)|"
    r"il y a \d+ (?:minutes?|heures?|jours?)|hace \d+ (?:minutos?|horas?|días?)|"
    r"\d+ (?:minuti|ore|giorni) fa|just now|yesterday|today)\W*$",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"\W*(?:date\s+)?(?P<label>(?:first )?published|(?:last |first )?(?:updated|modified)|"
    r"posted|issued|"
    r"created|veröffentlicht|erstellt|aktualisiert|stand|publié|mis à jour|modifié|publicado|"
    r"actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|laatste update|"
    r"publicerad|"
    r"uppdaterad|publisert|oppdatert|udgivet|opdateret|опубликовано|обновлено|opublikowano)\b",
    re.IGNORECASE,
)
LATER = re.compile(
    r"updat|modif|aktualisiert|mis à jour|actualizado|atualizado|aggiornato|bijgewerkt|uppdaterad|"
    r"oppdatert|opdateret|обновлено",
    re.IGNORECASE,
)
SMALL = frozenset(
    """
    a am pm at on um uhr à a.m p.m date the le il el den de del of first last by published updated
    posted modified last-modified ist et est edt gmt utc bst cet cest pst pdt cst cdt kl om alle ore
    las às h stand vom since time local sun mon tue wed thu fri sat sunday monday tuesday wednesday
    thursday friday saturday montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi
    mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
    lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag
    vrijdag zaterdag zondag mo di mi do fr sa so segunda-feira terça-feira quarta-feira
    quinta-feira sexta-feira and print edition publié mis jour veröffentlicht aktualisiert
    """.split()  # noqa: SIM905  # a table of words reads better so
)
SIGNATURE = re.compile(
    r"(?:(?:[^\W\d_][\w.’'-]* ){0,4}[^\W\d_][\w.’'-]*\s*[,|–—-]\s*)?(?:[^\W\d_][\w’'-]* ){0,2}"
    r"(?:reporter|correspondent|staff writer|bureau chief|columnist|contributor|editor|news agency|"
    r"korrespondent(?:in)?|redakteur(?:in)?|corresponsal|correspondante?)$",
    re.IGNORECASE,
)
DATELINE = re.compile(
    rf"[^\W\d_][\w.’' -]{{1,30}}(?:,\s*[\w.’' -]{{2,25}}){{0,3}}\s*(?:\((?:{AGENCY})\)\s*[—–-]*|"
    rf"[—–]|--)$"
)


def authors(line: str) -> str:
    """Return the names of a byline as given, "" if the line is none.

    >>> authors("By JANE DOE and Ann van der Berg, Staff Writers | Jan. 3, 2026")
    'JANE DOE and Ann van der Berg'
    >>> authors("By land and sea")
    ''
    """
    if len(line) > 160:
        return ""
    match = SURE.match(line) or UNSURE.match(line)
    if not match:
        return ""
    rest = match["names"] or match.groupdict().get("after") or ""
    when = find_date(rest)
    if when:
        rest = rest[: when.start]
    names = ROLE.sub("", CUT.sub("", rest)).strip(" ,;:|/–—-")
    return names if _are_names(names, 5 if match.re is SURE else 3) else ""


def is_time_line(line: str, words: int) -> bool:
    """Say whether a line only dates the page or tells its reading time.

    >>> is_time_line("date 2026-01-16 WORLD", 3), is_time_line("2 min read", 3)
    (True, True)
    >>> is_time_line("The deal was signed on 16 January 2026", 8)
    False
    """
    if words > 18 or len(line) > 200:
        return False
    if READ_TIME.match(line) or AGO.match(line):
        return True
    when = find_date(line) if any(map(str.isdigit, line)) else None
    if when:
        return len(_left_over(line, when)) <= 2
    label = LABEL.match(line)
    if not label:
        return False
    rest = line[label.end() :].strip()
    return not rest or rest[0] in ":|.…" or rest.startswith("loading") or _is_clock(rest)


def is_signature(line: str, words: int) -> bool:
    """Say whether a line is a name with the post that its bearer holds.

    >>> is_signature("Ada Brink, Chief Reporter", 4)
    True
    """
    return 2 <= words <= 8 and SIGNATURE.match(line) is not None and line[0].isupper()


def is_later(line: str) -> bool:
    """Say whether a date line tells an update rather than the publication."""
    return LATER.search(line) is not None and "ublish" not in line and "ublié" not in line


def is_dateline(line: str, words: int) -> bool:
    """Say whether a line is only the place, day and agency from which a report was filed.

    >>> is_dateline("NAIROBI, Kenya (AP) —", 4)
    True
    """
    return words <= 8 and (DATELINE.match(line) is not None or PLACE.match(line) is not None)


def _left_over(line: str, when: When) -> list[str]:
    """Return the words of a date line that are neither its dates nor about time."""
    rest = line[: when.start] + " " + line[when.end :]
    again = find_date(rest)
    if again:
        rest = rest[: again.start] + " " + rest[again.end :]
    words = [w.strip(".,:;|()[]·•–—-/").lower() for w in rest.split()]
    return [w for w in words if w and w not in SMALL and any(map(str.isalpha, w))]


def _is_clock(rest: str) -> bool:
    return re.match(r"(?:at|um|à|on)?\s*\d", rest) is not None and len(rest.split()) <= 8


def _are_names(names: str, most: int) -> bool:
    parts = [part for part in JOINTS.split(names) if part]
    return bool(parts) and len(parts) <= 12 and all(_is_name(part, most) for part in parts)


def _is_name(part: str, most: int) -> bool:
    """Say whether words are capitalised as a name's, at most so many without particles."""
    tokens = part.split()
    if len(tokens) == 1:
        return tokens[0].lower() in DESKS or re.fullmatch(AGENCY, part) is not None
    proper = [token for token in tokens if token.lower() not in PARTICLES]
    return 1 <= len(proper) <= most and all(
        token[0].isupper() or token[1:2] in ("’", "'") for token in proper
    )
