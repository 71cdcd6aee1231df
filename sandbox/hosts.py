"""By which names the emulator may be asked. No emulator here.

A page that a learner visits can have a name of its own lead to 127.0.0.1 (DNS rebinding), and the browser then sends that name as Host. So only names
count that nobody else can have lead here: this machine's, AWS's, and those by which cloud IDEs show what runs in them.
"""

import re

HERE = ("localhost", "127.0.0.1", "::1")
ABOVE = (
    "localhost",  # RFC 6761: never another machine
    "amazonaws.com",  # with AWS Cloud9's previews, ID.vfs.cloud9.REGION.amazonaws.com
    "amazoncognito.com",
    "on.aws",  # function URLs
    "app.github.dev",  # GitHub Codespaces: NAME-PORT.app.github.dev
    "devtunnels.ms",  # tunnels of Visual Studio Code: ID-PORT.REGION.devtunnels.ms
    "gitpod.io",  # PORT-WORKSPACE.CLUSTER.gitpod.io
    "gitpod.dev",  # PORT--ENVIRONMENT.REGION.gitpod.dev
    "cloudshell.dev",  # Google Cloud Shell's web preview: PORT-cs-ID.CLUSTER.cloudshell.dev
    "cloudworkstations.dev",  # Google Cloud Workstations: PORT-NAME.CLUSTER.cloudworkstations.dev
    "sagemaker.aws",  # the code editor of SageMaker Studio: ID.studio.REGION.sagemaker.aws
    "console.azure.com",  # Azure Cloud Shell's web preview
)


def names_sandbox(host, further=()):
    """Whether a Host header is one of ours. `further`: names by which this machine's editor shows ports; `.example.com` stands for all below it."""
    name = without_port(host).lower().removesuffix(".")
    return name in HERE or any(name.endswith(f".{each}") for each in ABOVE) or any(is_named(name, each.lower()) for each in further)


def is_named(name, known):
    return name.endswith(known) if known.startswith(".") else name == known


def without_port(host):
    found = re.fullmatch(r"\[([0-9A-Fa-f:.]+)\](?::\d+)?|([^:\s/]+)(?::\d+)?", host)
    return (found[1] or found[2]) if found else ""
