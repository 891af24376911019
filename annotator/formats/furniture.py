"""What the furniture of a news page says: phrases and patterns of single lines, by kind.

A small table for import: few rules, each nearly always right, so that a page read as text can be
shown with its roles and counted without its menus. It knows single lines only; `page` looks at
their order. Marking furniture inside lines and across articles is the highlighter's work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

AGENCIES = (
    # canonical name, how it is written (regular expression)
    ("AP", r"AP|Associated Press|The Associated Press"),
    ("AFP", r"AFP|Agence France[- ]Presse"),
    ("Reuters", r"Reuters|Thomson Reuters|Thomson Reuters Foundation"),
    ("dpa", r"dpa(?:[-/][\w-]+)?|Deutsche Presse-Agentur"),
    ("PA", r"PA|PA Media|Press Association"),
    ("ANSA", r"ANSA"),
    ("EFE", r"EFE|Agencia EFE"),
    ("UPI", r"UPI|United Press International"),
    ("PTI", r"PTI|Press Trust of India"),
    ("ANI", r"ANI|Asian News International"),
    ("IANS", r"IANS|Indo-Asian News Service"),
    ("Xinhua", r"Xinhua"),
    ("TASS", r"/?TASS/?|ITAR-TASS|ТАСС"),
    ("RIA Novosti", r"RIA Novosti|РИА Новости"),
    ("Interfax", r"Interfax|Интерфакс"),
    ("Kyodo", r"Kyodo(?: News)?"),
    ("Jiji", r"Jiji(?: Press)?"),
    ("Yonhap", r"Yonhap(?: News Agency)?"),
    ("Bloomberg", r"Bloomberg(?: News)?"),
    ("Anadolu", r"AA|Anadolu(?: Agency| Ajansı)?"),
    ("APA", r"APA"),
    ("ATS", r"ATS|Keystone-(?:ATS|SDA)|SDA"),
    ("KNA", r"KNA"),
    ("epd", r"epd"),
    ("SID", r"SID"),
    ("ANP", r"ANP"),
    ("Belga", r"Belga"),
    ("NTB", r"NTB"),
    ("TT", r"TT"),
    ("Ritzau", r"Ritzau"),
    ("PAP", r"PAP"),
    ("Lusa", r"Lusa"),
    ("Europa Press", r"Europa Press"),
    ("CP", r"The Canadian Press|Canadian Press"),
    ("AAP", r"AAP|Australian Associated Press"),
    ("SPA", r"SPA"),
    ("Tribune News Service", r"TNS|Tribune News Service"),
)
AGENCY = "(?:" + "|".join(pattern for _, pattern in AGENCIES) + ")"
PICTURES = (
    r"(?:(?:AP|AFP|EPA|Reuters|Getty|Getty Images|Shutterstock|Alamy|iStock|Unsplash|dpa|PA|ANSA|"
    r"EFE|Xinhua|Kyodo|NurPhoto|Anadolu|Pool|Picture Alliance|Imago|REX|Bloomberg|ASSOCIATED PRESS|"
    r"EPA-EFE|Wikimedia Commons|Handout|File)(?:\s*(?:Photo|Images?|File|Pool|Archive))?)"
)

# Whole lines, folded and without final colons and arrows; one row a kind.
PHRASES = {
    "navigation": """
        skip to main content | skip to content | skip to navigation | skip links | main menu | menu
        | toggle navigation | toggle menu | open menu | close | close menu | search | search icon
        | home | homepage | back to top | top of page | sign in | log in | login | register
        | sign in / register | my account | for you | local | sections | all sections | sitemap
        | about us | contact us | contact | careers | privacy policy | privacy | terms of use
        | terms and conditions | terms of service | cookie policy | cookie settings | cookies
        | accept all | accept all cookies | accept cookies | reject all | manage preferences
        | manage cookies | advertise with us | accessibility | accessibility help | help | faq | rss
        | next | previous | next article | previous article | load more | show more | view more
        | see all | view all | loading... | continue reading the main story | i accept
        | your privacy choices | live tv | watch live | epaper
        | startseite | menü | suche | anmelden | impressum | datenschutz | zum inhalt springen
        | zur navigation | nach oben | accueil | rechercher | se connecter | mentions légales
        | aller au contenu | inicio | buscar | iniciar sesión | aviso legal | ir al contenido
        | cerca | accedi | vai al contenuto | zoeken | inloggen | ga naar de inhoud | início
        | pesquisar | entrar | ir para o conteúdo
        """,
    "related-links": """
        related | related articles | related stories | related news | related content
        | related topics | related coverage | recommended | recommended for you
        | recommended stories
        | read more | read next | read also | also read | see also | more | more stories | more news
        | more on this story | more on this | more from this section | more like this | top stories
        | latest news | latest stories | latest | most read | most popular | most viewed | trending
        | trending now | trending stories | popular | popular stories | editor's picks
        | editors' picks | don't miss | you may also like | you might also like | you may also read
        | up next | what to read next | explore | explore more | around the web | from the web
        | in other news | other stories | must read | topics | tags | in this story | more in world
        | similar news topics | similar stories | similar articles | next read | keep reading
        | mehr zum thema | lesen sie auch | das könnte sie auch interessieren | meistgelesen
        | auch interessant | weitere artikel | zum thema | à lire aussi | lire aussi
        | sur le même sujet
        | les plus lus | articles liés | a lire également | à lire également | le plus lu
        | noticias relacionadas | lo más leído | más noticias | lea también | lee también
        | te puede interesar | más información | leggi anche | potrebbe interessarti
        | articoli correlati | i più letti | lees ook | meer over dit onderwerp | meest gelezen
        | leia também | leia mais | notícias relacionadas | mais lidas | läs även | läs också
        | mest läst
        | читайте также | czytaj także | zobacz także | ilgili haberler
        """,
    "promo": """
        subscribe | subscribe now | subscribe today | newsletter | newsletters | sign up
        | sign up now | get the app | download our app | download the app | donate | donate now
        | support us | support our journalism | become a member | join now | e-mail newsletter
        | abonnieren | jetzt abonnieren | s'abonner | abonnez-vous | suscríbete | suscribirse
        | abbonati | abonneren | assine | assine já
        """,
    "paywall": """
        subscribe to continue reading | log in to continue reading | sign in to continue reading
        | this content is for subscribers only | this article is for subscribers only
        | already a subscriber? log in | already a subscriber? sign in | already a subscriber?
        | article réservé aux abonnés | réservé aux abonnés | exclusivo para suscriptores
        | contenuto riservato agli abbonati | exclusivo para assinantes | conteúdo para assinantes
        """,
    "social": """
        share | share this | share this article | share this story | share on facebook
        | share on twitter | share on x | share on whatsapp | share on linkedin | share via email
        | share to facebook | share to twitter | share to linkedin | share full article | facebook
        | twitter | x | whatsapp | linkedin | reddit | telegram | instagram | youtube | pinterest
        | tiktok | snapchat | bluesky | threads | messenger | tweet | email | e-mail | print
        | copy link | link copied | save | save article | follow us | connect with us | teilen
        | drucken
        | partager | compartir | condividi | delen | compartilhar | flipboard
        """,
    "comment-form": """
        comments | comment | leave a comment | leave a reply | add a comment | post a comment
        | post comment | view comments | show comments | hide comments | no comments
        | join the conversation | have your say | your email address will not be published
        | kommentare | kommentar schreiben | commentaires | laisser un commentaire | comentarios
        | deja un comentario | commenti | lascia un commento | reacties | comentários
        """,
    "advertisement": """
        advertisement | advertisements | advert | ad | ads | sponsored | sponsored content
        | paid content | promoted | supported by | sponsored by
        | story continues below advertisement | article continues below
        | article continues after advertisement | advertisement - story continues below
        | continue reading below | adchoices | anzeige | werbung | publicité | publicidad
        | pubblicità | advertentie | publicidade | annons | annonse | reklama | реклама | reklam
        """,
    "caption": """
        view gallery | view image in fullscreen | open image in gallery | enlarge image
        | hide caption | toggle caption | show caption | image caption | image source
        | photo gallery
        | click to enlarge | view photos | play video | watch the video | photos | bildergalerie
        """,
    "copyright": "all rights reserved | alle rechte vorbehalten | tous droits réservés",
    "residue": "end of document | classification | image | nbsp | &nbsp; | null | undefined",
    "author-bio": "about the author | about the authors | over de auteur | à propos de l'auteur",
    "aggregator-card": """
        read full article | read the full article | view full coverage | full coverage
        | bias distribution | factuality | ownership | info icon | lean left | lean right
        | far left | far right | factuality info icon | broke the news | lean left bias
        | left-leaning | right-leaning | open in full coverage
        """,
}  # fmt: skip
KIND_OF_PHRASE = {
    phrase.strip(): kind for kind, row in PHRASES.items() for phrase in row.split("|")
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of furniture told by a pattern.

    Args:
        kind: The boilerplate kind.
        pattern: Must match at the start of the line, or be found in its last characters.
        most_words: Longer lines are left to the article.
        last: How many characters at the end are searched, 0 to match from the start.
        hint: What the folded line must hold for the pattern to be tried at all; saves time.
    """

    kind: str
    pattern: re.Pattern[str]
    most_words: int
    last: int = 0
    hint: str = ""

    def fits(self, line: str, folded: str) -> bool:
        """Say whether the line is of this kind."""
        if self.hint not in folded:
            return False
        if self.last:
            return self.pattern.search(line[-self.last :]) is not None
        return self.pattern.match(line) is not None


