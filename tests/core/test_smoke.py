import pytest
from datetime import datetime, timezone, timedelta, date
from yige.accounts.models import User, Unit, Post
from yige.accounts.actors import STRANGER, LinkHolder
from yige.grids.models import Grid
from yige.cases.models import *
from yige.cases import actions
from yige.steps.s3_report.actions import *
from yige.steps.s4_dispatch.actions import *
from yige.steps.s5_handle.actions import *
from yige.steps.s7_clear.actions import *

@pytest.mark.django_db
def test_life(django_assert_max_num_queries):
    actions.install()
    at=datetime(2026,11,20,2,0,tzinfo=timezone.utc)
    street=Grid.objects.create(level=1,name="街道",code="410106003",path="/410106003/",valid_from=date(2020,1,1))
    com=Grid.objects.create(level=2,name="社区",code="410106003004",path="/410106003/004/",valid_from=date(2020,1,1),parent=street)
    g=Grid.objects.create(level=3,name="网格",code="410106003004-02",path="/410106003/004/02/",valid_from=date(2020,1,1),parent=com)
    su=Unit.objects.create(slug="street",name="街道",kind="street",path=street.path)
    gu=Unit.objects.create(slug="g2",name="二网格",kind="grid_team",path=g.path)
    desk=User.objects.create_user("desk","x",name="台")
    worker=User.objects.create_user("w","x",name="王工")
    Post.objects.create(user=desk,role="desk",unit=su,path=street.path,since=date(2020,1,1))
    Post.objects.create(user=worker,role="grid_worker",unit=gu,path=g.path,since=date(2020,1,1))
    cat=Category.objects.get(slug="facilities.street-lamp")
    with django_assert_max_num_queries(12) as q:
        c=report(g,by=STRANGER,at=at,key="k"*20,words="路灯不亮好几天了",category=cat,place="3号楼",contact={"phone":"19900000000"})
    print(len(q)); [print(x["sql"][:110]) for x in q.captured_queries]
    again=report(g,by=STRANGER,at=at,key="k"*20,words="路灯不亮好几天了",category=cat,place="3号楼",contact={"phone":"19900000000"})
    assert again.pk==c.pk
    print(c.number, c.next_mark, c.next_mark_at, c.wake_at)
    c=accept(c,by=desk,at=at,category=cat,urgency="normal",nature="public")
    with django_assert_max_num_queries(14) as q:
        c=dispatch(c,by=desk,at=at,unit=gu,person=worker)
    [print(x["sql"][:110]) for x in q.captured_queries]
    c=sign(c,by=worker,at=at); c=contact(c,by=worker,at=at,how="phone",words="已经打过电话"); c=progress(c,by=worker,at=at,words="明天换灯")
    c=finish(c,by=worker,at=at,words="换了灯"); c=close(c,by=desk,at=at,words="灯已换")
    c=answer(c,by=LinkHolder(c.pk),at=at,contacted=True,solved="no",satisfied="no"); assert c.state=="accepted", c.state
    for e in c.entries.all(): print(e.verb,e.state,e.by_label,e.unit_label,"|",e.public_words)
    assert Case.objects.matching("路灯").count()==1 and Case.objects.matching("灯不").count()==1 and Case.objects.matching(c.number).count()==1
    assert Case.objects.visible_to(desk).count()==1 and Case.objects.visible_to(worker).count()==0
