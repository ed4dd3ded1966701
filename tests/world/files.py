"""Small files of the kinds that people send."""

from io import BytesIO
from zipfile import ZipFile


def packed_file(*names: str) -> bytes:
    """A packed file that holds some parts."""
    file = BytesIO()
    with ZipFile(file, "w") as pack:
        for name in names:
            pack.writestr(name, "x")
    return file.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
TEXT = "Kære Tine, her er mit brev.\n".encode()
DOCX = packed_file("[Content_Types].xml", "word/document.xml")
ODT = packed_file("mimetype", "content.xml")
