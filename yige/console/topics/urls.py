"""The topics: what is taken up as one problem, one with its cases and steps, a new one from cases."""

from django.urls import path

from yige.console.topics.views import topic, topic_new, topics

urlpatterns = [
    path("topics/", topics.topics, name="topics"),
    path("topics/late/", topics.topics, {"show": "late"}, name="topics_late"),
    path("topics/ended/", topics.topics, {"show": "ended"}, name="topics_ended"),
    path("topics/new/<case:serial>/", topic_new.topic_new, name="topic_new"),
    path("topics/steps/<uuid:pk>/<slug:verb>/", topic.act_on_step, name="topic_step"),
    path("topics/<uuid:pk>/", topic.topic, name="topic"),
    path("topics/<uuid:pk>/<slug:verb>/", topic.act, name="topic_act"),
]
