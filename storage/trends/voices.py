"""Who says how much in a set of articles, and which organisations it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from storage.records.changes import chunks
from storage.records.registry import registry_names
from storage.records.tables_tags import OrgRow, PersonRow, QuoteRow


def statement_counts(session: Session, ids: Sequence[str]) -> Counter[str]:
    """Name, as search shows it -> statements in the articles."""
    names, counts = registry_names(session, kind="persons"), Counter[str]()
    same = and_(PersonRow.article_id == QuoteRow.article_id, PersonRow.key == QuoteRow.speaker)
    for part in chunks(list(ids)):
        query = select(PersonRow.person_id, PersonRow.name, func.count()).join(QuoteRow, same)
        query = query.where(PersonRow.article_id.in_(part)).group_by(PersonRow.person_id, PersonRow.name)
        for person_id, name, count in session.execute(query):
            counts[names.get(person_id or "", name)] += count
    return counts


def offices_of(session: Session, people: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The first office of a person in an article, by article and the person's key across articles."""
    found = {}
    for part in chunks(list({article_id for article_id, _ in people})):
        query = select(PersonRow.article_id, PersonRow.person_key, PersonRow.offices)
        for article_id, key, offices in session.execute(query.where(PersonRow.article_id.in_(part))):
            if offices:
                found[article_id, key] = offices[0]
    return {pair: found[pair] for pair in people if pair in found}


def organisation_counts(session: Session, ids: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Key -> the form that the articles use most, and how many of them name the organisation."""
    forms: dict[str, Counter[str]] = {}
    articles: Counter[str] = Counter()
    for part in chunks(list(ids)):
        query = select(OrgRow.org_key, OrgRow.surface, OrgRow.article_id).where(OrgRow.article_id.in_(part)).distinct()
        seen = set()
        for key, surface, article_id in session.execute(query):
            forms.setdefault(key, Counter())[surface] += 1
            seen.add((key, article_id))
        articles.update(key for key, _ in seen)
    return {
        key: (min(counts, key=lambda form: (-counts[form], form)), articles[key])
        for key, counts in sorted(forms.items())
    }
