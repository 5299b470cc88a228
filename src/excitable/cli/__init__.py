"""The command ``excitable``: thin, every result a table, JSON or a picture."""

from excitable.cli._app import app, main

__all__ = ["app", "main"]
