"""The form that takes the tree of grids as a file."""

from django import forms

from yige.lib.coordinates import Crs
from yige.steps.typed_fields import OneFile

COORDINATE_SYSTEMS = (
    (Crs.WGS84.value, "WGS-84 / CGCS2000（天地图、测绘）"),
    (Crs.GCJ02.value, "GCJ-02（高德、腾讯地图）"),
    (Crs.BD09.value, "BD-09（百度地图）"),
)

MOST_BYTES = 20 * 1024 * 1024


class FileForm(forms.Form):
    file = OneFile(
        label="文件",
        help_text="GeoJSON 或 xlsx，最大 20 MB。先检查，不会马上改动。",
        error_messages={"required": "请选一个文件。", "empty": "这个文件是空的。"},
    )
    crs = forms.ChoiceField(label="坐标系", choices=COORDINATE_SYSTEMS)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("文件太大，最大 20 MB。请按街道分成几个文件。")
        return file
