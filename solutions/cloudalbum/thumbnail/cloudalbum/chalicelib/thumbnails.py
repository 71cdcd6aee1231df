"""Small pictures for the album's page."""

import io

from PIL import Image, ImageOps


def make_thumbnail(photo: bytes, width: int, height: int) -> bytes:
    """The photo as a JPEG that fits into width and height, the right way up and with its proportions."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(photo)))
    image.thumbnail((width, height))
    file = io.BytesIO()
    image.convert('RGB').save(file, 'JPEG', quality=85)
    return file.getvalue()
