"""Looking for photos."""

from chalice import Blueprint

from chalicelib import web
from chalicelib.models import photos
from chalicelib.routes.shown import show

blueprint = Blueprint(__name__)


@blueprint.route('/photos/search')
def search():
    request = blueprint.current_request
    user = web.signed_in(request)
    text = (request.query_params or {}).get('q', '').strip()
    found = [show(photo) for photo in photos.search(user['id'], text)] if text else []
    return web.page(request, 'album.html', user=user, photos=found, text=text)
