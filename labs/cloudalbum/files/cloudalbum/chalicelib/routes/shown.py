from chalicelib import storage


def show(photo: dict) -> dict:
    """A photo as the pages need it: numbers as Python knows them, and links to its files."""
    place = photo.get('place')
    return {
        **photo,
        'id': int(photo['id']),
        'place': tuple(float(degrees) for degrees in place) if place else None,
        'link': storage.link(photo['file']),
        'thumbnail_link': storage.link(photo['thumbnail']),
    }
