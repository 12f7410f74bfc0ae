"""Finding text in Thai and English: analysis, index and ranking. Knows no other app: they declare what of theirs is searched."""
