"""Places on the globe. A small package of our own, which is on no package index: that is what `vendor/` is for."""

LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE = 1, 2, 3, 4


def from_exif(gps: dict) -> tuple[float, float] | None:
    """Latitude and longitude in degrees from a photo's GPS data; None where there are none, or they are nowhere."""
    if LATITUDE not in gps or LONGITUDE not in gps:
        return None
    try:
        latitude = _degrees(gps[LATITUDE], gps.get(LATITUDE_REF) == 'S')
        longitude = _degrees(gps[LONGITUDE], gps.get(LONGITUDE_REF) == 'W')
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _degrees(parts, is_negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = round(degrees + minutes / 60 + seconds / 3600, 6)
    if value != value:
        raise ValueError('not a number')
    return -value if is_negative else value


def fit(places: list[tuple[float, float]], width: int, height: int, margin: int) -> list[tuple[int, int]]:
    """Where to draw the places on a picture, so that all of them are on it: north is up, and a degree is as long each way."""
    latitudes, longitudes = [place[0] for place in places], [place[1] for place in places]
    middle = (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2
    degrees = max(
        (max(longitudes) - min(longitudes)) / (width - 2 * margin),
        (max(latitudes) - min(latitudes)) / (height - 2 * margin),
        0.0001,
    )
    return [
        (round(width / 2 + (longitude - middle[1]) / degrees), round(height / 2 - (latitude - middle[0]) / degrees))
        for latitude, longitude in places
    ]
