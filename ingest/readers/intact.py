"""See damage that PDF readers forgive: they return what is left of a page, and say nothing."""

from __future__ import annotations

import zlib
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NullObject, PdfObject, StreamObject

from ingest.readers.limits import refusal
from ingest.readers.pypdf_page import quiet_pypdf

_CHUNK = 1 << 20


def refuse_damage(data: bytes, name: str, pages: int) -> None:
    """Raise Unreadable where pages are missing or the content of one ends early.

    `data` is not encrypted; `pages` is how many pages another reader counts.
    """
    with quiet_pypdf():
        reader = PdfReader(BytesIO(data))
        if len(reader.pages) != pages:
            raise refusal(name, "damaged", "two readers disagree on its number of pages")
        if _pages_promised(reader) != pages:
            raise refusal(name, "damaged", "some of its pages are missing")
        for number, page in enumerate(reader.pages, start=1):
            if not _is_whole(page):
                raise refusal(name, "damaged", f"page {number} is damaged")


def _pages_promised(reader: PdfReader) -> int:
    """The number of pages the document says it has; -1 if it does not say."""
    root = reader.trailer["/Root"].get_object()
    tree = root.get("/Pages") if isinstance(root, DictionaryObject) else None
    tree = tree.get_object() if tree is not None else None
    count = tree.get("/Count") if isinstance(tree, DictionaryObject) else None
    return int(count.get_object()) if count is not None else -1


def _is_whole(page: PageObject) -> bool:
    """Whether each content stream of a page is there and unpacks to its end without error."""
    if "/Contents" not in page:
        return True
    contents = page.raw_get("/Contents").get_object()
    streams = contents if isinstance(contents, ArrayObject) else [contents]
    return all(_is_whole_stream(stream.get_object()) for stream in streams)


def _is_whole_stream(stream: PdfObject | None) -> bool:
    if stream is None or isinstance(stream, NullObject):
        return False
    if not isinstance(stream, StreamObject):
        return False
    filters = stream.get("/Filter")
    packed = [filters] if not isinstance(filters, ArrayObject) else list(filters)
    if packed[:1] != ["/FlateDecode"]:
        return True
    # The packed bytes are pypdf's own attribute: get_data() gives only the forgiving reading.
    return _unpacks(stream._data)


def _unpacks(data: bytes) -> bool:
    """Whether the stream ends where it should, its checksum right; in constant memory."""
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(data, _CHUNK)
        while not unpacker.eof and unpacker.unconsumed_tail:
            unpacker.decompress(unpacker.unconsumed_tail, _CHUNK)
    except zlib.error:
        return False
    return unpacker.eof
