"""What columns, keys and header lines are called, and which field of an article they mean.

One table for tables, JSON, header blocks and front matter, in several languages. Names are compared
without case, blanks, hyphens and underscores. What is not in the table is kept as extra.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# For each field its names, the surest first: where a table has several, the first one wins.
FIELD_NAMES = {
    "text": "text fulltext article_text body maintext full_text article_body story_text news_text "
    "plaintext content contents article body_text raw_text cleaned_text text_content volltext "
    "artikeltext inhalt texte corps contenu texte_intégral texto cuerpo contenido texto_completo "
    "testo corpo contenuto tekst artikeltekst conteúdo conteudo brödtext treść tresc текст metin "
    "içerik 本文 正文 内容 نص النص",
    "headline": "headline title article_title headlines heading news_title titre titel überschrift "
    "ueberschrift schlagzeile titular título titulo título_del_artículo titolo kop titular_noticia "
    "manchete rubrik tytuł заголовок başlık 見出し 标题 عنوان العنوان",
    "outlet": "outlet outlet_name publisher publication newspaper media media_name media_outlet "
    "source_name source news_outlet newssource site_name sitename medium zeitung quelle journal "
    "média periódico medio diario testata giornale fonte krant bron jornal veículo veiculo tidning "
    "gazeta источник kaynak site domain",
    "published": "published published_at publishedat publish_date publication_date date_published "
    "datepublished publishdate pub_date pubdate published_date published_parsed date datetime "
    "date_time article_date datum erscheinungsdatum veröffentlicht date_de_publication fecha "
    "fecha_de_publicación data data_pubblicazione publicatiedatum data_de_publicação datepub "
    "datetimepub дата tarih timestamp seendate created_at 日付 日期 تاريخ التاريخ",
    "url": "url link web_url article_url source_url permalink canonical_url href uri adresse "
    "enlace lien",
    "byline": "byline author authors author_name writer writers journalist reporter autor autorin "
    "autoren auteur auteurs autores autore autori författare автор yazar 著者 作者",
    "language": "language lang inlanguage lang_code language_code locale sprache langue idioma "
    "lingua taal språk język язык dil",
    "section": "section article_section category desk rubric ressort rubrique sección seccion "
    "sezione rubriek seção secao",
    "genre": "genre article_type type_of_article textsorte gattung",
    "wire_credit": "wire_credit wire agency news_agency credit credit_text agentur agence agencia "
    "agenzia",
    "story": "story event story_id event_id eventuri event_name topic_id cluster cluster_id "
    "ereignis événement evento",
    "id": "id article_id doc_id docid document_id uid guid record_id _id",
}
FIELDS = tuple(FIELD_NAMES)


def plain(name: str) -> str:
    """Return a column's name as it is compared.

    >>> plain("Published-At "), plain("publishedAt")
    ('publishedat', 'publishedat')
    """
    return re.sub(r"[\s_.\-/]+", "", name.casefold().strip("\ufeff \t\"'"))


_BY_NAME = {
    plain(name): (field, rank)
    for field, names in reversed(FIELD_NAMES.items())
    for rank, name in enumerate(names.split())
}


def field_of(name: str) -> str:
    """Return the field that a name means, "" if none.

    >>> field_of("Publish Date"), field_of("likes")
    ('published', '')
    """
    return _BY_NAME.get(plain(name), ("", 0))[0]


def match_names(names: Iterable[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the column for each field that has one; a mapping goes before the table.

    Args:
        names: The columns or keys there are.
        mapping: Field to column, as a person said; columns it names must exist.

    >>> match_names(["Title", "body", "text"], {})
    {'headline': 'Title', 'text': 'text'}
    """
    found = {field: (column, -1) for field, column in mapping.items()}
    taken = set(mapping.values())
    for name in names:
        field, rank = _BY_NAME.get(plain(name), ("", 0))
        if field and name not in taken and rank < found.get(field, ("", 10_000))[1]:
            found[field] = (name, rank)
    return {field: column for field, (column, _) in found.items()}


def wrong_fields(mapping: Mapping[str, str]) -> list[str]:
    """Return the names in a mapping that are no fields."""
    return [field for field in mapping if field not in FIELD_NAMES]
