"""The rows of a measurement: a subdistrict and so many cases by one statement, of which 1 % to 5 % are open."""

import os
import sys
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

CASES = """
    INSERT INTO cases_case (id, serial, state, nature, urgency, tier, channel, category_id, words, place, grid_id,
        grid_path, lon, lat, located_by, search_text, grams, unit_id, first_unit_id, handler_id, reported_at, accepted_at,
        dispatched_at, signed_at, contacted_at, progress_at, handled_at, closed_at, cleared_at, plan, extensions,
        return_count, reopen_no, outcome, next_mark, next_mark_at, wake_at, version, link_version,
        danger, danger_calls, open_parts)
    SELECT gen_random_uuid(), nextval('cases_serial'), s.state, 'public', 'normal', 'grid', 'snap', c.id,
        w.words, 'No ' || n %% 97, g.id, g.path, 113.27 + random() * 0.04, 34.78 + random() * 0.04, 'qr', w.words || 'no' || n %% 97,
        ARRAY(SELECT DISTINCT substr(w.words, i, 2) FROM generate_series(1, length(w.words) - 1) i),
        g.unit, g.unit, g.worker, r.at, r.at, r.at, r.at, r.at, r.at,
        CASE WHEN s.ended THEN r.at + interval '2 days' END, CASE WHEN s.ended THEN r.at + interval '3 days' END,
        CASE WHEN s.ended THEN r.at + interval '4 days' END, '', 0, 0, 0,
        CASE WHEN s.ended THEN 'confirmed' ELSE '' END, CASE WHEN s.ended THEN '' ELSE 'day7' END,
        CASE WHEN s.ended THEN NULL ELSE now() + (random() * 10 - 3) * interval '1 day' END,
        CASE WHEN s.ended THEN NULL ELSE now() + interval '1 day' END, 6, 1,
        '', 0, 0
    FROM generate_series(1, %(count)s) n
    CROSS JOIN LATERAL (SELECT random() + n * 0 < %(open)s AS live) l
    CROSS JOIN LATERAL (SELECT NOT l.live AS ended,
        CASE WHEN NOT l.live THEN 'cleared' ELSE (ARRAY['reported', 'accepted', 'dispatched', 'handling'])[1 + n %% 4] END
        AS state) s
    CROSS JOIN LATERAL (SELECT now() - CASE WHEN l.live THEN random() * 20 ELSE 20 + random() * 700 END
        * interval '1 day' AS at) r
    CROSS JOIN LATERAL (SELECT string_agg((%(texts)s::text[])[1 + floor(random() * (piece * 0 + 1)
        * array_length(%(texts)s::text[], 1))::int], '') AS words FROM generate_series(1, 4 + n %% 5) piece) w
    JOIN bench_grids g ON g.place = n %% (SELECT count(*) FROM bench_grids)
    JOIN bench_categories c ON c.place = n %% (SELECT count(*) FROM bench_categories)
"""
ENTRIES = """
    INSERT INTO cases_entry (id, case_id, at, verb, state, by_kind, by_label, unit_label, public_words, said)
    SELECT gen_random_uuid(), c.id, c.reported_at + v.place * interval '1 hour', v.verb, v.state, 'staff',
        '网格员 某某', '第二网格', '办理情况说明', '{}'
    FROM cases_case c CROSS JOIN (VALUES (1, 'report', 'reported'), (2, 'accept', 'accepted'),
        (3, 'dispatch', 'dispatched'), (4, 'sign', 'signed'), (5, 'contact', 'handling'),
        (6, 'progress', 'handling')) AS v (place, verb, state)
    WHERE c.state <> 'cleared' OR c.serial %% 20 = 0
"""
# Pieces from which the words of a case are put together: a word that is searched for stands in a few per cent.
TEXTS = [
    "小区东门",
    "路灯",
    "坏了三天",
    "看不见路",
    "老人孩子",
    "不敢出门",
    "垃圾桶满了",
    "没有人来收",
    "味道特别大",
    "消防通道",
    "停了一排",
    "电动车",
    "真有事情",
    "进不来",
    "暖气不热",
    "十五度",
    "打电话",
    "没有人管",
    "门口积水",
    "下雨就没法走",
    "希望修一修",
    "下水道",
    "半夜唱歌",
    "影响休息",
    "管一管",
    "井盖",
    "翘起来了",
    "骑车摔了",
    "尽快来看",
    "三号楼",
    "二单元",
    "物业",
    "保安",
    "说过多次",
    "没有结果",
    "楼道",
    "堆杂物",
    "飞线充电",
    "阳台漏水",
    "墙皮掉了",
    "电梯停运",
    "五楼",
    "高龄",
    "买菜",
    "公交站",
    "占道",
    "油烟",
    "烧烤",
    "噪声",
    "施工",
    "工地",
    "渣土",
    "扬尘",
    "绿化带",
    "踩坏",
    "流浪狗",
    "咬人",
    "快递柜",
    "门禁",
    "刷不开",
    "停车位",
    "地锁",
    "划线",
    "斑马线",
    "红绿灯",
    "太短",
    "学校",
    "放学",
    "堵车",
    "菜市场",
    "秤不准",
    "缺斤短两",
    "公厕",
    "没水",
    "长期",
    "锁门",
    "健身器材",
    "螺丝",
    "松了",
    "树枝",
    "挡窗",
    "电线",
    "垂下来",
    "害怕",
    "燃气",
    "软管",
    "老化",
    "检查",
    "停水",
    "没通知",
    "水压小",
    "发黄",
    "网线",
    "乱拉",
    "小广告",
    "贴满",
    "楼门",
    "私搭乱建",
    "顶层",
    "露台",
    "催了",
    "两回",
    "请给",
    "答复",
    "谢谢",
]


