"""From where somebody looks: what a file was cut to when it was made, and whether its reader still sees that far."""

from yige.accounts.scope import posts_of

LOST = "您现在的岗位看不到这张表原来的范围，请重新生成。"


def marks_of(user, at) -> list[str]:
    """Return the reaches of the posts of this moment, as words that two moments can be compared by."""
    posts = [post for post in posts_of(user, at) if post.may("see_sheets")]
    return sorted(
        {f"{post.rule.sees} {post.path if post.rule.sees == 'area' else post.unit_id}" for post in posts}
    )


def still_sees(user, at, marks) -> bool:
    """Say whether somebody still has every reach that a file was cut to."""
    return bool(marks) and set(marks) <= set(marks_of(user, at))
