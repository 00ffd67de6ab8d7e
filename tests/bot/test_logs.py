"""Logs: what went wrong and where, and nothing that is somebody's."""

import json
import logging
import subprocess
import sys

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.database import Database
from bot.logs import Formatter, JsonFormatter
from tests.places import ROOT

TYPED = "Acme’s secret project"
TOKENS = ("xoxb-1234-abc", "xapp-1-A0-1-f00", "xoxe.xoxb-1-Mi0y", "xoxe-1-My0x", "xoxp-1-2")  # pragma: allowlist secret


def record_of(message: str, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("belay", logging.ERROR, __file__, 1, message, None, info)


@pytest.mark.parametrize("formatter", [Formatter(), JsonFormatter()], ids=["text", "json"])
def test_line_holds_no_token_and_no_words_of_an_error(formatter: logging.Formatter, database: Database) -> None:
    try:
        with database.reading() as session:
            session.execute(text("INSERT INTO nowhere VALUES (:typed)"), {"typed": TYPED})
    except DBAPIError as error:
        failed = ValueError(f"invalid: {TYPED}")
        failed.__cause__ = error
    line = formatter.format(record_of(f"sent with {' '.join(TOKENS)}\nby hand", failed))
    assert TYPED not in line
    assert [token for token in TOKENS if token in line] == []
    assert "ValueError" in line
    assert "sqlalchemy.exc." in line
    assert "test_logs.py" in line


def test_database_errors_hide_what_was_typed_wherever_they_are_shown(database: Database) -> None:
    with pytest.raises(DBAPIError) as failed, database.writing() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:typed)"), {"typed": TYPED})
    assert TYPED not in str(failed.value)


def test_json_is_one_object_a_line() -> None:
    entry = json.loads(JsonFormatter().format(record_of("reference 1a2b3c4d", KeyError("x"))))
    assert (entry["level"], entry["logger"], entry["message"]) == ("error", "belay", "reference 1a2b3c4d")
    assert entry["error"] == ["builtins.KeyError"]


def test_process_logs_as_it_was_told() -> None:
    code = "import logging; from bot.logs import set_up; set_up(is_json={}); logging.getLogger('belay').info('up')"
    for is_json, said in ((True, '"message": "up"'), (False, "INFO belay up")):
        done = subprocess.run(
            [sys.executable, "-c", code.format(is_json)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert said in done.stderr
