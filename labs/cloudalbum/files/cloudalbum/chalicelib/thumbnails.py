"""Small pictures for the album's page."""


def make_thumbnail(photo: bytes, width: int, height: int) -> bytes:
    """The photo as a JPEG that fits into width and height, the right way up and with its proportions."""
    raise NotImplementedError('You write this in the step "Make a thumbnail"')
