"""The states of a topic."""

from django.db.models import TextChoices


class TopicState(TextChoices):
    PROPOSED = "proposed", "等定"
    RUNNING = "running", "在办"
    WRITTEN = "written", "结果等公布"
    PUBLISHED = "published", "已公布结果"
    DROPPED = "dropped", "不办了"


OPEN_STATES = (TopicState.PROPOSED, TopicState.RUNNING, TopicState.WRITTEN)
AT_WORK = (TopicState.RUNNING, TopicState.WRITTEN)
