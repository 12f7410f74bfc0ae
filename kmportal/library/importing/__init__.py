"""Between the importer's core, which knows no database, and the verbs: the state of a review, names, pages' streams, the child process.

Reading only: what is written, library.actions.imports writes.
"""
