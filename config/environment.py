"""What the environment says; a value that cannot be meant stops the program with a sentence naming it."""

import base64
import binascii
import os
import re
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
KEY_BYTES = 32


class CannotRun(Exception):
    """What stops the program before it runs; the text is a sentence for whoever started it."""


class BadSetting(CannotRun):
    """A variable of the environment is missing or malformed."""


def env_text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise BadSetting(f"环境变量 {name} 没有设置，不能启动。({name} is required and not set.)")
    return default


def env_bool(name: str, default: bool) -> bool:
    value = env_text(name, "").lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise _malformed(name, "应为 1 或 0", "must be 1 or 0")
    return value in TRUE


def env_int(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    value = env_text(name, str(default))
    if not value.isascii() or not value.isdecimal() or not least <= int(value) <= most:
        raise _malformed(name, f"应为 {least} 到 {most} 的整数", f"must be a whole number, {least} to {most}")
    return int(value)


def env_choice(name: str, default: str, among: tuple[str, ...]) -> str:
    value = env_text(name, default)
    if value not in among:
        raise _malformed(name, f"应为 {' 或 '.join(among)}", f"must be {' or '.join(among)}")
    return value


def env_digits(name: str, default: str, *, length: int) -> str:
    value = env_text(name, default)
    if not value.isascii() or not value.isdecimal() or len(value) != length:
        raise _malformed(name, f"应为 {length} 位数字", f"must be {length} digits")
    return value


def env_token(name: str) -> str:
    """A key that somebody else gave us; empty where there is none."""
    value = env_text(name, "")
    if value and not (value.isascii() and value.isalnum() and 16 <= len(value) <= 128):
        raise _malformed(name, "应为 16 到 128 个字母和数字", "must be 16 to 128 letters and digits")
    return value


def env_list(name: str, default: tuple[str, ...] = ()) -> list[str]:
    return [part.strip() for part in env_text(name, ",".join(default)).split(",") if part.strip()]


def env_origin(name: str, default: str) -> str:
    """An address such as https://yige.example.cn, without path."""
    value = env_text(name, default).rstrip("/")
    parts = urlsplit(value)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path
        or parts.query
        or parts.username
    ):
        raise _malformed(name, "应为 https://主机名 的形式", "must look like https://host")
    return value


def env_contact(name: str) -> str:
    """Where somebody is told something: mailto:, tel: or https:; empty where unset."""
    value = env_text(name, "")
    if value and (not value.startswith(("mailto:", "tel:", "https://")) or len(value.split()) != 1):
        raise _malformed(
            name, "应为 mailto:、tel: 或 https: 开头的地址", "must begin with mailto:, tel: or https:"
        )
    return value


def env_database(name: str, default: str | None = None) -> dict[str, str]:
    """The keys of Django's DATABASES entry out of postgresql://user:password@host:port/name?option=value."""
    value = env_text(name, default)
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise _malformed(name, "无法识别", "cannot be read") from None
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        example = "postgresql://user:password@host:5432/yige"
        raise _malformed(name, f"应为 {example} 的形式，只支持 PostgreSQL", f"must look like {example}")
    return {
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": _options(name, parts.query),
    }


def schema_in(options: str) -> str:
    """Return the first schema of a search path among the options of a connection; `public` where there is none."""
    found = re.findall(r"-c\s*search_path\s*=\s*\"?([^\s,\"]+)", options)
    return found[-1] if found else "public"


def env_mailer(name: str) -> dict[str, object] | None:
    """A MAILERS entry out of smtp://user:password@host:587 (STARTTLS) or smtps://host:465; None where unset."""
    value = env_text(name, "")
    if not value:
        return None
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise _malformed(name, "无法识别", "cannot be read") from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        example = "smtps://user:password@host:465"
        raise _malformed(name, f"应为 {example} 的形式", f"must look like {example}")
    sealed = parts.scheme == "smtps"
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": port or (465 if sealed else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": sealed,
            "use_tls": not sealed,
            "timeout": 20,
        },
    }


