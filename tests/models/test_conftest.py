"""The ban on networks holds, and lets go what stays on this machine."""

import socket

import httpx
import pytest
from pytest_socket import SocketBlockedError

LISTENING = 9


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_test_of_the_firm_opens_no_socket_of_a_network() -> None:
    with pytest.raises(SocketBlockedError):
        socket.create_connection(("127.0.0.1", LISTENING))
    with pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    with pytest.raises(SocketBlockedError):
        httpx.get(f"http://127.0.0.1:{LISTENING}")


def test_socket_of_this_machine_is_none_of_a_network() -> None:
    socket.socket(socket.AF_UNIX).close()
