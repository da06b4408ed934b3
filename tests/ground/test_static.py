"""The address of the static files changes with any byte of any of them, or browsers keep what is old for ever."""

from config.static import fingerprint


def test_a_change_of_any_static_file_changes_the_address(tmp_path):
    for place in ("web/static/web/tokens.css", "console/desk/static/console/desk/desk.css"):
        path = tmp_path / place
        path.parent.mkdir(parents=True)
        path.write_text("a {}")
        before = fingerprint(tmp_path)
        path.write_text("b {}")

        assert fingerprint(tmp_path) != before
