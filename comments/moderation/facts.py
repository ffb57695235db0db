"""Everything that the rules may know about a comment and its writer."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Writer:
    """What is known of whoever writes: a history by account, or by the browser's own key."""

    approved: int = 0
    removed: int = 0
    is_moderator: bool = False


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A moderators' word that was found: where, as written, and what it leads to."""

    target: str
    found: str
    pattern: str
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known when a comment is judged. Whatever is not said speaks in its favour."""

    # "post", "pre" or "first".
    mode: str
    body: str
    name: str = ""
    writer: Writer = field(default_factory=Writer)
    # Seconds from the form to its sending; None without a genuine form.
    form_age: float | None = None
    # Whether a form is expected at all: an edit and an import have none to speak of.
    has_form: bool = True
    trap_is_filled: bool = False
    near_repeats: int = 0
    # Comments from the same network in the last ten minutes.
    recent_from_network: int = 0
    words: tuple[FoundWord, ...] = ()
    is_spam_elsewhere: bool = False
    proof_is_given: bool = False
    # Whether the sender can be asked for a proof of work, because its page runs scripts.
    can_prove: bool = False
