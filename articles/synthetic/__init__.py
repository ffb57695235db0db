"""A magazine that nobody has written, as large as a measurement needs it."""
