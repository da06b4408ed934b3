"""The page behind the one-time link: the owner of an account sets its password."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yige.accounts import actions, adapter, links
from yige.web.outcome import attempt


class BeginForm(forms.Form):
    password = forms.CharField(
        label="新密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 个字，可以用一句好记的话。不要和账号、姓名相近，不要用常见密码。",
    )
    again = forms.CharField(
        label="再输一遍",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self):
        again = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError("两次输入的不一样。")
        return again


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request, secret):
    """Set the password of the account that this secret opens; used, old and forged ones look the same."""
    user = links.user_of_link(secret, at=timezone.now())
    if user is None:
        return render(request, "account/begin_over.html", status=404)
    form = BeginForm(request.POST or None)
    outcome = attempt(request, form, set_password, user, by=user)
    if outcome.done:
        messages.success(request, "密码已设好，请用新密码登录。")
        response = redirect("account_login")
        adapter.forgive(request, response, user)
        return response
    status = 422 if form.errors else 200
    return render(request, "account/begin.html", {"form": form, "owner": user}, status=status)


def set_password(user, *, by, at, password, again):
    return actions.set_password(user, by=by, at=at, password=password)