def _rule(
    kind: str,
    pattern: str,
    most_words: int,
    *,
    minds_case: bool = False,
    last: int = 0,
    hint: str = "",
) -> Rule:
    flags = 0 if minds_case else re.IGNORECASE
    return Rule(kind, re.compile(pattern, flags), most_words, last, hint)


_AUTHORS = r"(?:the\s+)?(?:author|writer|contributor)s?"
RULES = (
    _rule("residue", r"(?:load-date|publication-type|journal code|document-type)\s*:", 30),
    _rule("residue", r"document [a-z]{4,}\w*\d{6,}|\d{9,}$|length\s*:\s*\d+ words$", 6),
    _rule("residue", r"(?:url|link|source|permalink|canonical)?\s*:?\s*https?://\S+$", 3),
    _rule("correction", r"(?:correction|corrections|clarification|editor['’]?s['’]? note|"
          r"note to readers|korrektur|anm(?:erkung)? d(?:er|\.) red(?:aktion|\.)|rectificatif|"
          r"fe de erratas?|errata corrige|rectificatie)\s*(?:[:(–—]|-\s)", 90),
    _rule("correction", r"\(?(?:an|a previous) earlier version of this|(?:an|a previous) "
          r"version of "
          r"this (?:story|article|report)|this (?:story|article|report) (?:has been|was) "
          r"(?:updated|corrected|amended)", 90),
    _rule("correction", r"update\s*[:(–—].*[.!]\W*$", 90),
    _rule("wire-credit", r"[\[(]?(?:with|mit|avec|con|com|met) (?:inputs?|additional inputs?|"
          r"agency "
          r"inputs?|information|files?|material|reporting|content)\b.{0,12} (?:from|by|von|de)\b"
          r".{1,80}$", 16),
    _rule("wire-credit", r"[\[(]?(?:reporting|writing|compiled|report)\s+by\s+\S.*", 45),
    _rule("wire-credit", r"(?:source|sources|quelle|quellen|fuente|fonte|bron|"
          r"источник)\s*:\s*\S", 8),
    _rule("wire-credit", rf"[-–—/(\[]*\s*(?:{AGENCY})(?:\s*[/,&]\s*(?:{AGENCY}))*\s*[)\]/.]*$", 6,
          minds_case=True),
    _rule("wire-credit", r"[-–—(\[]*\s*(?:with )?(?:news )?agenc(?:y|ies)\s*[)\]]*$", 4),
    _rule("contributor-note", r".{0,200}\bcontributed (?:reporting\b|to (?:this|the) (?:report|"
          r"story|article|coverage))", 70, hint="contributed"),
    _rule("contributor-note", r"additional reporting (?:by|from)\b|mitarbeit\s*:", 70),
    _rule("author-bio", rf"{_AUTHORS} (?:is|are) (?:a|an|the|our) |follow (?:her|him|them) on\b|"
          r"(?:reach|contact|email) (?:her|him|them|the (?:author|reporter|writer)) (?:at|"
          r"on)\b", 60),
    _rule("author-bio", r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3} is (?:a|an|the|our) "
          r"(?:[\w’'-]+ ){0,6}"
          r"(?:reporter|correspondent|journalist|columnist|staff writer|bureau chief)\b"
          r"(?=.*\b(?:for|at|cover(?:s|ing)|based in)\b)", 60, minds_case=True),
    _rule("disclaimer", r"disclaimer\b|(?:the )?(?:views|opinions) expressed\b|"
          r"this (?:story|article|post|report) (?:was|has been|is) (?:first |originally |auto-?)?"
          r"(?:published|generated|produced|created)\b|we may earn\b|\(?(?:this|except for the "
          r"headline, this) story has not been edited\b|die (?:hier )?geäußerten meinungen", 70),
    _rule("copyright", r"©|\(c\)\s|copyright\s*(?:©|\(c\)|\d{4}|by\b)|(?:registration on or )?"
          r"use of this (?:web)?site (?:constitutes|signifies)|"
          r"the material on this (?:web)?site may not", 60),
    _rule("copyright", r".{0,120}\ball rights reserved", 60, hint="all rights reserved"),
    _rule("copyright", r".{0,80}\balle rechte vorbehalten", 60, hint="alle rechte vorbehalten"),
    _rule("copyright", r".{0,80}\btous droits réservés", 60, hint="tous droits réservés"),
    _rule("paywall", r"already a (?:subscriber|member)\b|you(?:'ve| have) (?:reached|read|used) "
          r".{0,40}"
          r"(?:free|limit)|(?:to|please) (?:continue|keep) reading\b|(?:subscribe|log ?in|sign in|"
          r"register) (?:now )?to (?:continue|keep|read|unlock|view)\b|this (?:article|content|"
          r"story)"
          r" is (?:only )?(?:for|available|reserved|exclusive)\b.*subscri|unlock (?:this|the) |"
          r"(?:diesen|weiterlesen mit|jetzt weiterlesen).{0,40}\babo|.{0,60}\bréservée? aux "
          r"abonnés", 40),
    _rule("promo", r"(?:sign ?up|subscribe|register|join)\b.*\b(?:newsletter|inbox|e-?mails?|daily|"
          r"weekly|briefing|alerts?|updates|channel|podcast|access|app)\b", 40),
    _rule("promo", r"(?:get|receive|have) (?:the|our|all|today['’]s|breaking)\b.*\b(?:inbox|"
          r"newsletter|"
          r"app|delivered)\b|(?:download|install) (?:the|our)\b.*\bapp\b|"
          r"discover more from\b|(?:listen to|watch) (?:the|our) .{0,40}(?:podcast|channel)|"
          r"(?:please )?(?:support|help us)\b.*\b(?:journalism|donat\w+|independent)\b|"
          r"stay (?:informed|up to date|updated|connected)\b.*\b(?:newsletter|app|subscrib\w*|"
          r"us)\b|"
          r"(?:abonnieren sie|melden sie sich)\b.*\bnewsletter|(?:abonnez-vous|inscrivez-vous)\b|"
          r"(?:suscríbete|suscríbase|apúntate|iscriviti|inscreva-se|assine)\b", 40),
    _rule("promo", r".{0,60}subscriptions? start at\b", 40, hint="subscription"),
    _rule("promo", r"to view .{0,40}please upgrade\b", 40),
    _rule("social", r"follow .{1,40} (?:on|online)\b\s*:?\s*(?:twitter|facebook|x|instagram|"
          r"linkedin|"
          r"youtube|bluesky|threads)?(?: (?:or|and) \w+)?\W*$", 10),
    _rule("social", r"share all sharing options\b", 40),
    _rule("social", r"(?:follow|like|find|join|connect with) us on\b|share (?:this "
          r".{0,20})?(?:on|via|to"
          r"|with)\s*:?\s*\w*$|click to share\b|(?:folgen sie uns|suivez-nous|síguenos|"
          r"seguici)\b", 20),
    _rule("comment-form", r"\d+\s*(?:comments?|kommentare?|commentaires?|comentarios|commenti|"
          r"reacties)$|"
          r"(?:leave|post|add) (?:a|your) (?:comment|reply)\b|comments?\s*\(\d+\)|your e-?mail "
          r"address "
          r"will not be|required fields are marked|comments are closed", 14),
    _rule("navigation", r"(?:we|this (?:site|website)|our (?:site|website)|by (?:using|continuing|"
          r"clicking)) .{0,80}\bcookies?\b|(?:wir verwenden|nous utilisons|utilizamos) "
          r".{0,40}cookies", 60),
    _rule("navigation", r"(?:home|startseite|accueil|inicio|news)\s*(?:[>»›/|]|→)\s*\S", 12),
    _rule("navigation", r"(?:[\w-]+ ){1,4}(?:icon|logo)$", 5),
    _rule("advertisement", r"(?:advertisement|story continues below|article continues (?:below|"
          r"after)|"
          r"continue reading after|sponsored by|.{3,60}\| paid program$|paid (?:post|"
          r"partnership)|la suite après)\b", 10),
    _rule("caption", r"(?:photo|picture|image|foto|bild|abbildung|(?:photo|image|picture|"
          r"video)[ -]?"
          r"(?:credits?|source|caption|by|courtesy))s?\s*(?::|\||©|/)\s*\S|(?:photo|image|foto|"
          r"picture) "
          r"(?:by|courtesy(?: of)?)\b|file (?:photo|picture|image)\b|file\s*[-–—:]|"
          r"(?:enlarge|view) (?:this )?(?:image|all|gallery)\b.{0,12}$", 60),
    _rule("caption", rf"(?:[/|©]|\s[–—-])\s*{PICTURES}(?:\s*[/,]\s*{PICTURES})?\s*$", 60,
          last=80),
    _rule("caption", r"[(\[](?:(?:photo|foto|image|imagen|picture|credit|bild)s?\s*(?::|/|©|by\b|"
          r"via\b|credit|courtesy)[^()\[\]]*|(?:ap|afp|epa|reuters|file|stock) photo[^()\[\]]*|"
          r"courtesy(?: of|:)[^()\[\]]*|[^()\[\]]{0,60}\b(?:Getty|Shutterstock|EPA)\b"
          r"[^()\[\]]{0,30})[)\]]\.?$", 60, last=160),
    # An agency after a sentence's end credits the text, after a bare phrase the picture.
    _rule("caption", r"[(\[](?<![.!?”\"].)(?<![.!?”\"]\s.)(?:[^()\[\]]{0,60}\b(?:Reuters|AFP)\b"
          rf"[^()\[\]]{{0,30}}|{PICTURES})[)\]]\.?$", 60, last=160),
    _rule("caption", rf"[^,.]{{3,40}}, {PICTURES}$", 8, minds_case=True),
    _rule("related-links", r"(?:related|related (?:story|article|coverage|stories)|read more|"
          r"read also|"
          r"read next|also read|see also|see more|more on this|more here|don['’]t miss|must "
          r"read|watch|"
          r"recommended|you may (?:also )?like|mehr zum thema|lesen sie auch|lire aussi|"
          r"à lire aussi|lea también|lee también|leggi anche|lees ook|leia também|läs (?:även|"
          r"också|mer)|"
          r"читайте также|czytaj także|mehr dazu|learn more|read the full (?:story|report))"
          r"\s*(?:[:|>»›]|→|[-–—]\s)\s*\S", 30),
    _rule("related-links", r"(?:Related|Recommended|Read more|READ MORE|"
          r"RELATED)(?=[A-Z][A-Za-z]* ?[A-Z])"
          r"\S", 30, minds_case=True),
    _rule("aggregator-card", r"\d+ (?:articles|sources)$|\+\d+ (?:reposted|others?|more)\b|"
          r"reposted by \d+"
          r"|.{2,60}\bbroke the news in\b|\d+% (?:of the sources|left|right|cent(?:er|re))\b|"
          r"insights by\b", 16),
)  # fmt: skip
LONGEST = max(rule.most_words for rule in RULES)
RULES_BY_LENGTH = tuple(
    tuple(rule for rule in RULES if words <= rule.most_words) for words in range(LONGEST + 1)
)


def fold(line: str) -> str:
    """Return a line as phrases are looked up: folded, without colons, arrows and bullets around.

    >>> fold("  READ MORE: ")
    'read more'
    """
    return line.casefold().replace("’", "'").strip(" \t\xa0:»«›‹→←▶▼|•·*_#>–—-")


def line_kind(line: str, words: int) -> str:
    """Return the kind of furniture a single line is, "" when it may be the article's own.

    Args:
        line: The line without surrounding blanks and markup.
        words: How many words it has.

    >>> line_kind("Sign up for our daily newsletter", 6)
    'promo'
    >>> line_kind("The mayor resigned on Monday.", 5)
    ''
    """
    if words <= 8:
        kind = KIND_OF_PHRASE.get(fold(line), "")
        if kind:
            return kind
    if words >= len(RULES_BY_LENGTH):
        return ""
    folded = line.casefold()
    return next((rule.kind for rule in RULES_BY_LENGTH[words] if rule.fits(line, folded)), "")
