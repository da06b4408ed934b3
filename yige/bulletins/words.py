"""The closed lists of the bulletin."""

from django.db.models import TextChoices


class BulletinState(TextChoices):
    DRAFT = "draft", "在写"
    SCREENED = "screened", "查过个人信息，等人批准"
    APPROVED = "approved", "已批准"
    PUBLISHED = "published", "已公布"
    WITHDRAWN = "withdrawn", "已撤回"


OPEN_STATES = (BulletinState.DRAFT, BulletinState.SCREENED)
FIXED_STATES = (BulletinState.APPROVED, BulletinState.PUBLISHED, BulletinState.WITHDRAWN)
READ_STATES = (BulletinState.PUBLISHED, BulletinState.WITHDRAWN)  # everybody finds its page
