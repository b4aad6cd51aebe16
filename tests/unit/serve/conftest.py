"""One archive for all tests of the site."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.serving import make_archive
from vnreport_ocr.archive.opened import Archive
from vnreport_ocr.serve.app import application
from vnreport_ocr.serve.site import Site

HOST = "http://127.0.0.1:8737"


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def site(out: Path) -> Iterator[Site]:
    with Archive(out) as archive:
        made = Site(archive)
        yield made
        made.close()


@pytest.fixture(scope="module")
def client(site: Site) -> Iterator[TestClient]:
    with TestClient(application(site), base_url=HOST, raise_server_exceptions=True) as made:
        yield made
