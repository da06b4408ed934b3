"""Writing down what was asked of a head and answered at once."""

from yige.accounts.scope import posts_with
from yige.audit.log import action
from yige.deliberation.models import Question
from yige.lib.refusals import NotAllowed, NotSaid


@action("deliberation.answer_question", makes=Question)
def answer_question(area, *, by, at, id, words, answer, raised_from, person=None) -> Question:
    """Keep a question with its answer and its source; whoever asked, if on file, reads it on the own pages."""
    if not posts_with(by, at, "raise_deliberations", area.path):
        raise NotAllowed("由这个范围的网格长、事件处置岗来答复。")
    if not answer:
        raise NotSaid("还没有写答复。", answer="当场答复的，请写怎么答复的。")
    return Question.objects.create(
        id=id, path=area.path, area=area.name, raised_from=raised_from, words=words, answer=answer, person=person,
        answered_at=at, answered_by=by,
    )  # fmt: skip
