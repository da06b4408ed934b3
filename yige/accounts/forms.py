"""The log-in form in the words of the house."""

from allauth.account import forms


class LoginForm(forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "账号"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
