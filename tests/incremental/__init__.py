"""Random edits of a small project, and what a clean build makes of the same content."""
