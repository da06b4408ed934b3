"""What is asked when something was found on a round; whoever does not know the kind leaves it to those who accept it."""

from django import forms

from yige.cases.categories import UNSURE
from yige.cases.models import Category
from yige.lib.typed_text import clean_line
from yige.steps.fields import Words


class FindingForm(forms.Form):
    words = Words("发现了什么？", longest=2000, rows=3, hint="照看到的写，一两句话就行。")
    category = forms.CharField(required=False, max_length=60)
    place = forms.CharField(label="在哪里", max_length=200, required=False, strip=False)

    def clean_category(self):
        slug = self.cleaned_data["category"] or UNSURE
        found = active_leaves().filter(slug=slug).first()
        if found is None:
            raise forms.ValidationError("这一类现在不用了，请另选一类，或者不选。")
        return found

    def clean_place(self):
        return clean_line(self.cleaned_data["place"])


def active_leaves():
    return Category.objects.leaves().filter(parent__active=True).select_related("parent")


def category_tiles(chosen):
    """Return the kinds of problems as tiles: [{label, icon, open, leaves}]; the one with the chosen kind is open."""
    groups = {}
    for leaf in sorted(active_leaves(), key=lambda leaf: (leaf.parent.order, leaf.order)):
        tile = groups.setdefault(
            leaf.parent_id, {"label": leaf.parent.label, "icon": leaf.parent.icon, "leaves": []}
        )
        tile["leaves"].append(leaf)
    return [tile | {"open": any(leaf.slug == chosen for leaf in tile["leaves"])} for tile in groups.values()]
