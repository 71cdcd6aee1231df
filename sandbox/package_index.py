"""Prints the package index that pip would use for this person, as one line of JSON:

    {"hosts": ["index.example:443"], "index": "https://index.example/simple" or null, "certificates": PATH or null}

It asks pip itself, so that its files, variables and default count. User names and passwords in addresses are left out.
"""

import json
import os
import sys
from urllib.parse import urlsplit, urlunsplit

PORTS = {"https": 443, "http": 80}


def use_bundled_pip():
    """A Python without pip still has the wheel that a new environment would get; Debian keeps it in a package of its own."""
    import ensurepip
    import glob
    import sysconfig

    bundled = os.path.join(os.path.dirname(ensurepip.__file__), "_bundled")
    folders = [bundled, sysconfig.get_config_var("WHEEL_PKG_DIR"), "/usr/share/python-wheels"]
    sys.path[:0] = [wheel for folder in folders if folder for wheel in sorted(glob.glob(os.path.join(folder, "pip-*.whl")))][:1]


def read_settings(configuration):
    """pip's settings without the part before the dot; newer versions group them by file."""
    for key, value in configuration.items():
        for name, setting in value.items() if isinstance(value, dict) else [(key, value)]:
            yield name.rpartition(".")[2], setting


def host_of(address):
    parts = urlsplit(address)
    return f"{parts.hostname}:{parts.port or PORTS[parts.scheme]}" if parts.scheme in PORTS and parts.hostname else None


def without_login(address):
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if parts.scheme in PORTS and parts.hostname else None


def is_on(value):
    return str(value).lower() in ("1", "true", "yes", "on", "t", "y")


def main():
    try:
        import pip  # noqa: F401
    except ImportError:
        use_bundled_pip()
    from pip._internal.configuration import Configuration
    from pip._internal.models.index import PyPI

    configuration = Configuration(isolated=False)
    configuration.load()
    settings = list(read_settings(configuration))
    addresses = [word for name, value in settings if name in ("index-url", "extra-index-url", "find-links") for word in value.split()]
    if not any(name == "index-url" and value for name, value in settings):
        addresses += [PyPI.simple_url, f"https://{PyPI.file_storage_domain}/"]
    hosts = sorted({host for host in map(host_of, addresses) if host})
    last = dict(settings)
    index = None if is_on(last.get("no-index")) else without_login(last.get("index-url") or PyPI.simple_url)
    print(json.dumps({"hosts": hosts, "index": index, "certificates": last.get("cert")}))


if __name__ == "__main__":
    main()
