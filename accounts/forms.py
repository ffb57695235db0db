"""Forms of the account desk."""

from unfold.forms import UserCreationForm as UnfoldUserCreationForm

from accounts.models import User


class UserCreationForm(UnfoldUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "display_name")
