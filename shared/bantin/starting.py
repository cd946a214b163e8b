"""How a process that can't start says why: one plain sentence on standard error, with no secret and no stack in it."""

from collections.abc import Generator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, contextmanager
from typing import TypeVar

from cyclopts import CycloptsError, CycloptsPanel
from pydantic import ValidationError
from pydantic_settings import BaseSettings

from bantin.faults import RefusedError, UnavailableError

S = TypeVar("S", bound=BaseSettings)
T = TypeVar("T")


def read_settings(settings_class: type[S]) -> S:
    """Return the settings in the environment; raise SystemExit, which names each that is wrong and shows no value."""
    try:
        return settings_class()
    except ValidationError as error:
        raise SystemExit(f"refusing to start: {told(error)}") from None


def flag_told(error: CycloptsError) -> object:
    """Return what a command prints of a flag that is wrong: of a setting as `read_settings` has it."""
    if isinstance(cause := error.__cause__, ValidationError):
        return f"refusing to start: {told(cause)}"
    return CycloptsPanel(error)


def told(error: ValidationError) -> str:
    """Say which settings are wrong, and how, without their values."""
    items = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(_told(".".join(map(str, item["loc"])), item["msg"]) for item in items)


def _told(name: str, message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"BANTIN_{name.upper()}: {message}" if name else message


async def opened(stack: AsyncExitStack, resource: AbstractAsyncContextManager[T]) -> T:
    """Enter what a process runs on; raise SystemExit with what is wrong where that refuses us, or is not there."""
    with _ending_plainly():
        return await stack.enter_async_context(resource)


@contextmanager
def _ending_plainly() -> Generator[None]:
    try:
        yield
    except (RefusedError, UnavailableError, ValueError, ImportError) as error:
        raise SystemExit(f"can't start: {error}") from error
