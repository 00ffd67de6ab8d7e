"""A Bolt app with one listener that does one INSERT: what a click costs at least, on the same server."""

import sys

import uvicorn
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert

from bot.web import web_app

CLICKS = Table("bare_click", MetaData(), Column("id", Integer, primary_key=True), Column("value", String(2000)))


def main(url: str, secret: str, port: int) -> None:
    """Serve until stopped."""
    engine = create_engine(url, pool_size=10, max_overflow=30)
    CLICKS.metadata.create_all(engine)
    granted = AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1", bot_user_id="U1")
    app = App(signing_secret=secret, authorize=lambda enterprise_id, team_id: granted)

    @app.action({"type": "block_actions"})
    def click(ack: Ack, action: dict[str, str]) -> None:
        with engine.begin() as connection:
            connection.execute(insert(CLICKS).values(value=action["value"]))
        ack()

    uvicorn.run(web_app(app, secret), port=port, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
