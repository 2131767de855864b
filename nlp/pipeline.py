"""Build the spaCy pipeline that ``config.cfg`` names and fill it with the shipped model."""

from __future__ import annotations

import importlib
from pathlib import Path

from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.util import load_config, load_model_from_config

import nlp.tokenizer  # noqa: F401  # registers the tokenizer that config.cfg names
from nlp.extensions import register
from nlp.vectors import load_vectors
from scraper.errors import LexiconError

FOLDER = Path(__file__).parent
CONFIG = FOLDER / "config.cfg"
MODEL = FOLDER / "model"
PREFIX = "pantau_"


def build_pipeline(*, model: Path = MODEL, registry: object | None = None) -> Language:
    """The whole pipeline, ready to tag; raises LexiconError where model or configuration is broken.

    Components with a method ``use_registry`` get ``registry``; without one they use the shipped tables.
    """
    pipeline = build_blank(names=None)
    for _, component in pipeline.pipeline:
        if registry is not None and hasattr(component, "use_registry"):
            component.use_registry(registry)
    pipeline.vocab.vectors = load_vectors(model / "vectors.npy")
    try:
        get_ner(pipeline).from_disk(model / "ner", exclude=["vocab"])
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(f"{model / 'ner'} cannot be read ({error}); restore nlp/model or train it anew") from error
    return pipeline


def build_blank(*, names: list[str] | None) -> Language:
    """The pipeline of ``config.cfg`` without weights; only the components in ``names`` where given."""
    register()
    config = load_config(CONFIG)
    if names is not None:
        config["nlp"]["pipeline"] = names
        config["components"] = {name: config["components"][name] for name in names}
    for name in config["nlp"]["pipeline"]:
        if name.startswith(PREFIX):
            importlib.import_module(f"nlp.components.{name.removeprefix(PREFIX)}")
    return load_model_from_config(config, auto_fill=True)


def get_ner(pipeline: Language) -> EntityRecognizer:
    """The pipeline's trainable recogniser."""
    component = pipeline.get_pipe("ner")
    if not isinstance(component, EntityRecognizer):
        raise LexiconError(
            f"the component ner is a {type(component).__name__}; config.cfg must keep spaCy's own factory"
        )
    return component
