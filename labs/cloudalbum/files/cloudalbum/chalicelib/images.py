"""Looks into what somebody wants to upload: is it a photo, when and where was it taken?"""

import io
from dataclasses import dataclass
from datetime import datetime

import latlong
from PIL import ExifTags, Image

from chalicelib.refusal import Refusal

# API Gateway and Lambda take 6 MB with everything around the photo, and a third of that is lost on the way.
MEGABYTES = 4
# A small file can be a huge picture, and Lambda's memory is limited.
MEGAPIXELS = 50
FORMATS = ['JPEG', 'PNG', 'WEBP']
# MPO: a JPEG with a second picture in it, as many phones make it.
TYPES = {'JPEG': 'image/jpeg', 'MPO': 'image/jpeg', 'PNG': 'image/png', 'WEBP': 'image/webp'}


@dataclass
class Facts:
    content_type: str
    width: int
    height: int
    # 2026-05-17 14:30:00
    taken: str | None
    # latitude and longitude in degrees
    place: tuple[float, float] | None


def examine(data: bytes) -> Facts:
    """Refuses what is too large, or no picture that Pillow can read to its end."""
    if len(data) > MEGABYTES * 1_000_000:
        raise Refusal(413, f'This file is too large. A photo may have {MEGABYTES} MB.')
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height > MEGAPIXELS * 1_000_000:
            raise Refusal(413, f'This picture is too large. It may have {MEGAPIXELS} megapixels.')
        image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refusal(400, 'This is not a photo that the album can read. Take a JPEG, PNG or WebP file.') from error
    return Facts(TYPES[image.format], image.width, image.height, *_read_exif(image))


def _read_exif(image: Image.Image) -> tuple[str | None, tuple[float, float] | None]:
    """Date and place. Cameras write all sorts of things, so what can't be read counts as not there."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(ExifTags.IFD.Exif)
        date = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
        return _read_date(date), latlong.from_exif(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except (OSError, SyntaxError, ValueError, TypeError, KeyError):
        return None, None


def _read_date(text: object) -> str | None:
    try:
        return datetime.strptime(str(text).strip('\0 '), '%Y:%m:%d %H:%M:%S').isoformat(' ')
    except ValueError:
        return None
