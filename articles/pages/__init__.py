"""What puts public pages together: facts, parts and heads (docs/pages.md)."""
