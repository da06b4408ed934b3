"""The pages for what goes wrong: calm words, a way back, and a number to quote. Nothing here asks the database, but the page of
a member of staff, which keeps the menu when a page was not found or is not theirs."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import Context, loader
from django.utils import timezone

from yige.web.context import CARE_COOKIE

# fmt: off
SAID = {
    #     title                    what happened and what to do
    400: ("这个地址或内容读不出来",   "里面有系统认不出的字符。请回到刚才的页面重新填，或从首页进入。"),
    403: ("这一步不能做",           "您现在的身份不能做这件事。如果您认为应该可以，请联系街道事件处置岗。"),
    404: ("没有这个页面",           "地址可能写错了，或者链接已经失效。扫码进来的，请再扫一次；查事项，请用编号查询。"),
    405: ("这个地址不这样用",        "请回到首页，从菜单里进入。"),
    408: ("内容没有送完",           "网络太慢，刚才的内容没有收全，也没有收下。换个信号好的地方再送一次；照片可以少选几张。"),
    409: ("这件事刚才有了变化",      "您打开页面以后，别人先办了一步。请刷新页面，看看现在到哪一步了。"),
    411: ("内容没有送对",           "送来的内容没有写明有多长，没有收下。请换一个浏览器再试，或打 12345。"),
    413: ("内容太大，没有收下",      "照片请每张不超过 12 MB、最多 6 张；文字请不超过 2000 字。"),
    429: ("请稍等一会儿再试",        "刚才提交得太快了。已经收下的都在，不会丢；请过几分钟再来。"),
    500: ("系统出了点问题",          "不是您的错。刚才的内容如果没有看到编号，就是没有收下，请过一会儿再试，或打 12345。"),
    503: ("系统现在忙不过来",        "请过一两分钟再试，刚才的没有收下。急事请直接打 12345。"),
}
# fmt: on
DONE_BEFORE = ("这一步现在没有可办的", "可能刚才已经办好了，或者别人先办了。请回到刚才的页面看看。")
HOMES = ("/console/", "/work/")
SHELLS = {"/console/": "web/console_error.html", "/work/": "web/worker_error.html"}
_NEVER_SHOWN = {"csrfmiddlewaretoken", "key", "version"}


def page(request, status, *, sentence="", title="", back="", back_words="", **more):
    """Render the calm page for a status; a surface may give its own sentence and the way back."""
    said = SAID.get(status, SAID[400 if status < 500 else 500])
    context = {
        "title": title or said[0],
        "sentence": sentence or said[1],
        "back": back,
        "back_words": back_words,
        "home": next((home for home in HOMES if request.path.startswith(home)), "/"),
        "care": request.COOKIES.get(CARE_COOKIE) == "1",
        "request_id": getattr(request, "id", ""),
        **more,
    }
    if status in (403, 404) and not more and (shell := _shell_of_staff(request)):
        return HttpResponse(loader.render_to_string(shell, context, request), status=status)
    template = loader.get_template("web/error.html")
    return HttpResponse(template.template.render(_context(request, context)), status=status)


def _shell_of_staff(request):
    """Return the page with the menu for somebody who works here now, else None."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.posts_at(timezone.now()):
        return None
    return next((shell for home, shell in SHELLS.items() if request.path.startswith(home)), None)


def _context(request, context):
    # Without context processors: they may need what has just failed.
    return Context({**context, "csrf_token": get_token(request) if context.get("again") else ""})


def bad_request(request, exception=None):
    return page(request, 413 if _too_large(exception) else 400)


def forbidden(request, exception=None):
    return page(request, 403, sentence=str(exception) if exception and exception.args else "")


def not_found(request, exception=None):
    """What a form of staff was about is mostly not gone but done: pressed twice, or by somebody else."""
    if request.method == "POST" and request.path.startswith(HOMES):
        return page(request, 404, title=DONE_BEFORE[0], sentence=DONE_BEFORE[1])
    return page(request, 404)


def csrf_failure(request, reason=""):
    """Give back what was typed; offer to send it again only to somebody without a login, from our own page."""
    ours = _is_our_page(request) and settings.SESSION_COOKIE_NAME not in request.COOKIES
    return page(
        request,
        403,
        title="页面放得太久了，请再送一次",
        sentence="为了您的安全，放久了的页面要重新确认。",
        back=request.path if not ours else "",
        **_given_back(request, may_send=ours),
    )


def sent_again(request):
    """Return what the page for a bad moment shows of a form: the words, and a button that sends the same once more."""
    try:
        secret = any("password" in name for name in request.POST)
        return _given_back(request, may_send=_is_our_page(request) and not secret)
    except Exception:  # the body could not be read, which may be why we are here
        return {}


def _given_back(request, *, may_send):
    typed = [(name, text) for name, said in request.POST.lists() for text in said if _is_typed(name, text)]
    return {
        "typed": [(name, text) for name, text in typed if len(text) > 1],
        "hidden": [
            (name, text)
            for name, said in request.POST.lists()
            for text in said
            if name != "csrfmiddlewaretoken"
        ],
        "again": request.get_full_path() if typed and may_send else "",
    }


def _is_typed(name, text):
    return name not in _NEVER_SHOWN and "password" not in name and text.strip()


def _is_our_page(request):
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    return request.headers.get("Origin", "").partition("://")[2] == request.get_host()


def _too_large(exception):
    return isinstance(exception, RequestDataTooBig)
