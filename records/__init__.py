"""The record: summits, what was said and promised at them, and what came of it. See README.md."""
