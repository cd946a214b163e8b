"""What the log port says for an error of aiokafka or kafka-python."""

import ssl
from collections.abc import Generator
from contextlib import contextmanager

import aiokafka.errors as aio
import kafka.errors as sync

from bantin.eventlog.port import LogRefusedError, LogUnavailableError

REFUSALS: tuple[type[Exception], ...] = (
    ssl.SSLCertVerificationError,
    aio.AuthenticationFailedError,
    aio.AuthenticationMethodNotSupported,
    aio.SaslAuthenticationFailed,
    aio.UnsupportedSaslMechanismError,
    aio.TopicAuthorizationFailedError,
    aio.GroupAuthorizationFailedError,
    aio.ClusterAuthorizationFailedError,
    aio.InvalidTopicError,
    aio.InvalidReplicationFactorError,
    aio.InvalidConfigurationError,
    aio.PolicyViolationError,
    aio.MessageSizeTooLargeError,
    aio.RecordListTooLargeError,
    aio.UnsupportedVersionError,
    sync.AuthorizationError,
    sync.SaslAuthenticationFailedError,
    sync.UnsupportedSaslMechanismError,
    sync.InvalidTopicError,
    sync.InvalidReplicationFactorError,
    sync.InvalidPartitionsError,
    sync.InvalidConfigurationError,
    sync.PolicyViolationError,
    sync.UnsupportedVersionError,
)
"""No retry helps: somebody must change rights, credentials or settings first."""

LOGIN_FAILED: tuple[type[Exception], ...] = (
    aio.AuthenticationFailedError,
    aio.SaslAuthenticationFailed,
    sync.SaslAuthenticationFailedError,
)


@contextmanager
def translated(doing: str) -> Generator[None]:
    """Turn errors of both libraries, and running out of time, into the port's; `doing` says what failed."""
    try:
        yield
    except REFUSALS as error:
        raise LogRefusedError(f"Kafka refuses {doing}: {_text(error)}{_remedy(error)}") from error
    except (aio.KafkaError, sync.KafkaError, aio.ConsumerStoppedError, OSError) as error:
        raise LogUnavailableError(f"Kafka is not available for {doing}: {_text(error)}") from error


def _text(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _remedy(error: Exception) -> str:
    if isinstance(error, LOGIN_FAILED):
        return "; the user and password are not right: see BANTIN_LOG_URL and BANTIN_LOG_PASSWORD"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "; name the certificate of the authority to trust by ca=PATH in BANTIN_LOG_URL"
    return ""
