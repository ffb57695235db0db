"""How wide the stylesheet shows a picture in each place, as `sizes` tells a browser.

Keep in step with `assets/css/site.css`: the browser chooses a file before it has read that.
"""

SIZES = {
    "lead-figure": "(min-width: 72rem) 66rem, (min-width: 40rem) 92vw, 100vw",
    "story-lead": "(min-width: 80rem) 46rem, (min-width: 60rem) 55vw, 92vw",
    "story-column": "(min-width: 80rem) 24rem, (min-width: 48rem) 28vw, 92vw",
    "story-section": "(min-width: 80rem) 31rem, (min-width: 60rem) 36vw, (min-width: 40rem) 54vw, 92vw",
    "story-opening": "(min-width: 60rem) 32rem, (min-width: 48rem) 52vw, 92vw",
    "story-row": "(min-width: 50rem) 13rem, 26vw",
    "story-episode": "(min-width: 50rem) 13rem, 26vw",
    "related": "(min-width: 64rem) 17rem, (min-width: 40rem) 44vw, 26vw",
    "banner": "(min-width: 48rem) 15rem, 7rem",
    "book": "12rem",
    "portrait": "3.5rem",
    "portrait-large": "11rem",
}
