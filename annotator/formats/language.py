"""Which language a text is in: by its script, and by counting function words.

A small table of our own, made for news prose of some sentences. It says "" when unsure: an empty
field is asked for, a wrong one is believed.
"""

from __future__ import annotations

import re

# The commonest short words; letters of one language alone weigh in through them.
FUNCTION_WORDS = {
    "en": "the of and to in that is was for on with as by he it at from his they were has have "
    "had this which are who will been their not an be or its",
    "de": "der die das und den von zu mit sich des auf für ist im nicht ein eine als auch dem es "
    "an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über",
    "fr": "le la les des et de du un une en est que qui dans pour sur pas au avec par ce il sont "
    "plus ne se aux ont été cette leur mais elle ses d l qu",
    "es": "el la los las de que y en un una del se por con para su al como no más es lo fue ha "
    "sus pero este ya entre sobre también desde son",
    "it": "il lo la gli di che e un una del della in per con non si è da dei al le alla sono nel "
    "delle anche ha più come ma dal l hanno stato degli",
    "nl": "de het een van en in is dat op te voor met zijn niet die aan er ook als bij door maar "
    "naar worden om heeft uit werd nog wordt hebben zich deze dan",
    "pt": "o a os as de que e do da em um uma para com não no na por se mais dos das ao é como "
    "foi mas pelo pela ele são já também à nos",
    "sv": "och i att det som en på är av för med den till inte har de om ett men var från vid "
    "efter sig kan han också där under eller ska skulle mot",
    "da": "og i at det er en til af på for med den der de ikke har som et fra blev var men om "
    "også efter ved sig kan han skal være mod bliver nu",
    "nb": "og i det er en til av på for med den som de ikke har at et fra ble var men om også "
    "etter ved seg kan han skal være mot blir nå sier",
    "fi": "ja on ei että oli se hän ovat myös joka mutta kun ole sen mukaan ollut jo tai kuin "
    "niin olla sanoo jotka mitä vain ovat tämä",
    "pl": "i w z na się nie do to że jest o jak po co za od przez dla jego które ale był być "
    "oraz są ma już czy tym tego został która który",
    "cs": "a v se na je že s z do o i to jako pro za by k ale po podle od jsou které byl jeho "
    "který není ve už také jen nebo při však",
    "ro": "și de la în a cu pe care din nu un o este pentru că mai au fost sau prin după sunt "
    "fi dar să al lui ale acest această",
    "hu": "a az és hogy nem is egy meg volt de ha csak már van mint még el szerint ezt azt lesz "
    "vagy ez után között amely miatt",
    "tr": "ve bir bu da de için ile olarak çok daha gibi olan ne kadar sonra ise en var dedi "
    "olduğu değil her göre ancak tarafından oldu",
    "id": "yang dan di dari untuk dengan ini itu pada dalam tidak akan ke oleh juga karena ada "
    "mereka telah sebagai adalah dapat kata para",
    "ru": "и в не на что с он по как это из за от к но его о же а для до так был ее при во было "
    "также будет сказал или были году",
    "uk": "і в не на що з він та за як до це у про від його але для є так був при було також "
    "буде або були року які який й",
    "bg": "и на да се в за от е не са с че по като до но си той ще при този беше които след "
    "това има към",
    "ar": "في من على إلى أن عن التي الذي هذا هذه مع كان قد ما لا بعد بين كما أو ذلك وقد خلال كانت",
    "fa": "در به از که این را با است برای آن یک خود تا کرد بر هم شد می های بود ها شده و",
    "ur": "کے کی میں ہے اور سے کا کو نے پر اس کہ ہیں کر یہ تھا بھی جو وہ گیا ان",
}
_LANGUAGES: dict[str, list[str]] = {}
for _code, _row in FUNCTION_WORDS.items():
    for _word in set(_row.split()):
        _LANGUAGES.setdefault(_word, []).append(_code)
# Scripts that settle it; checked in this order.
SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30fa]"), 0.05),
    ("ko", re.compile("[\uac00-\ud7a3]"), 0.3),
    ("zh", re.compile("[\u4e00-\u9fff]"), 0.3),
    ("el", re.compile("[\u0370-\u03ff]"), 0.3),
    ("he", re.compile("[\u05d0-\u05ea]"), 0.3),
    ("th", re.compile("[\u0e01-\u0e3a]"), 0.3),
    ("hi", re.compile("[\u0900-\u097f]"), 0.3),
    ("bn", re.compile("[\u0980-\u09ff]"), 0.3),
    ("ta", re.compile("[\u0b80-\u0bff]"), 0.3),
    ("ka", re.compile("[\u10d0-\u10fa]"), 0.3),
    ("hy", re.compile("[\u0531-\u0587]"), 0.3),
)
# Arabic has few function words that stand alone; the other languages of its script, letters of
# their own.
ARABIC = re.compile("[\u0621-\u064a]")
ELSEWHERE = re.compile("[\u0671-\u06d3]")
WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 1500  # code points to look at: some 250 words

