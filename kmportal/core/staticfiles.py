"""Static files named by content hash, so browsers keep them for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also renames what our ES modules import, which Django leaves alone by default."""

    support_js_module_import_aggregation = True
    manifest_strict = False
