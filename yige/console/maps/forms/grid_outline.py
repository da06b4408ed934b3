"""The form behind the drawing of an outline: the GeoJSON is what counts, the map only helps to write it."""

from django import forms

from yige.console.admin.forms.grid_sheets import COORDINATE_SYSTEMS
from yige.grids import outline_drawing
from yige.steps.typed_fields import OneFile
from yige.web.forms import KeyedForm
from yige.web.outcome import outcome_of

MOST_BYTES = 2 * 1024 * 1024


class OutlineForm(KeyedForm):
    shape = forms.CharField(
        label="边界（GeoJSON）",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text="地图上画的会写到这里；也可以粘贴一个 Polygon 或 MultiPolygon。",
    )
    file = OneFile(label="或上传 GeoJSON 文件", required=False, help_text="最大 2 MB，里面只有一个面。")
    crs = forms.ChoiceField(
        label="粘贴或上传内容的坐标系", choices=COORDINATE_SYSTEMS, initial=COORDINATE_SYSTEMS[0][0]
    )
    sure = forms.BooleanField(label="我看过了，就这样保存", required=False)

    def clean(self):
        """Turn what was drawn, pasted or sent into a boundary; the verb gets nothing else."""
        said = super().clean()
        if self.errors:
            return said
        outcome = outcome_of(outline_drawing.read_outline, self._text(), said["crs"]).beside(self)
        if not outcome.done:
            return said
        return {"shape": outcome.result, "sure": said["sure"], "key": said.get("key")}

    def _text(self):
        file = self.cleaned_data.get("file")
        if file is None:
            return self.cleaned_data["shape"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError({"file": "文件太大，最大 2 MB。"})
        return file.read().decode("utf-8-sig", "replace")
