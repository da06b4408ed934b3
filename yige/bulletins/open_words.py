"""What the published figures of an area say in sentences, each with why it is not told where it is not."""

from yige.bulletins.models import OpenFigure


def sentences(whole: OpenFigure, public: OpenFigure) -> list[str]:
    """Say each figure in one sentence: of all matters, or of the public ones where all are not told."""
    return [
        said_of_count("反映了", whole.reported, public.reported),
        said_of_count("办结了", whole.closed, public.closed) + said_of_days(whole),
        said_of_answers(whole),
        said_of_count("办结以后又重新办理的有", whole.reopened, public.reopened),
    ]


def said_of_count(what, whole, public) -> str:
    if whole is None:
        return f"{what} {public} 件公共事项；连个人事项一共几件不公布，因为人少，容易猜到是谁。"
    return f"{what} {whole} 件。" if whole == public else f"{what} {whole} 件，其中公共事项 {public} 件。"


def said_of_days(whole) -> str:
    return "" if whole.median_days is None else f"一半在 {whole.median_days} 天以内办结。"


def said_of_answers(whole) -> str:
    if whole.asked is None:
        return "反映人说解决了没有：回答的人太少，不公布。"
    if not whole.asked:
        return "还没有反映人说过解决没有。"
    return f"问到反映人的 {whole.asked} 件里，都说解决了的 {whole.solved} 件。"
