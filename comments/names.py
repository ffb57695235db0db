"""The rules for a guest's name, applied to the display names of accounts."""

from django.core.exceptions import ValidationError

from accounts.models import User
from comments.reserved_names import is_reserved
from comments.text import TextError, cleaned_name


def cleaned_display_name(name: str, account: User | None) -> str:
    """Return the name as it is stored, or raise ValidationError with the reason in Korean."""
    try:
        cleaned = cleaned_name(name)
    except TextError as error:
        raise ValidationError(str(error)) from error
    if is_reserved(cleaned, account=account):
        raise ValidationError(
            "필자나 편집자의 이름, 또는 그와 비슷해 보이는 이름은 쓸 수 없습니다."
        )
    return cleaned
