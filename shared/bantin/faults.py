"""The two ways in which something we depend on fails: come back later, or give up."""


class UnavailableError(Exception):
    """It does not answer now (down, overloaded, timed out); trying again later may help."""


class RefusedError(Exception):
    """It refuses us (credentials, rights, configuration); trying again does not help."""
