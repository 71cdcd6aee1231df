# Does with HTTPie what a browser does at the album. Take it into your terminal with: source ../visit.sh
# Each command wants to know where the album is: album=http://localhost:8080, without a slash at the end.

# Somebody to try the album with. A password for nothing but this, in a pool that you delete again.
email=someone-$ALBUM_ID@example.com
password=trial-$ALBUM_ID-1

# A page. --session keeps the cookies, as a browser does.
page() { http --session=album "$album/$1"; }

# The hidden field that every form of the album has.
form_token() { page users/signin | sed -n 's/.*name="token" value="\([^"]*\)".*/\1/p' | tail -n 1; }

# Sends a form, and shows the page that comes then.
send() { http --session=album --follow --form POST "$album/$1" token="$(form_token)" "${@:2}"; }

sign_up() { send users/signup name="$WHO" email="$email" password="$password"; }
sign_in() { send users/signin email="$email" password="$password"; }
upload() { send photos/new "$@"; }

# The way to the first photo that has a word in its title or description.
find_photo() { page "photos/search?q=$1" | grep -oE 'photos/[0-9]+' | sed -n 1p; }
