"""Recordings of several formats as one kind of contents."""

from excitable.interop._reading._contents import Contents, Series
from excitable.interop._reading._open import ENDINGS, is_file, open_recording

__all__ = ["ENDINGS", "Contents", "Series", "is_file", "open_recording"]
