"""The headline of a page: invented pages of many shapes, in several languages."""

import pytest

from annotator.formats.headline import find_headline
from annotator.formats.page import lines_of

LEDE = (
    "The town council of Marrow Bay voted on Tuesday to close the old swing bridge for repairs, "
    "ending months of argument over its rusted cables."
)
SECOND = (
    "Engineers told the council that two of the cables had lost a third of their strength and that "
    "lorries should no longer cross."
)
THIRD = "Work will start in May and is expected to last until the autumn, the harbour office said."
BODY = f"{LEDE}\n\n{SECOND}\n\n{THIRD}"
TITLE = "Marrow Bay closes swing bridge after cable warning"

PAGES = {
    "a title and paragraphs": (f"{TITLE}\n\n{BODY}", TITLE),
    "a title with a question mark": (
        f"Who will pay for the swing bridge?\n\n{BODY}",
        "Who will pay for the swing bridge?",
    ),
    "a title that shouts": (f"“Close it now!”\n\n{BODY}", "“Close it now!”"),
    "a long outcry": (
        f"Close the Marrow Bay swing bridge now, engineers plead!\n\n{BODY}",
        "Close the Marrow Bay swing bridge now, engineers plead!",
    ),
    "a date line and a reading time above": (
        f" date 2026-03-03 REGION\n4 min read\n{TITLE}\n{BODY}",
        TITLE,
    ),
    "a menu above": (
        "Skip to main content\nMenu\nNews\nSport\nWeather\nTides\nHarbour\nLetters\n"
        f"Today's ferries\n{TITLE}\nBy Ruth Adeyemi\n3 March 2026\n{BODY}",
        TITLE,
    ),
    "a slogan above": (
        f"Skip to content\nThe paper of the whole coast\nPublished loading...\n\n{TITLE}\n\n{BODY}",
        TITLE,
    ),
    "a cookie notice above": (
        "We use cookies to improve your experience on this site.\nAccept all\nManage cookies\n"
        f"{TITLE}\n{BODY}",
        TITLE,
    ),
    "a kicker above": (f"REGION\n{TITLE}\n\n{BODY}", TITLE),
    "the outlet's name above": (f"The Marrow Bay Mercury\n\n{TITLE}\n\n{BODY}", TITLE),
    "a byline and the author's post above": (
        f"By Ruth Adeyemi\nRuth Adeyemi, Chief Reporter\n{TITLE}\n\n{BODY}",
        TITLE,
    ),
    "a deck without a full stop below": (
        f"{TITLE}\nLorries must take the long way round until the autumn\n\n{BODY}",
        TITLE,
    ),
    "a deck that is a sentence below": (
        f"{TITLE}\nThe harbour office says the work will last until the autumn, and lorries must "
        f"take the long way round.\n{TITLE}\n{BODY}",
        TITLE,
    ),
    "a caption with a credit between": (
        f"{TITLE}\nThe swing bridge at Marrow Bay on Monday evening. / AP\n{BODY}",
        TITLE,
    ),
    "the title's page name first": (
        f"{TITLE} | The Marrow Bay Mercury\n\n{TITLE}\n\n{BODY}",
        TITLE,
    ),
    "an abbreviation at its end": (
        f"Swing bridge cables to be rebuilt in the U.S.\n\n{BODY}",
        "Swing bridge cables to be rebuilt in the U.S.",
    ),
    "capitals throughout": (f"{TITLE.upper()}\n\n{BODY}", TITLE.upper()),
    "two short words": (
        "Bridge closed\n\nThe swing bridge was closed on Tuesday.",
        "Bridge closed",
    ),
    "a Markdown heading": (f"# {TITLE}\n\n{BODY}", TITLE),
    "a Markdown heading below a banner": (f"Marrow Bay Mercury\n\n# {TITLE}\n\n{BODY}", TITLE),
    "an underlined heading": (f"{TITLE}\n=======\n\n{BODY}", TITLE),
    "a lede first": (BODY, ""),
    "a lede first and a subhead later": (
        f"{LEDE}\n\n{SECOND}\n\n‘Rust everywhere’\n\n{THIRD}",
        "",
    ),
    "a lede first below a byline and date": (f"By Ruth Adeyemi\n3 March 2026\n\n{BODY}", ""),
    "a lede first below a name": (f"Ruth Adeyemi\n3 March 2026\n\n{BODY}", ""),
    "a lede first below a place": (f"Marrow Bay, Northshire\n\n{BODY}", ""),
    "a title that begins like a correction": (
        f"UPDATE: Swing bridge closed for repairs\n\n{BODY}",
        "UPDATE: Swing bridge closed for repairs",
    ),
    "a title that begins like a byline": (
        f"Text Messages Show Council Knew of Rust\n\n{BODY}",
        "Text Messages Show Council Knew of Rust",
    ),
    "a lede first below a dateline": (f"MARROW BAY (AP) —\n{BODY}", ""),
    "a lede that carries its dateline": (f"MARROW BAY, March 3 (AP) — {BODY}", ""),
    "a lede broken into lines": (
        "The town council of Marrow Bay voted on Tuesday to close the old swing\n"
        "bridge for repairs, ending months of argument over its rusted cables,\n"
        "which engineers say have lost a third of their strength since they were\n"
        "hung in the year of the great flood.\n",
        "",
    ),
    "a title above text broken into lines": (
        f"{TITLE}\n\n"
        "The town council of Marrow Bay voted on Tuesday to close the old swing\n"
        "bridge for repairs, ending months of argument over its rusted cables,\n"
        "which engineers say have lost a third of their strength since they were\n"
        "hung in the year of the great flood.\n",
        TITLE,
    ),
    "one sentence": ("The bridge is closed.", ""),
    "one line without a stop": ("Bridge closed", ""),
    "nothing but a menu": ("Home\nNews\nSport\nWeather\nContact us", ""),
    "German": (
        "Startseite\nLokales\nLesezeit: 3 Min.\nSeebrücke bleibt bis zum Herbst gesperrt\n"
        "Von Jana Petersen\nDer Stadtrat von Norderhaven hat am Dienstag beschlossen, die alte "
        "Seebrücke bis zum Herbst zu sperren, weil zwei Seile rosten.\nFachleute warnen seit "
        "Monaten vor dem Zustand der Seile und raten dringend zu einem Neubau.",
        "Seebrücke bleibt bis zum Herbst gesperrt",
    ),
    "French": (
        "Publié le 3 mars 2026 à 9h20\nLe vieux pont tournant fermé jusqu’à l’automne\n"
        "Le conseil municipal de Port-Gris a décidé mardi de fermer le vieux pont tournant "
        "jusqu’à l’automne, après un rapport accablant sur ses câbles.\nLes travaux commenceront "
        "en mai et dureront tout l’été, selon la capitainerie du port.",
        "Le vieux pont tournant fermé jusqu’à l’automne",
    ),
    "Spanish": (
        "Lo más leído\nEl viejo puente giratorio cierra hasta el otoño\n3 de marzo de 2026\n"
        "El ayuntamiento de Puerto Gris decidió el martes cerrar el viejo puente giratorio hasta "
        "el otoño, después de meses de discusión sobre sus cables.",
        "El viejo puente giratorio cierra hasta el otoño",
    ),
    "Russian": (
        "Старый разводной мост закроют до осени\n\nГородской совет решил во вторник закрыть "
        "старый разводной мост до осени, потому что два каната потеряли треть прочности.",
        "Старый разводной мост закроют до осени",
    ),
    "Arabic": (
        "إغلاق الجسر القديم حتى الخريف\n\nقرر مجلس المدينة يوم الثلاثاء إغلاق الجسر القديم حتى "
        "الخريف بعد أشهر من الجدل حول الكابلات الصدئة في الميناء.",
        "إغلاق الجسر القديم حتى الخريف",
    ),
    "Japanese": (
        "古い可動橋、秋まで閉鎖へ\n\n市議会は火曜日、古い可動橋を秋まで閉鎖することを決めた。"
        "二本のケーブルの強度が三分の一失われたためである。",
        "古い可動橋、秋まで閉鎖へ",
    ),
    "Chinese": (
        "旧旋转桥将关闭至秋季\n\n市议会周二决定将旧旋转桥关闭至秋季，因为两根缆绳的强度已经下降三分之一。",
        "旧旋转桥将关闭至秋季",
    ),
}


def headline(page):
    lines = lines_of(page)
    place = find_headline(lines)
    return "" if place is None else lines[place].body


@pytest.mark.parametrize(("page", "expected"), PAGES.values(), ids=PAGES.keys())
def test_headline_of_a_page_with(page, expected):
    assert headline(page) == expected


def test_a_repeated_line_outweighs_a_slogan_of_the_same_length():
    slogan = "News for everyone on the whole coast"
    assert headline(f"{slogan}\n{TITLE}\n{TITLE}\n{BODY}") == TITLE


def test_a_sentence_with_a_full_stop_is_never_the_headline():
    assert headline(f"The swing bridge in Marrow Bay will be closed.\n\n{BODY}") == ""


def test_comments_longer_than_the_article_do_not_move_the_search():
    comments = "\n".join(
        f"Home\nReply\nShare\nLike\nNews\nMenu\nTweet\nPrint\nSearch\nReader {n} thinks the bridge "
        "should have been closed many years ago already."
        for n in range(3)
    )
    assert headline(f"{TITLE}\n\n{BODY}\n\n{comments}") == TITLE


def test_an_empty_page_has_no_headline():
    assert headline("") == ""
    assert headline(" \n\n ") == ""
