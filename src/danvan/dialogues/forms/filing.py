"""The form that files a dialogue or an opinion under a topic."""

from danvan.dialogues.forms.acts import ActForm
from danvan.topics.fields import TopicField


class FileForm(ActForm):
    """Lĩnh vực."""

    topic_id = TopicField()
