"""Signs that older Chinese systems kept at private places, and where they stand since Unicode 4.1 and later.

Source: GB 18030-2000 placed 80 characters (bytes FE50 to FEA0) at U+E815 to U+E864; GB 18030-2005 and -2022 moved them to
places of their own. Other private places mean something else in every font, so nobody can tell what was meant.
"""

_FIRST = 0xE815
# In the order of the private places; escaped are those beyond the first plane.
_MEANT = (
    "⺁\U00020087\U00020089\U000200cc⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧\U000215d7龸⺪䁖䅟⺮䌷⺳⺶⺷\U0002298f䎱䎬⺻䏝䓖䙡䙌龹"
    "䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺\U000241fe䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
_PUBLIC = dict(enumerate(_MEANT, _FIRST))


def with_public_signs(text: str) -> str:
    """Write what GB 18030 had at a private place with the sign that stands for it now: 刘U+E863 is 刘䶮."""
    return text.translate(_PUBLIC)


def unknown_sign(text: str) -> str:
    """Return the first sign that only the writer's own font knows, "" when there is none."""
    return next((sign for sign in with_public_signs(text) if _is_private(ord(sign))), "")


def _is_private(place) -> bool:
    return 0xE000 <= place <= 0xF8FF or 0xF0000 <= place <= 0xFFFFD or 0x100000 <= place <= 0x10FFFD
