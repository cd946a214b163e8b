"""The distributed log: Apache Kafka, or anything that speaks its protocol, such as Redpanda.

FastStream holds the connection settings, the consumers' lifecycle and the AsyncAPI document; our own loop polls
its consumers and commits, and aiokafka's producer publishes. `docs/decisions` says why.
"""

try:
    import aiokafka as _client  # noqa: F401  # pyright: ignore[reportUnusedImport]
    import faststream as _framework  # noqa: F401  # pyright: ignore[reportUnusedImport]
except ImportError as error:
    raise ImportError('a Kafka log needs more packages: pip install "bantin[kafka]"') from error