def main():
    django.setup()
    if sys.argv[1] == "cookies":
        return cookies()
    return fill(int(sys.argv[1]))


def fill(count):
    """Make the subdistrict once, and cases until there are `count`."""
    from django.db import connection

    from yige.cases.models import Case

    there = Case.objects.count()
    if there and abs(there - count) < count * 0.05 + 5000:
        with connection.cursor() as cursor:  # what earlier measurements added to the timelines
            cursor.execute("DELETE FROM cases_entry WHERE verb = 'add'")
        return
    with connection.cursor() as cursor:
        if there:
            for table in ("cases_entry", "cases_case"):
                cursor.execute(f"TRUNCATE {table} CASCADE")
        subdistrict(cursor)
        live = min(0.5, 4000 / count)  # an ordinary subdistrict has four thousand open cases at most
        cursor.execute(CASES, {"count": count, "open": live, "texts": TEXTS})
        cursor.execute(ENTRIES.replace("%%", "%"))
    connection.connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def subdistrict(cursor):
    """Make 33 grids in five communities with one worker each, a desk, and the tables the statement joins."""
    from yige.accounts.models import Unit
    from yige.cases.models import Category
    from yige.grids.models import Grid

    if not Grid.objects.exists():
        start = date(2020, 1, 1)
        street = Grid.objects.create(
            level=1, name="演示街道", code="410106003", path="/410106003/", valid_from=start
        )
        office = Unit.objects.create(slug="street", name="街道运行中心", kind="street", path=street.path)
        make_staff("desk", "desk", office, street.path)
        for community in range(1, 6):
            path = f"{street.path}{community:03d}/"
            parent = Grid.objects.create(
                level=2, name=f"第{community}社区", code=f"410106003{community:03d}", path=path, parent=street,
                valid_from=start,
            )  # fmt: skip
            for grid in range(1, 8 if community < 4 else 7):
                leaf = Grid.objects.create(
                    level=3, name=f"第{community}-{grid}网格", code=f"{parent.code}-{grid:02d}",
                    path=f"{path}{grid:02d}/", parent=parent, valid_from=start,
                )  # fmt: skip
                unit = Unit.objects.create(
                    slug=f"grid-{community}-{grid}", name=leaf.name, kind="grid_team", path=leaf.path
                )
                make_staff(f"worker-{community}-{grid}", "grid_worker", unit, leaf.path)
    cursor.execute(
        "CREATE TEMP TABLE bench_grids AS SELECT row_number() OVER () - 1 AS place, g.id, g.path, u.id AS unit,"
        " p.user_id AS worker FROM grids_grid g JOIN accounts_unit u ON u.path = g.path"
        " JOIN accounts_post p ON p.unit_id = u.id WHERE g.level = 3"
    )
    cursor.execute(
        "CREATE TEMP TABLE bench_categories AS SELECT row_number() OVER () - 1 AS place, id"
        f" FROM {Category._meta.db_table} WHERE parent_id IS NOT NULL"
    )


def make_staff(username, role, unit, path):
    from yige.accounts.models import Post, User

    user = User.objects.create_user(username, None, name=f"演示{username}")
    Post.objects.create(user=user, role=role, unit=unit, path=path, since=date(2020, 1, 1))


def cookies():
    """Print a session cookie of the desk, of one worker, and the name of the cookie."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from yige.accounts.backend import SessionStore
    from yige.accounts.models import User

    for username in ("desk", "worker-1-1"):
        user = User.objects.get(username=username)
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session.save()
        print(f"{username}={settings.SESSION_COOKIE_NAME}:{session.session_key}")


if __name__ == "__main__":
    main()
