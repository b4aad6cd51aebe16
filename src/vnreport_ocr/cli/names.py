"""Names of files and folders on the command line."""

import os
from typing import Any

import click


class FileName(click.Path):
    """A path; an empty name, of a shell variable that is not set, is refused: it would mean the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - as click has it
        """Take the name as a path."""
        if not os.fspath(value):
            self.fail("The name is empty.", param, ctx)
        return super().convert(value, param, ctx)
