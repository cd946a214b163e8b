"""What operators ask of the index service over HTTP."""

from pathlib import Path

from fastapi import APIRouter, Request

from bantin.access.audit import AuditError, actor_of, record_act
from bantin.problem import Problem
from bantin.search.port import RebuildRunningError
from bantin_index.rebuilds import RebuildReport, Rebuilds

PATH = "/v1/reindex"


def operations_router(rebuilds: Rebuilds, audit_folder: Path) -> APIRouter:
    """Return the endpoints for the rebuilds of this process; who asks for one is in the audit log."""
    router = APIRouter(tags=["operations"])

    def audit(request: Request, outcome: str) -> None:
        try:
            record_act(audit_folder, actor_of(request), "reindex", "index", outcome)
        except AuditError as error:
            raise Problem(503, "audit_unavailable", str(error)) from error

    @router.post(
        PATH,
        status_code=202,
        summary="Make the search index anew from the log",
        responses={409: {"description": "A reindex is running already."}},
    )
    async def begin(request: Request) -> RebuildReport:  # pyright: ignore[reportUnusedFunction]
        """Begin to fill a new index; it takes the old one's place at once when it is complete.

        Searches and uploads go on meanwhile; receipts are told nothing twice.
        """
        audit(request, "asked for")
        try:
            rebuilds.ask()
        except RebuildRunningError as error:
            raise Problem(409, "reindex_running", f"{error}; GET {PATH} shows how far it has come.") from error
        return rebuilds.report()

    @router.get(PATH, summary="How far the reindex has come, or how the last one ended")
    async def show() -> RebuildReport:  # pyright: ignore[reportUnusedFunction]
        """Tell about the rebuilds of this process."""
        return rebuilds.report()

    @router.delete(PATH, status_code=202, summary="Break off the reindex")
    async def cancel(request: Request) -> RebuildReport:  # pyright: ignore[reportUnusedFunction]
        """Drop the new index; the old one stays. A reindex that has ended is not undone."""
        audit(request, "broken off")
        rebuilds.cancel()
        return rebuilds.report()

    return router
