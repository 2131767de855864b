"""The one error tree of Pantau.

PantauError                 anything a user can be told in one line
├── ConfigError             a setting or the installation is wrong; nothing was done
├── ProfileError            a site profile or source file is wrong; that source is not crawled
├── ExtractionError         a page holds no article that can be read; the page is skipped and counted
├── InputError              a file or row given by the user cannot be read; it is skipped and counted
├── LexiconError            a lexicon, registry or model file is wrong; tagging does not start
├── QueryError              a search query cannot be understood; carries the position
├── StorageError            the database or the index refuses; nothing was written
│   └── ConflictError       what was asked does not fit what is stored (any more)
└── DeliveryError           a mail or an export could not be handed over

A message names the value, the likely cause and the remedy. Raise with ``from`` the cause. What a reader of the page
can bring about is a text with values by name: ``InputError("%(day)r is no day; write 2026-01-31", day=day)``. The page
says it in its own language (``pantau/wording.py``, ``reason``); a test asks for the translation of each such text.
"""


class PantauError(Exception):
    """Anything a user can be told in one line; the command line prints it and exits with 1.

    ``values`` stand in the message by name, so that a page can say it in another language.
    """

    def __init__(self, message: str = "", /, **values: object) -> None:
        super().__init__(message % values if values else message)
        self.message, self.values = message, values


def sentence(text: str, /, **values: object) -> str:
    """What an error says, where it is made elsewhere; the text stands in the catalogue of the page like an error's."""
    return text % values if values else text


class ConfigError(PantauError):
    """A setting or the installation is wrong; raised before any work starts."""


class ProfileError(PantauError):
    """A site profile or source file is wrong; raised when it is loaded."""


class ExtractionError(PantauError):
    """A page holds no article that can be read.

    ``reason`` is a short slug for counting (``empty``, ``no-text``, ``too-large``, ...).
    """

    def __init__(self, reason: str, message: str, /, **values: object) -> None:
        super().__init__(message, **values)
        self.reason = reason

    def __reduce__(self) -> tuple[type["ExtractionError"], tuple[str, str], dict[str, object]]:
        """Survive the trip back from a worker process."""
        return type(self), (self.reason, str(self)), self.__dict__


class InputError(PantauError):
    """A file or row given by the user cannot be read."""


def about(what: object, error: PantauError) -> PantauError:
    """The error with what it is about before it, where it does not say so itself."""
    return error if str(what) in str(error) else InputError("%(url)s: %(why)s", url=what, why=error)


class LexiconError(PantauError):
    """A lexicon, registry or model file is wrong."""


class QueryError(PantauError):
    """A search query cannot be understood; ``position`` is the character index in the query.

    The message is Indonesian, unlike all others: the query language is.
    """

    def __init__(self, message: str, position: int, /, **values: object) -> None:
        super().__init__(message, **values)
        self.position = position


class StorageError(PantauError):
    """The database or the index refuses; nothing was written."""


class ConflictError(StorageError):
    """What was asked does not fit what is stored (any more); asking differently helps, asking again does not."""


class DeliveryError(PantauError):
    """A mail or an export could not be handed over."""
