"""The distributed log: Apache Kafka, or anything that speaks its protocol, such as Redpanda.

FastStream holds the connection settings, the consumers' lifecycle and the AsyncAPI document; our own loop polls
its consumers and commits, and aiokafka's producer publishes. `docs/decisions` says why.
"""