def env_gateway(name: str, token_name: str) -> tuple[str, str]:
    """The address of an HTTPS gateway and its token; both "" where unset, one without the other is refused.

    Without TLS only a gateway on this very machine is spoken to.
    """
    value, token = env_text(name, ""), env_text(token_name, "")
    if not value:
        return "", ""
    try:
        parts = urlsplit(value)
        local = parts.hostname in ("127.0.0.1", "localhost")
        known = parts.hostname and (parts.port or True) and not parts.username and not parts.fragment
    except ValueError:
        raise _malformed(name, "无法识别", "cannot be read") from None
    if not known or (parts.scheme != "https" and not (local and parts.scheme == "http")):
        example = "https://sms.example.cn/send"
        raise _malformed(name, f"应为 {example} 的形式", f"must look like {example}")
    if not token:
        raise BadSetting(f"设置了 {name}，还要设置 {token_name}。({name} needs {token_name}.)")
    return value, token


def env_secret(name: str, *, kept_in: Path | None = None) -> str:
    """A long random text; made once and kept in a private file where `kept_in` allows it."""
    value = _given_or_kept(name, kept_in, lambda: secrets.token_urlsafe(48))
    if len(value) < 32:
        raise _malformed(name, "至少 32 个字符", "must have at least 32 characters")
    return value


def env_password(name: str, *, kept_in: Path | None = None) -> str:
    """A password of the demo; random where none is given, empty where there is no demo."""
    value = env_text(name, "") if kept_in is None else _given_or_kept(name, kept_in, _pronounced)
    if value and len(value) < 8:
        raise _malformed(name, "至少 8 个字符", "must have at least 8 characters")
    return value


def env_key(name: str, *, kept_in: Path | None = None) -> bytes:
    return _key(name, _given_or_kept(name, kept_in, new_key))


def env_keys(name: str, *, kept_in: Path | None = None, first: str = "k1") -> dict[str, bytes]:
    """Keys by id out of "k2:…,k1:…"; the first one seals, all of them open.

    Where `first` is "", keys began without ids, and one without an id may still stand among them.
    """
    value = _given_or_kept(name, kept_in, lambda: f"{first}:{new_key()}".lstrip(":"))
    keys = {}
    for part in value.split(","):
        kid, colon, text = part.strip().rpartition(":")
        if ((not colon or not kid) and (first or colon)) or kid in keys:
            raise _malformed(name, "应为 编号:密钥[,编号:密钥]", "must look like id:key[,id:key]")
        keys[kid] = _key(name, text)
    return keys


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def keep(path: Path, make) -> str:
    """Read a private file, or make it once, even when two processes start at the same moment."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.new")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _pronounced() -> str:
    # No letters and digits that look alike: people copy this from a terminal to a phone.
    return "-".join(
        "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(4)) for _ in range(3)
    )


def _given_or_kept(name: str, kept_in: Path | None, make) -> str:
    value = env_text(name, "")
    if value or kept_in is None:
        return value or env_text(name)
    return keep(kept_in / name.lower().removeprefix("yige_"), make)


def _key(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise _malformed(
            name, "应为 32 字节密钥的 base64 文本", "must be the base64 text of a key of 32 bytes"
        )
    return key


def _options(name: str, query: str) -> dict[str, str]:
    options = {}
    for part in filter(None, query.split("&")):
        key, equals, value = part.partition("=")
        if not equals:
            raise _malformed(name, "问号后面的选项无法识别", "has an option without a value")
        options[unquote(key)] = unquote(value)
    return options


def _malformed(name: str, chinese: str, english: str) -> BadSetting:
    # The value is not repeated: it may be a secret, and logs outlive terminals.
    return BadSetting(f"环境变量 {name} 的值不对：{chinese}。({name} {english}.)")
