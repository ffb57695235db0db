"""The pages on which readers discuss an article. They hold forms and are nobody else's."""
