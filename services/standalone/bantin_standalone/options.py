"""Options that every command has which asks a running platform."""

from typing import Annotated

from cyclopts import Parameter

Key = Annotated[str, Parameter(name="--key", env_var="BANTIN_KEY", show_default=False)]
