"""Options that every command has which asks a running platform."""

from typing import Annotated

from cyclopts import Parameter

DEFAULT_URL = "http://127.0.0.1:8000"
Key = Annotated[str, Parameter(name="--key", env_var="BANTIN_KEY", show_default=False)]
