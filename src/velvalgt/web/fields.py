"""Fields of forms that several screens need."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from velvalgt.web.uploads import MOST_BYTES, MOST_FILES, TOO_LARGE

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.txt,.docx,.odt"
"""What the browser's own control offers to choose: what `cases` takes in."""


class Files(forms.ClearableFileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none; what is in them is checked by whoever keeps them."""

    default_error_messages = {"required": _("Choose a file.")}

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        widget = Files(attrs={"accept": ACCEPTED})
        super().__init__(required=required, widget=widget, allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Check how many there are, and each."""
        files: list[UploadedFile[Any]] = data or []
        one = super().clean
        if not files:
            one(None, initial)
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Choose at most five files at a time."))
        too_large = [each.name for each in files if (each.size or 0) > MOST_BYTES]
        if too_large:
            raise forms.ValidationError([f"{name}: {TOO_LARGE}" for name in too_large])
        return [one(each, initial) for each in files]
