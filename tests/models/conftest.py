"""The firm talks to nobody: its tests open no socket of a network."""

import socket
from collections.abc import Iterator

import pytest
from pytest_socket import disable_socket, enable_socket


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Python opens only sockets of this machine; libpq, which PostgreSQL's tests go through, opens its own."""
    look_up = socket.getaddrinfo
    disable_socket(allow_unix_socket=True)
    # psycopg looks up the name of the server in TEST_DATABASE_URL, for libpq to open.
    socket.getaddrinfo = look_up
    yield
    enable_socket()
