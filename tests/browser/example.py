"""The example of docs/portals.md, served as a portal would serve it, with the libraries beside it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
CLIENTS = ("fetch", "lite")
"""The two clients that the example shows; each has the page to itself, in a folder of its name."""

_BLOCK = re.compile(r"```(html|js)\n(.*?)```", re.DOTALL)


def example_files(api: str) -> dict[str, str]:
    """Return the files of the example by their path, asking the platform at `api`."""
    blocks = _BLOCK.findall((ROOT / "docs" / "portals.md").read_text())
    (page,) = (text for kind, text in blocks if kind == "html")
    scripts = [text for kind, text in blocks if kind == "js"]
    (search,) = (text for text in scripts if text.startswith("// search.js"))
    clients = [text for text in scripts if text.startswith("// client.js")]
    page, found = re.subn(r'data-api="[^"]*"', f'data-api="{api}"', page)
    assert found == 1
    files: dict[str, str] = {}
    for name, client in zip(CLIENTS, clients, strict=True):
        files[f"/{name}/"] = page
        files[f"/{name}/client.js"] = client
        files[f"/{name}/search.js"] = search
        files[f"/{name}/portal.css"] = "aside, main { padding: 1rem; }"
        files["/favicon.ico"] = ""
    return files


class _Portal(SimpleHTTPRequestHandler):
    """Serves the example's files from memory, and libraries from their folder."""

    def __init__(self, files: dict[str, str], *args: object) -> None:
        self._files = files
        super().__init__(*args, directory=str(FOLDER))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path not in self._files:
            self.path = re.sub(r"^/\w+/node_modules/", "/node_modules/", path)
            super().do_GET()
            return
        content = self._files[path].encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if path.endswith("/") else self.guess_type(path))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: tests print what fails."""


@contextmanager
def portal_site(files: dict[str, str]) -> Iterator[str]:
    """Serve the files, which may still change, on a free loopback port; give the site's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Portal, files))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
