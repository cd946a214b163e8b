"""`bantin reindex`: asks the platform that is running to rebuild its index, or rebuilds it here where none runs.

The embedded engine has one writer, so a platform that runs on the same folder has to do it. Elasticsearch may be
rebuilt from anywhere that reaches it and the log.
"""

import anyio
import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bantin.faults import UnavailableError
from bantin_index.command import LOOK_SECONDS, rebuild_here
from bantin_index.rebuilds import RebuildReport
from bantin_standalone.address import address_here
from bantin_standalone.client import Client, ClientError, connected
from bantin_standalone.presenting import say
from bantin_standalone.settings import PlatformSettings

ANSWER_SECONDS = 2.0
CANCEL_SECONDS = 5.0
ELSEWHERE = "; where a platform is running, name it with --at URL"


class Shown:
    """A rebuild's progress on a terminal."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    async def __call__(self, report: RebuildReport) -> None:
        """Show how it stands."""
        rate = f"{report.read / report.seconds:,.0f} articles/s" if report.seconds else ""
        self._progress.update(self._task, completed=report.read, total=report.total or None, rate=rate)


async def reindex(settings: PlatformSettings, at: str, key: str, console: Console) -> bool:
    """Rebuild the index, show how far it has come, and return whether it went well. Cancelled, the old index stays."""
    url = at or await running_platform(settings)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        show = Shown(progress, progress.add_task("reindex", total=None, rate=""))
        report = await (_there(url, key, show) if url else _here(settings, show))
        await show(report)
    say(console, told(report) + (ELSEWHERE if report.state == "failed" and not url else ""))
    return report.state == "done"


async def running_platform(settings: PlatformSettings) -> str:
    """Return the URL of the platform that runs by these settings and has the index's writer; empty if there is none."""
    if settings.search_url.startswith("http"):
        return ""
    url = address_here(settings.host, settings.port)
    try:
        async with httpx.AsyncClient(base_url=url, timeout=ANSWER_SECONDS) as http:
            await http.get("/healthz")
    except httpx.ConnectError:
        return ""
    except httpx.HTTPError as error:
        raise ClientError(f"what listens at {url} does not answer ({error!r}); name the platform with --at") from error
    return url


async def _there(url: str, key: str, show: Shown) -> RebuildReport:
    """Have the platform at a URL do it; if we are cancelled, it is told to break off."""
    async with connected(url, key) as client:
        report = await _report(client, "POST")
        try:
            while report.state == "running":
                await show(report)
                await anyio.sleep(LOOK_SECONDS)
                report = await _report(client, "GET")
        except BaseException:
            with anyio.move_on_after(CANCEL_SECONDS, shield=True):
                await _report(client, "DELETE")
            raise
    return report


async def _report(client: Client, method: str) -> RebuildReport:
    return RebuildReport.model_validate(await client.reindex(method))


async def _here(settings: PlatformSettings, show: Shown) -> RebuildReport:
    try:
        return await rebuild_here(settings, show, LOOK_SECONDS)
    except UnavailableError as error:
        raise ClientError(f"{error}{ELSEWHERE}") from error


def told(report: RebuildReport) -> str:
    """Return in a sentence how a rebuild ended."""
    if report.state == "done":
        lost = report.refused + report.undecodable
        refused = f", {lost} refused (the log says which)" if lost else ""
        return (
            f"The new index is live: {report.read:,} records read in {report.seconds:.1f} s, "
            f"{report.indexed:,} indexed, {report.duplicates:,} duplicates{refused}."
        )
    why = f": {report.error}" if report.error else ""
    return f"The old index stays; the reindex {'was broken off' if report.state == 'cancelled' else 'failed'}{why}"
