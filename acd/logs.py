"""Log lines: constant text, data in fields, one JSON object a line."""

import logging
import sys

import structlog


def configure(level: str) -> None:
    """Send every logger of the process to stderr as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso"),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # They log every attempt to reconnect; the adapters say once what happened.
    for noisy in ("panoramisk", "acd.adapters.ami.panoramisk", "mqtt"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
