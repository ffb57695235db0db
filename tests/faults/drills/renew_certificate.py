"""Get a certificate and renew it as docs/deploy.md says, from a certificate authority of one's own.

`python -m tests.faults.drills.renew_certificate` runs the very lines of the document's section on
nginx and TLS, with Debian's certbot and nginx, in namespaces of its own, whose /etc, /var and /run
are thrown away and whose ports 80 and 443 nobody else has. It takes root and Debian's packages
certbot and pebble, which it does not install. Exit status 1 tells of a promise that was not kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from pathlib import Path

from tests.faults.drills.promises import Promises, waited_for
from tests.stack.processes import answers
from tests.stack.topology import DEPLOY, TOP

NAME = "pildam.test"
AUTHORITY = 14000
PROGRAMS = ("certbot", "pebble", "nginx", "openssl", "unshare", "mount", "ip")
# What nginx.service does, where no systemd runs.
SYSTEMCTL = """#!/bin/sh
case "$1 $2" in
    "start nginx") nginx -t -q && nginx ;;
    "stop nginx") [ ! -s /run/nginx.pid ] || start-stop-daemon --quiet --stop --retry QUIT/5 --pidfile /run/nginx.pid ;;
    "reload nginx") nginx -s reload ;;
esac
"""


def lines_of_the_document() -> list[str]:
    """Return the shell of the section on nginx and TLS, a text for each of its blocks."""
    section = (TOP / "docs/deploy.md").read_text().partition("## 5. nginx and TLS")[2]
    return re.findall(r"```sh\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)


def run(script: str) -> subprocess.CompletedProcess[str]:
    """Run lines as root would type them, but for an end at the first that fails."""
    typed = script.replace("YOUR.NAME", NAME)
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", typed],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )


def throw_away(scratch: Path) -> None:
    """Put something in the place of what the document writes to."""
    _call("mount", "-t", "tmpfs", "none", str(scratch))
    for folder in ("etc", "var"):
        upper, work = scratch / folder, scratch / f"{folder}-work"
        upper.mkdir()
        work.mkdir()
        options = f"lowerdir=/{folder},upperdir={upper},workdir={work}"
        _call("mount", "-t", "overlay", "overlay", "-o", options, f"/{folder}")
    (scratch / "bin").mkdir()
    systemctl = scratch / "bin/systemctl"
    systemctl.write_text(SYSTEMCTL)
    systemctl.chmod(0o755)
    os.environ["PATH"] = f"{systemctl.parent}:{os.environ['PATH']}:/usr/sbin:/sbin"
    _call("mount", "-t", "tmpfs", "none", "/run")
    _call("ip", "link", "set", "lo", "up")


def prepare_machine() -> None:
    """Do what the sections before have done, of what this one needs."""
    for folder in ("nginx/pildam", "pildam", "letsencrypt"):
        Path("/etc", folder).mkdir(parents=True, exist_ok=True)
    for folder in ("www/letsencrypt", "log/pildam", "cache/nginx", "lib/pildam"):
        Path("/var", folder).mkdir(parents=True, exist_ok=True)
    shutil.copy(DEPLOY / "environment.example", "/etc/pildam/environment")
    with Path("/etc/hosts").open("a") as hosts:
        hosts.write(f"127.0.0.1 localhost {NAME}\n")


def start_authority(scratch: Path) -> subprocess.Popen[bytes]:
    key, certificate = scratch / "authority.key", scratch / "authority.crt"
    request = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    )
    alternative = ["-addext", "subjectAltName=DNS:localhost"]
    _call(
        "openssl",
        *request.split(),
        *alternative,
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    )
    settings = {
        "listenAddress": f"127.0.0.1:{AUTHORITY}",
        "managementListenAddress": f"127.0.0.1:{AUTHORITY + 1}",
        "certificate": str(certificate),
        "privateKey": str(key),
        "httpPort": 80,
        "tlsPort": 443,
    }
    path = scratch / "pebble.json"
    path.write_text(json.dumps({"pebble": settings}))
    os.environ["REQUESTS_CA_BUNDLE"] = str(certificate)
    with Path("/etc/letsencrypt/cli.ini").open("a") as options:
        options.write(f"\nserver = https://localhost:{AUTHORITY}/dir\n")
    quiet = os.environ | {"PEBBLE_VA_NOSLEEP": "1"}
    with (scratch / "pebble.log").open("wb") as log:
        authority = subprocess.Popen(
            ["pebble", "-config", str(path)], env=quiet, stdout=log, stderr=log
        )
    waited_for(lambda: answers(AUTHORITY), 10)
    return authority


def shown_certificate() -> str:
    """Return a short name for the certificate that nginx shows, or "" for none."""
    # Its issuer is nobody that anybody trusts.
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection(("127.0.0.1", 443), 5) as line,
            context.wrap_socket(line, server_hostname=NAME) as secured,
        ):
            return hashlib.sha256(secured.getpeercert(binary_form=True) or b"").hexdigest()[:8]
    except OSError:
        return ""


def renew(scratch: Path) -> int:
    promises = Promises()
    promises.begin("docs/deploy.md, nginx and TLS")
    throw_away(scratch)
    prepare_machine()
    authority = start_authority(scratch)
    try:
        first_block, *other_blocks = lines_of_the_document()
        installed = run(first_block)
        promises.judge(
            "the site's files are installed", installed.returncode == 0, _last(installed)
        )
        if not list(Path("/etc/nginx/modules-enabled").glob("*brotli-static*")):
            Path("/etc/nginx/pildam/brotli.conf").unlink()
        checked = run("nginx -t")
        promises.judge("nginx -t before there is a certificate", checked.returncode == 0, "")
        for block in other_blocks:
            done = run(block)
            promises.judge(
                "certificate, nginx -t, start, dry run", done.returncode == 0, _last(done)
            )
        first = shown_certificate()
        promises.judge("nginx shows the certificate", bool(first), first)
        renewed = run("certbot renew --force-renewal --no-random-sleep-on-renew")
        promises.judge("it is renewed through nginx", renewed.returncode == 0, _last(renewed))
        is_shown = waited_for(lambda: shown_certificate() not in {"", first}, 10)
        promises.judge("nginx shows the new one by itself", is_shown, shown_certificate())
    finally:
        run("systemctl stop nginx")
        authority.terminate()
        authority.wait()
    return promises.broken


def _call(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _last(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a program said in the end, if it failed."""
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1] if done.returncode and lines else ""


def main() -> int:
    missing = [
        name for name in PROGRAMS if not shutil.which(name, path="/usr/sbin:/sbin:/usr/bin:/bin")
    ]
    if os.geteuid() != 0 or missing:
        print(f"SKIPPED: it takes root, and {', '.join(missing) or 'nothing else'}")
        return 0
    # A folder that everybody has, so that nothing is left on the disk.
    inside = [sys.executable, "-m", "tests.faults.drills.renew_certificate", "/mnt"]
    apart = ["unshare", "--net", "--mount", "--propagation", "private"]
    return subprocess.run([*apart, *inside], check=False).returncode


if __name__ == "__main__":
    sys.exit(min(1, renew(Path(sys.argv[1]))) if sys.argv[1:] else main())
