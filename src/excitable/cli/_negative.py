"""Commands whose arguments may be negative numbers."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand

_NUMBER = re.compile(r"-\s*\.?\d")


class NegativeNumbers(TyperCommand):
    """A command that takes ``-5mV`` for a value, where the option parser sees an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put a space before negative numbers, which hides them from the option parser."""
        shown = [f" {one}" if _NUMBER.match(one) else one for one in args]
        return super().parse_args(ctx, shown)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Show arguments that are written side by side as they are named."""
        pieces = super().collect_usage_pieces(ctx)
        return [one[1:-4] if one.endswith("}...") else one for one in pieces]
