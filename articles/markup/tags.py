"""The names of HTML elements."""

# Those that end a line of text, as far as articles may hold them.
_BLOCK_NAMES = """
    aside blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p
    pre section summary table tbody td tfoot th thead tr ul
"""
BLOCK_TAGS = frozenset(_BLOCK_NAMES.split())

_NAMES = """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink
    blockquote body br button canvas caption center cite code col colgroup data datalist dd del
    details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame
    frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins isindex kbd label
    legend li link listing main map mark marquee math menu meta meter nav nobr noembed noframes
    noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt
    rtc ruby s samp script search section select slot small source span strike strong style sub
    summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul
    var video wbr xmp
"""
_TAGS = frozenset(_NAMES.split())


def is_html_tag(name: str) -> bool:
    """Whether a name in angle brackets is meant as a tag.

    Tags are written in lower or in upper case throughout; `<Map>` and `<Title>` are works someone
    writes about.
    """
    return name.lower() in _TAGS and (name.islower() or name.isupper())