# What tables call languages, to the tags kept: names, and three-letter codes of ISO 639.
LANGUAGE_NAMES = {
    "en": "english eng englisch anglais inglés inglese engels inglês",
    "de": "german deutsch ger deu allemand alemán tedesco duits alemão",
    "fr": "french français francais fre fra französisch francés francese frans francês",
    "es": "spanish español espanol castellano spa spanisch espagnol spagnolo spaans espanhol",
    "it": "italian italiano ita italienisch italien italiaans",
    "nl": "dutch nederlands dut nld niederländisch néerlandais neerlandés olandese holandês",
    "pt": "portuguese português portugues por portugiesisch portugais portugués portoghese",
    "sv": "swedish svenska swe schwedisch suédois",
    "da": "danish dansk dan dänisch danois",
    "nb": "norwegian norsk bokmål nor nob norwegisch norvégien",
    "fi": "finnish suomi fin finnisch finnois",
    "pl": "polish polski pol polnisch polonais polaco",
    "cs": "czech čeština cze ces tschechisch tchèque",
    "ro": "romanian română rum ron rumänisch roumain",
    "hu": "hungarian magyar hun ungarisch hongrois",
    "tr": "turkish türkçe tur türkisch turc turco",
    "id": "indonesian ind",
    "ru": "russian русский rus russisch russe ruso russo",
    "uk": "ukrainian українська ukr ukrainisch ukrainien",
    "bg": "bulgarian bul bulgarisch",
    "ar": "arabic العربية ara arabisch arabe árabe arabo",
    "fa": "persian farsi per fas فارسی",
    "ur": "urdu urd اردو",
    "he": "hebrew heb עברית",
    "hi": "hindi hin",
    "ja": "japanese jpn 日本語 japanisch japonais japonés giapponese",
    "zh": "chinese chi zho mandarin 中文 chinesisch chinois chino cinese",
    "ko": "korean kor 한국어 koreanisch coréen",
    "el": "greek gre ell ελληνικά griechisch grec",
}
_TAGS = {name: tag for tag, row in LANGUAGE_NAMES.items() for name in row.split()}
_TAG_FORM = re.compile(r"([a-z]{2,3})((?:[-_][a-z0-9]{2,8})*)", re.IGNORECASE)


def detect(text: str) -> str:
    """Return the language of a text as a BCP 47 tag, "" when unsure.

    >>> detect("The mayor said that the bridge would be closed for a week, as it was not safe.")
    'en'
    >>> detect("Bremen")
    ''
    """
    sample = text[:ENOUGH]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return ""
    if not sample.isascii():
        for code, script, share in SCRIPTS:
            if len(script.findall(sample)) > letters * share:
                return code
    found = _by_words(sample)
    if not found and len(ARABIC.findall(sample)) > letters * 0.5 and not ELSEWHERE.search(sample):
        return "ar"
    return found


def tag_of(name: str) -> str:
    """Return the BCP 47 tag of a language as tables name it, "" when not known.

    >>> tag_of("German"), tag_of("eng"), tag_of("pt_BR"), tag_of("??")
    ('de', 'en', 'pt-BR', '')
    """
    name = name.strip()
    first = re.split(r"[;,/(]", name)[0].strip().lower()
    if first in _TAGS:
        return _TAGS[first]
    match = _TAG_FORM.fullmatch(name)
    if not match:
        return ""
    base = match[1].lower()
    parts = [_cased(part) for part in re.split("[-_]", match[2]) if part]
    return "-".join([_TAGS.get(base, base), *parts])


def _cased(subtag: str) -> str:
    """Return a region in capitals, a script with one, as BCP 47 writes them."""
    return {2: str.upper, 4: str.title}.get(len(subtag), str.lower)(subtag)


def _by_words(sample: str) -> str:
    words = WORD.findall(sample.lower())
    if len(words) < 5:
        return ""
    counts = dict.fromkeys(FUNCTION_WORDS, 0)
    for word in words:
        for code in _LANGUAGES.get(word, ()):
            counts[code] += 1
    best, second = sorted(counts, key=counts.__getitem__, reverse=True)[:2]
    hits = counts[best]
    # Related languages share short words; agglutinating ones have few at all.
    is_sure = hits >= 3 and hits > len(words) * 0.09 and hits >= counts[second] * 1.2
    return best if is_sure else ""
