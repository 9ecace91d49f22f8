"""Structured log lines without personal data: what happened and where, never who or what."""

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request

PLACES = 6  # frames of a traceback


def use_logging(level: str) -> None:
    """Write JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        logger_factory=lambda *_args: structlog.WriteLogger(sys.stderr),  # as it is now
        cache_logger_on_first_use=False,
    )


def use_request_log(app: Flask) -> None:
    """One line a request with the rule, not the address: an identifier in a path stays out. The
    answering page and its requests write none at all.
    """
    log = structlog.get_logger()

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _line(response: Response) -> Response:
        view = app.view_functions.get(request.endpoint or "")
        # One that leaves no trace leaves none of what was refused before it either.
        if request.endpoint == "static" or g.get("unlogged") or getattr(view, "traceless", False):
            return response
        log.info(
            "request",
            method=request.method,
            rule=str(request.url_rule or ""),
            status=response.status_code,
            ms=round((time.perf_counter() - g.started) * 1000),
        )
        return response


def log_unexpected(error: BaseException) -> None:
    """Note the kind of error and the traceback's places, without its message and its values:
    they could hold an answer or a name.
    """
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('dialog/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    structlog.get_logger().error("unexpected", error=type(error).__name__, places=places[-PLACES:])
