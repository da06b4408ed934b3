"""The file that brings many shifts at once."""

from django import forms

from yige.steps.typed_fields import OneFile

MOST_BYTES = 5 * 1024 * 1024


class RosterFileForm(forms.Form):
    file = OneFile(
        label="文件",
        help_text="xlsx 或 csv，最大 5 MB。有一行不对，整份都不导入。",
        error_messages={"required": "请选一个文件。", "empty": "这个文件是空的。"},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("文件太大，最大 5 MB。值班表一班写一行就够了。")
        return file
