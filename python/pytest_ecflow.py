"""pytest's fixtures of ecFlow servers. pytest finds them by itself once the package is installed.

ecflow_server
    a server for one test, see :class:`ecflow.testing.Server`
ecflow_client
    a client of it
ecflow_environment
    the same server in ``os.environ``, for code that takes it from there
ecflow_session_server
    one server for all tests of the session, which have to use suites of different names

How a server is to be, the mark says, on a test, a class or a module; it takes what ``ecflow.testing.Server`` takes:

    @pytest.mark.ecflow(ssl=True, users={"fred": "secret"})
    def test_suite(ecflow_server, ecflow_client): ...

``pytest --ecflow-ssl`` makes all servers speak TLS. A test that fails shows the end of its server's log.

Nothing of ecFlow is imported before a test asks for a fixture. ``pytest -p no:ecflow`` is without all this.
"""

from __future__ import annotations

import os

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Generator, Iterator

    import ecflow
    import ecflow.testing

LOG_CHARACTERS = 4000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("ecflow").addoption(
        "--ecflow-ssl", action="store_true", help="servers of the ecflow fixtures speak TLS"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "ecflow(ssl=False, users=None, ...): how the server of ecflow_server is to be, see ecflow.testing.Server",
    )


def _server(request: pytest.FixtureRequest, given: Dict[str, Any]) -> ecflow.testing.Server:
    import ecflow.testing

    if request.config.getoption("ecflow_ssl"):
        given.setdefault("ssl", True)
    return ecflow.testing.Server(**given)


@pytest.fixture
def ecflow_server(request: pytest.FixtureRequest) -> Iterator[ecflow.testing.Server]:
    """A server for this test. ``@pytest.mark.ecflow(...)`` says how it is to be."""
    given: Dict[str, Any] = {}
    for mark in reversed(list(request.node.iter_markers("ecflow"))):  # the nearest counts
        given.update(mark.kwargs)
    with _server(request, given) as server:
        yield server


@pytest.fixture(scope="session")
def ecflow_session_server(request: pytest.FixtureRequest) -> Iterator[ecflow.testing.Server]:
    """One server for all tests of the session."""
    with _server(request, {}) as server:
        yield server


@pytest.fixture
def ecflow_client(ecflow_server: ecflow.testing.Server) -> ecflow.Client:
    """A client of this test's server: it trusts its certificate, and is the first of its users."""
    return ecflow_server.client()


@pytest.fixture
def ecflow_environment(
    ecflow_server: ecflow.testing.Server, monkeypatch: pytest.MonkeyPatch
) -> Dict[str, str]:
    """What an ``ecflow.Client()`` and an ``ecflow_client`` need to find this test's server; os.environ has it."""
    environment = ecflow_server.environment()
    for name in list(os.environ):
        if name not in environment:
            monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return environment


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    outcome = yield
    server = getattr(item, "funcargs", {}).get("ecflow_server")
    if server is not None:
        report = outcome.get_result()
        if report.failed and server.pid:
            report.sections.append(("ecFlow server's log", server.log[-LOG_CHARACTERS:]))
