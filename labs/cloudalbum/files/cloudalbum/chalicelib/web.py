"""Requests in, pages out: cookies, forms, and links that are right wherever the album stands."""

import hashlib
import hmac
import io
import secrets
from functools import cache
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from chalice import Response
from jinja2 import Environment, PackageLoader
from multipart import MultipartError, MultipartParser, parse_options_header

from chalicelib import settings, storage, tokens
from chalicelib.models import users
from chalicelib.refusal import Refusal, SignInFirst

# The names of the cookies: a session, and for who has none something that a form can be tied to.
SESSION, VISIT = 'album-session', 'album-visit'

# Says little, since the reason may have to do with secrets, and needs nothing, since anything may be broken.
PLAIN_FAILURE = Response(
    '<!doctype html><title>CloudAlbum</title><p>Something went wrong in the album. The reason is in its log.</p>',
    {'Content-Type': 'text/html; charset=utf-8'},
    500,
)


@cache
def _templates() -> Environment:
    # What is put into a page is escaped, so that a title with < and > in it stays a title.
    return Environment(loader=PackageLoader('chalicelib'), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def answer_in_pages(request, get_response):
    """Makes pages of what goes wrong. Runs around each route."""
    try:
        response = get_response(request)
    except SignInFirst:
        return redirect(request, 'users/signin')
    except Refusal as refusal:
        return page(
            request,
            'message.html',
            refusal.status,
            user=find_user(request),
            title='That did not work',
            message=refusal.sentence,
        )
    return PLAIN_FAILURE if response.status_code == 500 else response


# Pages


def page(request, template: str, status: int = 200, *, user: dict | None = None, **values) -> Response:
    cookies = {}
    secret = _form_secret(request)
    if secret is None:
        secret = cookies[VISIT] = secrets.token_urlsafe(16)
    style = storage.link('static/album.css')
    body = _templates().get_template(template).render(
        base=base(request),
        user=user,
        style=style,
        icon=storage.link('static/icon.svg'),
        form_token=_form_token(secret),
        address=settings.get('BASE_URL'),
        **values,
    )
    files = '{0.scheme}://{0.netloc}'.format(urlsplit(style))
    headers = {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Security-Policy': f"default-src 'none'; img-src {files}; style-src {files}; "
        "frame-src https://www.google.com; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        'Referrer-Policy': 'same-origin',
        'X-Content-Type-Options': 'nosniff',
    }
    return Response(body, {**headers, **_set_cookies(request, cookies)}, status)


def redirect(request, path: str, session: str | None = None, seconds: int = 0) -> Response:
    """Sends the browser to another page; with a session, it has that from then on. An empty session ends the one there is."""
    cookies = {} if session is None else {SESSION: session}
    return Response('', {'Location': base(request) + path, **_set_cookies(request, cookies, seconds)}, 303)


def base(request) -> str:
    """The way from this page to the album's first one. API Gateway puts a stage in front of all paths, so no link begins with /."""
    return '../' * (request.path.count('/') - 1) or './'


# Cookies


def read_cookie(request, name: str) -> str | None:
    try:
        found = SimpleCookie(request.headers.get('cookie', '')).get(name)
    except CookieError:
        return None
    return found.value if found and found.value else None


def _set_cookies(request, cookies: dict[str, str], seconds: int | None = None) -> dict:
    secure = '' if _is_loopback(request) else '; Secure'
    age = '' if seconds is None else f'; Max-Age={seconds}'
    lines = [f'{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}' for name, value in cookies.items()]
    return {'Set-Cookie': lines} if lines else {}


def _is_loopback(request) -> bool:
    """Whether the browser talks to this machine, without https: it may refuse a Secure cookie then."""
    host = urlsplit(f'//{request.headers.get("host", "")}').hostname or ''
    is_here = host in ('localhost', '127.0.0.1', '::1') or host.endswith('.localhost')
    return is_here and request.headers.get('x-forwarded-proto', 'http') == 'http'


# People


def signed_in(request) -> dict:
    """The person who asks. Raises SignInFirst."""
    user = find_user(request)
    if user is None:
        raise SignInFirst
    return user


def find_user(request) -> dict | None:
    token = read_cookie(request, SESSION)
    user_id = tokens.read_user_id(token) if token else None
    return users.get(user_id) if user_id else None


# Forms


def _form_secret(request) -> str | None:
    return read_cookie(request, SESSION) or read_cookie(request, VISIT)


def _form_token(secret: str) -> str:
    """What a form of ours has and another site's can't have: made of a cookie that only this browser sends."""
    return hmac.new(secret.encode(), b'form', hashlib.sha256).hexdigest()


def read_form(request) -> dict[str, str]:
    """The fields of a form, without the space around them. Refuses a form that did not come from our pages."""
    fields = parse_qs(request.raw_body.decode('utf-8', 'replace'), keep_blank_values=True)
    form = {name: values[0].strip() for name, values in fields.items()}
    _check_token(request, form.pop('token', ''))
    return form


def read_upload(request) -> tuple[dict[str, str], str, bytes]:
    """The fields of a form with a file, the file's name and what is in it."""
    kind, options = parse_options_header(request.headers.get('content-type', ''))
    form, name, data = {}, '', b''
    try:
        for part in MultipartParser(io.BytesIO(request.raw_body), options.get('boundary', ''), memory_limit=2**26, disk_limit=2**26):
            if part.filename:
                name, data = part.filename, part.raw
            elif part.name != 'photo':
                form[part.name] = part.value.strip()
    except MultipartError as error:
        raise Refusal(400, 'The form did not arrive as a whole. Try it again.') from error
    _check_token(request, form.pop('token', ''))
    if not name:
        raise Refusal(400, 'Choose a photo first.')
    return form, name, data


def _check_token(request, token: str) -> None:
    secret = _form_secret(request)
    if secret is None or not hmac.compare_digest(token.encode(), _form_token(secret).encode()):
        raise Refusal(403, 'This form is too old, or it came from elsewhere. Load the page again and send it once more.')
