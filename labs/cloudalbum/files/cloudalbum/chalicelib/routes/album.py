"""The album itself, and its map."""

from chalice import Blueprint

import latlong

from chalicelib import settings, web
from chalicelib.models import photos
from chalicelib.routes.shown import show

blueprint = Blueprint(__name__)

MAP_WIDTH, MAP_HEIGHT, MAP_MARGIN = 800, 400, 60


@blueprint.route('/')
def index():
    request = blueprint.current_request
    user = web.find_user(request)
    if user is None:
        return web.page(request, 'welcome.html')
    found = [show(photo) for photo in photos.list_all(user['id'])]
    return web.page(request, 'album.html', user=user, photos=found)


@blueprint.route('/photos/map')
def show_map():
    request = blueprint.current_request
    user = web.signed_in(request)
    found = [show(photo) for photo in photos.list_all(user['id']) if 'place' in photo]
    places = [photo['place'] for photo in found]
    points = latlong.fit(places, MAP_WIDTH, MAP_HEIGHT, MAP_MARGIN) if places else []
    key = settings.get('GMAPS_KEY')
    return web.page(
        request,
        'map.html',
        user=user,
        places=list(zip(found, points)),
        width=MAP_WIDTH,
        height=MAP_HEIGHT,
        maps_key=None if key == 'none' else key,
    )
