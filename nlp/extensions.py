"""The Doc attributes through which components hand results to each other.

A component reads what stands before it in ``nlp/config.cfg`` and fills its own attribute:

=============  =====================================  ==========================
attribute      type                                   filled by
=============  =====================================  ==========================
title          str                                    the tagger, before the pipe
published      date | None                            the tagger, before the pipe
people         list[scraper.items.PersonTag]          components/people.py
office_mentions  list[OfficeTag]                      components/people.py
programs       list[ProgramTag]                       components/programs.py
figures        list[FigureTag]                        components/figures.py
quotes         list[QuoteTag]                         components/quotes.py
places         list[PlaceTag]                         components/places.py
orgs           list[OrgTag]                           components/orgs.py
topics         list[str]                              components/topics.py
kind           ArticleKind | None                     components/topics.py
=============  =====================================  ==========================

``doc.ents`` holds the model's PER, ORG and LOC; ``doc.sents`` comes from components/sentences.py.
"""

from __future__ import annotations

from spacy.tokens import Doc

LISTS = ("people", "programs", "figures", "quotes", "places", "orgs", "topics", "office_mentions")


TEXT = "pantau_text"


def text_of(doc: Doc) -> str:
    """``doc.text``, which spaCy puts together anew each time it is asked for, kept with the Doc."""
    text = doc.user_data.get(TEXT)
    if text is None:
        text = doc.user_data[TEXT] = doc.text
    return str(text)


def register() -> None:
    """Declare the attributes; safe to call more than once."""
    Doc.set_extension("title", default="", force=True)
    Doc.set_extension("published", default=None, force=True)
    Doc.set_extension("kind", default=None, force=True)
    for name in LISTS:
        Doc.set_extension(name, default=[], force=True)
