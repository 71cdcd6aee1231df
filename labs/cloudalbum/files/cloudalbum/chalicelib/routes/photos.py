"""Uploading, seeing, changing and deleting a photo."""

from decimal import Decimal
from pathlib import PurePosixPath

from chalice import Blueprint

from chalicelib import images, settings, storage, web
from chalicelib.models import photos
from chalicelib.refusal import Refusal
from chalicelib.routes.shown import show
from chalicelib.thumbnails import make_thumbnail

blueprint = Blueprint(__name__)

FORM = 'application/x-www-form-urlencoded'
LONGEST = {'title': 100, 'description': 1000}


@blueprint.route('/photos/new')
def show_upload():
    request = blueprint.current_request
    return web.page(request, 'upload.html', user=web.signed_in(request), megabytes=images.MEGABYTES)


@blueprint.route('/photos/new', methods=['POST'], content_types=['multipart/form-data'])
def upload():
    request = blueprint.current_request
    user = web.signed_in(request)
    form, name, data = web.read_upload(request)
    facts = images.examine(data)
    photo_id = photos.new_id()
    key = f'photos/{user["id"]}/{photo_id}'
    photo = {
        'user_id': user['id'],
        'id': photo_id,
        'name': name[:200],
        'title': _cut(form, 'title') or PurePosixPath(name).stem[:100],
        'description': _cut(form, 'description'),
        'size': len(data),
        'width': facts.width,
        'height': facts.height,
        'file': key,
        'thumbnail': f'{key}-small',
    }
    if facts.taken:
        photo['taken'] = facts.taken
    if facts.place:
        photo['place'] = [Decimal(str(degrees)) for degrees in facts.place]
    small = make_thumbnail(data, int(settings.get('THUMBNAIL_WIDTH')), int(settings.get('THUMBNAIL_HEIGHT')))
    storage.put(photo['file'], data, facts.content_type)
    storage.put(photo['thumbnail'], small, 'image/jpeg')
    photos.add(photo)
    return web.redirect(request, '')


@blueprint.route('/photos/{photo_id}')
def show_photo(photo_id):
    request = blueprint.current_request
    user = web.signed_in(request)
    return web.page(request, 'photo.html', user=user, photo=show(_find(user, photo_id)))


@blueprint.route('/photos/{photo_id}/edit', methods=['POST'], content_types=[FORM])
def edit(photo_id):
    request = blueprint.current_request
    user = web.signed_in(request)
    form = web.read_form(request)
    photo = _find(user, photo_id)
    title = _cut(form, 'title') or photo['title']
    photos.change(user['id'], photo['id'], title, _cut(form, 'description'))
    return web.redirect(request, f'photos/{photo_id}')


@blueprint.route('/photos/{photo_id}/delete', methods=['POST'], content_types=[FORM])
def delete(photo_id):
    request = blueprint.current_request
    user = web.signed_in(request)
    web.read_form(request)
    photo = _find(user, photo_id)
    # The entry goes last: should something fail before, the photo can be deleted again.
    storage.remove(photo['file'], photo['thumbnail'])
    photos.remove(user['id'], photo['id'])
    return web.redirect(request, '')


def _find(user: dict, photo_id: str) -> dict:
    """A photo of this person. Somebody else's is as unknown as one that is not there."""
    photo = photos.get(user['id'], int(photo_id)) if photo_id.isascii() and photo_id.isdigit() and len(photo_id) < 20 else None
    if photo is None:
        raise Refusal(404, 'There is no such photo in your album.')
    return photo


def _cut(form: dict, field: str) -> str:
    return form.get(field, '')[: LONGEST[field]]
