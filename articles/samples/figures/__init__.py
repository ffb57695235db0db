"""Draw the sample essays' illustrations: ``python -m articles.samples.figures TARGET``.

The pictures are committed, so a reader never needs this package; an editor who
wants another crop or another ink changes a scene and draws it again.
"""
