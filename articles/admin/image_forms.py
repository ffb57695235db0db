"""What an editor may say about a picture, and how a file comes in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from unfold.widgets import UnfoldAdminFileFieldWidget

from articles.models import Image
from articles.models.image import checksum_of
from articles.picture_library import Replacement, judged_replacement
from articles.pictures import MAX_BYTES, TOO_MANY_BYTES, PictureError

KINDS = "JPEG, PNG, WebP, GIF를 20MB, 4천만 화소까지 올릴 수 있습니다."


class PictureFileField(forms.FileField):
    """The bytes of an uploaded file; one that is too large is not even read into memory."""

    def __init__(self, **kwargs: Any) -> None:
        widget = UnfoldAdminFileFieldWidget(attrs={"accept": "image/*"})
        super().__init__(**({"widget": widget} | kwargs))

    def clean(self, data: Any, initial: Any = None) -> bytes:
        file: UploadedFile | None = super().clean(data, initial)
        if not file:
            return b""
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(TOO_MANY_BYTES, code="too_large")
        return file.read()


class ImageForm(forms.ModelForm):
    """What may be changed about a picture that is already here: its words, focus and file.

    After validation `replacement` is the judged new file, or None.
    """

    new_file = PictureFileField(
        label="새 파일",
        required=False,
        help_text=f"이 그림을 쓰는 모든 글이 새 파일을 보여 주게 됩니다. {KINDS}",
    )

    replacement: Replacement | None = None

    class Meta:
        model = Image
        fields = ("alt", "caption", "credit", "focus_x", "focus_y")
        help_texts = {
            "focus_x": "잘려 보이는 자리에서도 남아야 할 곳입니다. 그림을 눌러서 정할 수도 있습니다."
        }

    def clean_new_file(self) -> bytes:
        data: bytes = self.cleaned_data["new_file"]
        if data:
            try:
                self.replacement = judged_replacement(self.instance, data)
            except PictureError as error:
                raise forms.ValidationError(str(error), code="picture") from error
        return data


class ImageUploadForm(forms.ModelForm):
    """A new picture. After validation `stored` is the picture and `existed` says if it is old.

    The picture is stored while the form is validated, because only decoding tells whether a
    file is a picture, and decoding forty megapixels twice would double the editor's wait.
    """

    upload = PictureFileField(label="파일", help_text=KINDS)

    stored: Image
    existed: bool

    class Meta:
        model = Image
        fields = ("alt", "caption", "credit")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self._store(cleaned["upload"])
            except PictureError as error:
                self.add_error("upload", str(error))
        return cleaned

    def _store(self, data: bytes) -> None:
        self.existed = Image.objects.with_checksum(checksum_of(data)) is not None
        words = {name: self.cleaned_data[name] for name in ("alt", "caption", "credit")}
        self.stored = Image.objects.store(data, **words)
