import pytest

from yige.grids import codes


@pytest.mark.parametrize(
    ("text", "level", "path", "parent", "exclusive"),
    [
        ("410106003", 1, "/410106003/", "", False),
        ("410106003004", 2, "/410106003/004/", "410106003", False),
        ("410106003004-02", 3, "/410106003/004/02/", "410106003004", False),
        ("410106003004-02-03", 4, "/410106003/004/02/03/", "410106003004-02", False),
        ("410106003004-90", 3, "/410106003/004/90/", "410106003004", True),
        ("410106003004-89", 3, "/410106003/004/89/", "410106003004", False),
    ],
)
def test_code_says_level_path_and_parent(text, level, path, parent, exclusive):
    code = codes.read_code(text)

    assert (code.level, code.path, code.parent, code.exclusive) == (level, path, parent, exclusive)


@pytest.mark.parametrize(
    "text", ["", "41010600", "4101060030", "410106003-01", "４１０１０６００３", "410106003004-2", "x"]
)
def test_code_refuses_others(text):
    assert codes.read_code(text) is None


def test_ancestors_from_the_top():
    assert codes.ancestors("/410106003/004/02/") == ["/410106003/", "/410106003/004/", "/410106003/004/02/"]
