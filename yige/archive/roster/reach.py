"""Whose files an importer keeps: the areas of the posts as a registrar."""


def reach_of(by, at):
    """Return the paths that a keeper of files keeps at this moment."""
    return tuple(post.path for post in by.posts_at(at) if post.rule.files == "keeper")
