"""A certificate authority for this process' life, so that AWS's own https addresses answer from the emulator.

The authority's key is never written. The certificate's key goes to the parent's proxy over the pipe, not to disk.
"""

import os
import re
import ssl

import certifi
import trustme
from folders import BUNDLE, WGETRC

BLOCK = re.compile(rb"-----BEGIN (?:TRUSTED )?CERTIFICATE-----.+?-----END (?:TRUSTED )?CERTIFICATE-----", re.DOTALL)

# Where systems keep what they trust. Python often knows only a folder of single files, which a bundle cannot name.
SYSTEM = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  # Amazon Linux, Fedora
    "/etc/ssl/cert.pem",  # macOS
)


def host_names(region):
    """What the certificate is for. A wildcard covers one label only, hence the list for each region."""
    # the AWS CLI asks SQS at REGION.queue.amazonaws.com, whatever its endpoint is to be
    names = ["*.amazonaws.com", "*.s3.amazonaws.com", "*.queue.amazonaws.com"]
    for each in sorted({region, "us-east-1"}):
        names += [f"*.{each}.amazonaws.com", f"*.execute-api.{each}.amazonaws.com", f"*.s3.{each}.amazonaws.com"]
        names += [f"*.auth.{each}.amazoncognito.com"]
    return names


def make(configuration, folder):
    """Writes the trust bundle and a settings file for wget; gives what the parent's proxy needs."""
    authority = trustme.CA(organization_name="labwalk sandbox")
    leaf = authority.issue_cert(*host_names(configuration["region"]))
    bundle = os.path.join(folder, BUNDLE)
    # The machine's own authorities stay trusted: the package index is reached through the proxy with its real certificate.
    sources = [*configuration.get("ca_files", []), ssl.get_default_verify_paths().cafile, *SYSTEM, certifi.where()]
    with open(bundle, "wb") as out:
        out.write(authority.cert_pem.bytes() + join_certificates(sources))
    with open(os.path.join(folder, WGETRC), "w") as out:
        out.write(f"ca_certificate = {bundle}\n")
    return {
        "bundle": bundle,
        "certificate": b"".join(blob.bytes() for blob in leaf.cert_chain_pems).decode(),
        "key": leaf.private_key_pem.bytes().decode(),
    }


def join_certificates(paths):
    """All certificates of the files, each once: a bundle is read at every start of a tool, and people name one file many times."""
    found = {}
    for path in paths:
        try:
            with open(path, "rb") as file:
                found.update(dict.fromkeys(BLOCK.findall(file.read())))
        except (OSError, TypeError):
            continue
    return b"\n".join(found) + b"\n"
