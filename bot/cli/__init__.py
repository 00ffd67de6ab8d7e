"""The command `belay`."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from models.base.errors import Refused
from models.sheets.fields import Kind

KINDS = tuple(kind.value for kind in Kind)
Commands = Any


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 2 and one line on standard error for what is wrong with the input."""
    arguments = _parser().parse_args(argv)
    try:
        return int(_function(arguments.command)(arguments) or 0)
    except Refused as refused:
        print(f"belay: {on_one_line(refused.sentence)}", file=sys.stderr)
        return 2


def on_one_line(sentence: str) -> str:
    """A sentence as a terminal may have it."""
    # What people wrote in a file may hold line breaks and worse; a terminal must not obey them.
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in sentence)


def _function(command: str) -> Callable[[argparse.Namespace], int | None]:
    """A command's function. Each imports what it needs: the bot takes seconds, and most need little of it."""
    module, _, name = command.partition(".")
    function: Callable[[argparse.Namespace], int | None] = getattr(import_module(f"bot.cli.{module}"), name)
    return function


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="belay", description="The deal desk of sales and operations, in Slack.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in (_running, _reading, _files, _keeping, _installing):
        group(commands)
    return parser


def _running(commands: Commands) -> None:
    running = commands.add_parser("run", help="run the bot: Socket Mode with SLACK_APP_TOKEN, else HTTP on PORT")
    running.add_argument("--http", action="store_true", help="HTTP although SLACK_APP_TOKEN is there")
    running.set_defaults(command="running.run")

    playing = commands.add_parser("demo", help="everything on embedded parts: a small Slack, a company, the bot")
    playing.add_argument("--story", action="store_true", help="only play the deal in the terminal")
    playing.add_argument("--empty", action="store_true", help="begin with nothing but the bot installed")
    playing.set_defaults(command="demo.demo")

    assisting = commands.add_parser("mcp", help="answer an assistant on standard input, by the API at BELAY_URL")
    assisting.set_defaults(command="assisting.serve_assistant")


def _reading(commands: Commands) -> None:
    checking = commands.add_parser("check", help="check deals against a company, from files")
    checking.add_argument("company", type=Path, metavar="COMPANY.toml")
    checking.add_argument("deals", type=Path, nargs="+", metavar="DEAL.json")
    checking.add_argument("--json", action="store_true", help="one line of JSON for each deal")
    checking.set_defaults(command="checking.check_deals")

    reading = commands.add_parser("read", help="say what lines about a deal mean, as JSON")
    reading.add_argument("company", type=Path, metavar="COMPANY.toml")
    reading.add_argument("lines", nargs="+", metavar="LINE")
    reading.add_argument("--today", metavar="D", help="the day on which it is read, such as 2027-01-18; default: today")
    reading.add_argument("--locale", metavar="L", default="en-US", help="whose dates and numbers; default: en-US")
    reading.set_defaults(command="reading.read_lines")

    previewing = commands.add_parser("preview", help="say how a spreadsheet would be read, against a company")
    previewing.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    previewing.add_argument("file", type=Path, metavar="FILE")
    previewing.add_argument("company", type=Path, metavar="COMPANY.toml")
    previewing.add_argument("--today", type=date.fromisoformat, metavar="D", help="the day on which it is read")
    written = "how numbers and dates are written; else the company's country"
    previewing.add_argument("--locale", metavar="L", help=written)
    measured = "what amounts measure, where no title says it"
    previewing.add_argument("--measure", type=str.lower, default="", metavar="M", help=measured)
    previewing.add_argument("--json", action="store_true", help="one line of JSON")
    previewing.set_defaults(command="previewing.preview_file")

    forecasting = commands.add_parser("forecast", help="forecast each family of a table of family, month, units")
    forecasting.add_argument("history", type=Path, metavar="HISTORY.csv")
    forecasting.add_argument("--months", type=int, default=18, metavar="N", help="how many months; default: 18")
    forecasting.add_argument(
        "--leave-out", action="append", default=[], metavar="[FAMILY=]MONTH", help="a month that was like no other"
    )
    forecasting.add_argument("--locale", default="en-US", metavar="L", help="how numbers and dates are written")
    forecasting.add_argument("--json", action="store_true", help="one line of JSON for each family")
    forecasting.set_defaults(command="forecasting.forecast_file")


def _files(commands: Commands) -> None:
    loading = commands.add_parser("import", help="load a company, or all of a workspace from its archive")
    loading.add_argument("company", type=Path, metavar="COMPANY.toml|ARCHIVE.gz")
    loading.add_argument("--workspace", metavar="T…", help="the Slack team, where there are several")
    loading.set_defaults(command="files.import_file")

    writing = commands.add_parser("export", help="write the company in the database as TOML, or everything")
    writing.add_argument("what", nargs="?", choices=["history"], metavar="history", help="who did what, when and why")
    writing.add_argument("--format", choices=["csv", "ndjson"], default="csv", help="of the history; default: csv")
    writing.add_argument("--deal", type=int, metavar="N", help="the history of one deal")
    writing.add_argument("--everything", type=Path, metavar="ARCHIVE.gz", help="all rows, into a new file")
    writing.add_argument("--workspace", metavar="T…", help="the Slack team, where there are several")
    writing.set_defaults(command="files.export_file")


def _keeping(commands: Commands) -> None:
    backing = commands.add_parser("backup", help="write the whole database into a new file")
    backing.add_argument("file", type=Path, metavar="FILE")
    backing.set_defaults(command="keeping.backup")

    restoring = commands.add_parser("restore", help="put a backup in the place of the database")
    restoring.add_argument("file", type=Path, metavar="FILE")
    restoring.set_defaults(command="keeping.restore")

    locking = commands.add_parser("keys", help="what encrypts the tokens of several workspaces: new, rotate")
    keys = locking.add_subparsers(required=True, metavar="ACT")
    keys.add_parser("new", help="print a key for BELAY_KEYS").set_defaults(command="keys.new")
    keys.add_parser("rotate", help="encrypt everything with the first key").set_defaults(command="keys.rotate")


def _installing(commands: Commands) -> None:
    migrating = commands.add_parser("migrate", help="bring the tables to the newest revision")
    migrating.set_defaults(command="installing.migrate")

    examining = commands.add_parser("doctor", help="say what is missing in the set-up")
    examining.add_argument(
        "--history", nargs="*", metavar="HEAD", help="whether the history is whole, against heads that were published"
    )
    examining.add_argument("--workspace", metavar="T…", help="the Slack team, where there are several")
    examining.set_defaults(command="installing.doctor")

    describing = commands.add_parser("manifest", help="print the app manifest for Slack")
    describing.add_argument("--http", metavar="URL", help="for HTTP instead of Socket Mode: where Slack posts")
    describing.add_argument("--agent", action="store_true", help="with Slack's agent view and its suggested prompts")
    describing.add_argument("--steps", action="store_true", help="with steps for Slack's Workflow Builder")
    describing.add_argument("--several", action="store_true", help="for several workspaces, and for organisations")
    describing.set_defaults(command="describing.print_manifest")
