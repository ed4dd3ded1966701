"""The front end's files, as they are copied to where the site serves them."""

from pathlib import Path

import pytest

from velvalgt.site.server import assets

CSS = (
    "@font-face{font-family:Plex;font-weight:400;src:url(a.eot),"
    'url(../fonts/IBMPlexSans/complete/woff2/IBMPlexSans-Regular.woff2) format("woff2")}'
    ".x{color:red}\n/*# sourceMappingURL=x.css.map*/"
)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """What npm would have fetched, one small file for each that is copied."""
    for come, files, _ in assets.COPIES:
        path = tmp_path / "node_modules" / come / files.replace("*", "a", 1)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CSS if path.suffix == ".css" else "x()\n//# sourceMappingURL=a.js.map")
    return tmp_path / "node_modules"


def test_served_files_link_to_nothing_that_is_missing(packages: Path, tmp_path: Path) -> None:
    assets.publish(packages, tmp_path / "vendor")

    texts = [p.read_text() for p in (tmp_path / "vendor").rglob("*") if p.suffix in {".css", ".js"}]
    assert len(texts) == 3
    assert not any("sourceMappingURL" in text or ".eot" in text for text in texts)


def test_a_font_comes_in_parts_so_that_danish_fetches_no_cyrillic() -> None:
    text = assets.without_dead_links(CSS)

    assert text.count("@font-face") == len(assets.SCRIPTS)
    assert "split/woff2/IBMPlexSans-Regular-Latin1.woff2" in text
    assert text.count("unicode-range:") == len(assets.SCRIPTS)
    assert "complete" not in text
    assert ".x{color:red}" in text


def test_licences_are_served_along(packages: Path, tmp_path: Path) -> None:
    assets.publish(packages, tmp_path / "vendor")

    assert (tmp_path / "vendor" / "dkfds" / "LICENSE.md").exists()
    assert (tmp_path / "vendor" / "htmx" / "LICENSE").exists()


def test_what_lay_there_before_is_replaced(packages: Path, tmp_path: Path) -> None:
    old = tmp_path / "vendor" / "old.css"
    old.parent.mkdir()
    old.write_text("")

    assets.publish(packages, tmp_path / "vendor")

    assert not old.exists()


def test_a_package_that_lacks_files_is_named(packages: Path, tmp_path: Path) -> None:
    (packages / "htmx.org" / "dist" / "htmx.min.js").unlink()

    with pytest.raises(assets.BuildFailed, match=r"htmx\.min\.js"):
        assets.publish(packages, tmp_path / "vendor")

    assert not (tmp_path / "vendor").exists()


def test_a_machine_without_npm_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(assets.BuildFailed, match="apt-get install npm"):
        assets.fetch()


def test_the_lock_file_names_no_download_address() -> None:
    lock = (assets.SOURCES / "package-lock.json").read_text()

    assert "resolved" not in lock
    assert "http" not in lock


def test_what_is_served_now_has_no_dead_links() -> None:
    if not assets.is_built():
        pytest.fail("Run `velvalgt build` first; `make test` does.")

    css = (assets.VENDOR / "dkfds" / "css" / "dkfds.min.css").read_text()

    assert "sourceMappingURL" not in css
    assert ".woff2" in css
    assert ".eot" not in css
