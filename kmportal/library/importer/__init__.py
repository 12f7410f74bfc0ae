"""A seminar summary as civil servants type it, turned into structured knowledge. Pure Python: no Django here.

The way through:

    source = read_source(data, filename)      # UnreadableFile(code) for anything that cannot be read
    draft = parse(source, vocabulary)         # never fails; what is not understood stays as flagged paragraphs
    coverage(source, draft)                   # lost lines: always []
    candidate(draft)                          # the plain dict printed by `import_seminar --format json`

`edit` holds the moves of the preview editor, `similar` finds near-duplicate statements.
"""
