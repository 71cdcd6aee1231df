"""Somebody signs in to the album, without a server, and looks for photos; then all of it is taken away."""

import re
import secrets

from app import app
from chalice.test import Client
from chalicelib import accounts, settings, tokens
from chalicelib.aws import client, table
from chalicelib.models import photos, users
from errors_logged import ErrorsLogged
from verdict import fail

mark = secrets.token_hex(6)
logged = ErrorsLogged(app.log)
made_people, made_photos = [], []
STRIP = "strip() takes the spaces away at both ends: .get('q', '').strip(). photos.search does not mind the case."


def add_person(name):
    email, password = f'{name}-{mark}@example.com', f'{secrets.token_hex(8)}a1'
    accounts.sign_up(email, name, password)
    made_people.append(email)
    client('cognito-idp').admin_confirm_sign_up(UserPoolId=settings.get('COGNITO_POOL_ID'), Username=email)
    token, _ = accounts.sign_in(email, password)
    return users.add(tokens.read_user_id(token), email, name), token


def add_photo(user, title, description=''):
    photo_id = photos.new_id()
    key = f'photos/{user["id"]}/{photo_id}'
    photos.add(
        {
            'user_id': user['id'],
            'id': photo_id,
            'name': 'a.jpg',
            'title': title,
            'description': description,
            'size': 1,
            'width': 1,
            'height': 1,
            'file': key,
            'thumbnail': f'{key}-small',
        }
    )
    made_photos.append((user['id'], photo_id))


def titles(http, token, query):
    headers = {'Cookie': f'album-session={token}'} if token else {}
    answer = http.get(f'/photos/search{query}', headers=headers)
    page = answer.body.decode()
    if answer.status_code == 303:
        return answer.headers['Location']
    if answer.status_code == 500:
        fail(f'an answer to /photos/search{query}', *logged.explain())
    if answer.status_code != 200:
        return f'status {answer.status_code}'
    return sorted(re.findall(r'<span class="title">(.*?)</span>', page))


def see(what, found, expected, advice):
    if found != expected:
        fail(f'{what}: {expected or "no photo"}', found, advice)


try:
    ana, ana_token = add_person('ana')
    bo, _ = add_person('bo')
    add_photo(ana, 'The palace')
    add_photo(ana, 'A garden', 'behind the Palace')
    add_photo(ana, 'The sea')
    add_photo(bo, 'My palace')
    with Client(app) as test:
        if '/photos/search' not in app.routes:
            fail('a route for /photos/search', 'there is none', "Write it above the function: @blueprint.route('/photos/search')")
        see('Ana looks for palace', titles(test.http, ana_token, '?q=palace'), ['A garden', 'The palace'], "Give photos.search the person's id and the text that was asked for.")
        see('Ana looks for SEA, with spaces around', titles(test.http, ana_token, '?q=%20%20SEA%20%20'), ['The sea'], STRIP)
        see('Ana looks for spaces alone', titles(test.http, ana_token, '?q=%20'), [], STRIP)
        see('Ana looks for the moon', titles(test.http, ana_token, '?q=moon'), [], 'Show what photos.search finds, and nothing else.')
        see('Ana looks for nothing', titles(test.http, ana_token, '?q='), [], 'Without a text there is nothing to find.')
        see('Ana opens the address without ?q=', titles(test.http, ana_token, ''), [], 'query_params is None where an address has no question mark: (request.query_params or {})')
        see('Somebody who has not signed in', titles(test.http, None, '?q=palace'), '../users/signin', 'web.signed_in(request) sends strangers to the sign-in.')
        page = test.http.get('/photos/search?q=pal%3Cace', headers={'Cookie': f'album-session={ana_token}'}).body.decode()
        shown = test.http.get('/photos/search?q=palace', headers={'Cookie': f'album-session={ana_token}'}).body.decode()
        if len(re.findall(r'<img src="http[^"]+-small[^"]+"', shown)) != 2:
            fail('a link to the thumbnail of each photo', 'there is none', 'show(photo) makes the links: [show(photo) for photo in …]')
        if 'value="pal&lt;ace"' not in page:
            fail('what was asked for stands in the field again', 'it does not', 'Give it to the page: text=text')
        if 'ana</a>' not in page:
            fail("the person's name in the menu", 'it is not there', 'Give it to the page: user=user')
        if 'Search titles' not in page or 'photos with' not in page:
            fail('the page of the album, with the number of photos found', 'another page', "web.page(request, 'album.html', …)")
finally:
    for user_id, photo_id in made_photos:
        photos.remove(user_id, photo_id)
    for email in made_people:
        for person in users.table(users.TABLE).scan(FilterExpression='email = :e', ExpressionAttributeValues={':e': email})['Items']:
            table(users.TABLE).delete_item(Key={'id': person['id']})
        client('cognito-idp').admin_delete_user(UserPoolId=settings.get('COGNITO_POOL_ID'), Username=email)
