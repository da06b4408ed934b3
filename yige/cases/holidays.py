"""Statutory holidays and make-up workdays that are published, as a fresh installation knows them.

Source: the State Council's yearly notices, read through the calendar table of chinesecalendar 1.11 (MIT).
Later years are added on the calendar page; until then weekends alone count, and the page says so.
"""

from datetime import date

# fmt: off
HOLIDAYS = (
    # first day            last day               name
    (date(2025,  1,  1), date(2025,  1,  1), "元旦"),
    (date(2025,  1, 28), date(2025,  2,  4), "春节"),
    (date(2025,  4,  4), date(2025,  4,  6), "清明节"),
    (date(2025,  5,  1), date(2025,  5,  5), "劳动节"),
    (date(2025,  5, 31), date(2025,  6,  2), "端午节"),
    (date(2025, 10,  1), date(2025, 10,  5), "国庆节"),
    (date(2025, 10,  6), date(2025, 10,  6), "中秋节"),
    (date(2025, 10,  7), date(2025, 10,  8), "国庆节"),
    (date(2026,  1,  1), date(2026,  1,  3), "元旦"),
    (date(2026,  2, 15), date(2026,  2, 23), "春节"),
    (date(2026,  4,  4), date(2026,  4,  6), "清明节"),
    (date(2026,  5,  1), date(2026,  5,  5), "劳动节"),
    (date(2026,  6, 19), date(2026,  6, 21), "端午节"),
    (date(2026,  9, 25), date(2026,  9, 27), "中秋节"),
    (date(2026, 10,  1), date(2026, 10,  7), "国庆节"),
)
MAKE_UP_WORKDAYS = (
    date(2025,  1, 26), date(2025,  2,  8), date(2025,  4, 27), date(2025,  9, 28), date(2025, 10, 11),
    date(2026,  1,  4), date(2026,  2, 14), date(2026,  2, 28), date(2026,  5,  9), date(2026,  9, 20), date(2026, 10, 10),
)
# fmt: on
