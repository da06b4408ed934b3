"""The forms of log-in in the words of the house; what they check is the library's."""

from allauth.account import forms
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp

DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}


class LoginForm(forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "账号"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class AuthenticateForm(mfa.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self.fields["code"], "验证码或备用码")


class ReauthenticateForm(mfa.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self.fields["code"], "验证码或备用码")


class ActivateTOTPForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain(self.fields["code"], "验证码")


def plain(field, label) -> None:
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(DIGITS)
