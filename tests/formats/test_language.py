"""The language of a text is told by its function words and its script, or left open."""

import pytest

from annotator.formats.language import detect, tag_of

SENTENCES = {
    "en": "The mayor said that the bridge would be closed for a week, as it was not safe for cars.",
    "de": "Der Bürgermeister sagte, dass die Brücke für eine Woche geschlossen wird, weil sie "
    "nicht sicher ist.",
    "fr": "Le maire a déclaré que le pont serait fermé pendant une semaine, car il n'est pas sûr.",
    "es": "El alcalde dijo que el puente se cerrará la próxima semana por las obras en el puerto.",
    "it": "Il sindaco ha detto che il ponte sarà chiuso la prossima settimana per i lavori.",
    "nl": "De burgemeester zei dat de brug volgende week dicht gaat voor werk aan de weg.",
    "pt": "O prefeito disse que a ponte será fechada na próxima semana para as obras do porto.",
    "sv": "Borgmästaren sade att bron ska vara stängd i en vecka, och att det inte är säkert.",
    "nb": "Ordføreren sa at broen ble stengt i en uke etter at den ikke var trygg.",
    "pl": "Burmistrz powiedział, że most będzie zamknięty na tydzień i nie jest to bezpieczne.",
    "cs": "Starosta řekl, že most bude na týden uzavřen, protože podle inženýrů není bezpečný a je "
    "starý.",
    "tr": "Belediye başkanı köprünün bir hafta için kapalı olacağını ve bu kararın çok önemli "
    "olduğunu söyledi.",
    "ru": "Мэр сказал, что мост будет закрыт на неделю и что это не опасно.",
    "uk": "Мер сказав, що міст буде закрито на тиждень, і це не так небезпечно.",
    "ar": "أعلن رئيس البلدية أن الجسر سيغلق في الأسبوع المقبل بعد أن كان مفتوحا على السيارات",
    "fa": "شهردار گفت که این پل از هفته آینده بسته است و برای خودروها باز نمی شود",
    "ja": "市長は来週、橋を閉鎖すると発表した。",
    "zh": "市长宣布下周关闭大桥。",
    "ko": "시장은 다음 주에 다리를 폐쇄한다고 발표했다.",
    "el": "Ο δήμαρχος ανακοίνωσε το κλείσιμο της γέφυρας.",
    "he": "ראש העיר הודיע על סגירת הגשר בשבוע הבא.",
}


@pytest.mark.parametrize(("code", "sentence"), SENTENCES.items())
def test_one_sentence_is_enough_for(code, sentence):
    assert detect(sentence) == code


@pytest.mark.parametrize("text", ["", "123 456", "Bremen", "Marrow Bay 3, Port Gris 1", "🎉🎉"])
def test_unsure_is_left_open(text):
    assert detect(text) == ""


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("English", "en"),
        ("eng", "en"),
        ("en_GB", "en-GB"),
        ("pt-br", "pt-BR"),
        ("Deutsch", "de"),
        ("ENGLISH; Spanish", "en"),
        ("zh-hant", "zh-Hant"),
        ("", ""),
        ("Klingon of old", ""),
    ],
)
def test_names_of_languages_become_tags(name, tag):
    assert tag_of(name) == tag
