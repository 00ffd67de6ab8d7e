"""What every row has in common."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, object_session

from models.base.columns import Choice, ExactDecimal, Key, UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """A row; its constraints have names, so that migrations can speak of them."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {datetime: UtcDateTime, Decimal: ExactDecimal, StrEnum: Choice}

    id: Mapped[Key]

    @property
    def session(self) -> Session:
        """The session that the row lives in."""
        session = object_session(self)
        if session is None:
            raise RuntimeError(f"{self!r} is in no session")
        return session

    def lock(self) -> None:
        """Lock the row until the transaction ends, and see it as it is now.

        Only the row itself: PostgreSQL does not lock what an outer join may leave empty, and a row is read again with
        the joins that it was first read with. Whoever only refers to the row by its key does not wait: in PostgreSQL's
        words, no key is updated.
        """
        self.session.refresh(self, with_for_update={"of": type(self), "key_share": True})
