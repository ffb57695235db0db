"""What becomes of a comment: facts in, a verdict with its reasons out. Pure rules."""
