from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "yige.web"

    def ready(self):
        from yige.web.form_sentences import give_sentences

        give_sentences()
