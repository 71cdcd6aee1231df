"""Thumbnails of pictures of all shapes."""

import io

from chalicelib.thumbnails import make_thumbnail
from PIL import ExifTags, Image, UnidentifiedImageError
from verdict import fail

READ = 'After save the file stands at its end, where read() finds nothing. getvalue() gives all of it.'
RED, BLUE = (200, 30, 30), (30, 30, 200)


def picture(width, height, kind='JPEG', mode='RGB', orientation=None):
    """Its left half is red, its right half is blue."""
    image = Image.new('RGB', (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    exif = Image.Exif()
    if orientation:
        exif[ExifTags.Base.Orientation] = orientation
    file = io.BytesIO()
    image.convert(mode).save(file, kind, exif=exif)
    return file.getvalue()


def see(what, photo, box, size):
    made = make_thumbnail(photo, *box)
    if not isinstance(made, bytes):
        fail(f'the bytes of a JPEG for {what}', type(made).__name__, 'Save into a io.BytesIO(), and return its getvalue().')
    try:
        image = Image.open(io.BytesIO(made))
    except UnidentifiedImageError:
        fail(f'a JPEG for {what}', f'{len(made)} bytes that are no picture', READ)
    if image.format != 'JPEG':
        fail(f'a JPEG for {what}', image.format, "Give the format when you save: save(file, 'JPEG')")
    if max(abs(image.width - size[0]), abs(image.height - size[1])) > 1:
        fail(f'{what} becomes {size[0]} × {size[1]}', f'{image.width} × {image.height}', ADVICE[what])
    return image


ADVICE = {
    'a wide photo': 'image.thumbnail((width, height)) keeps the proportions and fits into both.',
    'a tall photo': 'image.thumbnail((width, height)) keeps the proportions and fits into both.',
    'a wide photo in a tall box': 'Use the width and the height that are given, in this order.',
    'a photo that is small already': 'image.thumbnail((width, height)) never makes a picture larger; resize does.',
    'a photo of a camera held upright': 'ImageOps.exif_transpose(image) turns it before it is made small.',
    'a picture with transparency': "JPEG knows no transparency: image.convert('RGB')",
    'a palette picture': "JPEG knows no palette: image.convert('RGB')",
}
see('a wide photo', picture(1200, 600), (300, 200), (300, 150))
see('a tall photo', picture(600, 1200), (300, 200), (100, 200))
see('a wide photo in a tall box', picture(1200, 600), (80, 300), (80, 40))
see('a photo that is small already', picture(60, 40), (300, 200), (60, 40))
turned = see('a photo of a camera held upright', picture(1200, 600, orientation=6), (300, 200), (100, 200))
top, bottom = turned.convert('RGB').getpixel((50, 40)), turned.convert('RGB').getpixel((50, 160))
if not (top[0] > top[2] and bottom[2] > bottom[0]):
    fail('a turned photo with its top up', f'{top} at the top and {bottom} at the bottom', ADVICE['a photo of a camera held upright'])
see('a picture with transparency', picture(400, 400, 'PNG', 'RGBA'), (300, 200), (200, 200))
see('a palette picture', picture(400, 400, 'PNG', 'P'), (300, 200), (200, 200))
large, small = picture(1600, 1200), make_thumbnail(picture(1600, 1200), 300, 200)
if len(small) > len(large):
    fail('a thumbnail that has fewer bytes than the photo', f'{len(small)} instead of {len(large)}', 'Do not send the original.')
