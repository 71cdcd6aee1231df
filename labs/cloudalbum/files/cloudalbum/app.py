from chalice import Chalice

from chalicelib import web
from chalicelib.routes import album, photos, search, users

app = Chalice(app_name='cloudalbum')
# A photo comes as bytes, and not as text.
app.api.binary_types.append('multipart/form-data')
app.register_middleware(web.answer_in_pages, 'http')
for routes in (album, photos, search, users):
    app.register_blueprint(routes.blueprint)
