"""Archives that are no workbooks, or that would hurt: told before anything of them is unpacked."""

import zipfile

from models.base.language import N_, _
from models.sheets.texts import BadTable

LARGEST_PART = 80_000_000
LARGEST_WHOLE = 150_000_000
MOST_PARTS = 2000
HEAD = 1000
NO_WORKBOOK = N_("The file is an archive, not a workbook: bring it as .xlsx, or as CSV.")
MACROS = N_("A workbook with macros is not taken: save it as .xlsx, without macros.")
TOO_LARGE = N_("The workbook is too large when it is unpacked.")


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse macros, what unpacks to more than a table needs, and markup that defines words of its own."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadTable(_(MACROS))
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise BadTable(_(NO_WORKBOOK))
    # A part never yields more than it says here: the library stops there.
    sizes = [part.file_size for part in parts]
    if len(parts) > MOST_PARTS or max(sizes) > LARGEST_PART or sum(sizes) > LARGEST_WHOLE:
        raise BadTable(_(TOO_LARGE))
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise BadTable(_(MACROS))
    for part in parts:
        with archive.open(part) as opened:
            if b"<!DOCTYPE" in opened.read(HEAD):
                raise BadTable(_(NO_WORKBOOK))
