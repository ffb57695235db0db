"""The Markdown dialect of the site: Python-Markdown with block and inline rules of our own."""
