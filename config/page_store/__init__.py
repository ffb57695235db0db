"""Public pages, made once per change and kept in the memory of the process."""
