"""Fields of forms that several screens need."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.txt,.docx,.odt"
MOST_FILES = 5


class Files(forms.ClearableFileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none; what is in them is checked by whoever keeps them."""

    def __init__(self, **options: Any) -> None:
        widget = Files(attrs={"accept": ACCEPTED})
        super().__init__(required=False, widget=widget, allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Check how many there are, and each."""
        files: list[UploadedFile[Any]] = data or []
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Choose at most five files at a time."))
        one = super().clean
        return [one(each, initial) for each in files]
