"""The people who sign in, with an e-mail address for a name, and where they are signed in."""

from __future__ import annotations

from hashlib import sha256
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.addresses import vouch_for


class UserManager(BaseUserManager["User"]):
    """Makes users from an address; addresses compare without regard to case.

    Accounts made here need not prove their address. Readers who sign up come another way.
    """

    use_in_migrations = True

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        vouch_for(user)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        fields |= {"is_staff": True, "is_superuser": True}
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("이메일", max_length=254, unique=True)
    display_name = models.CharField(
        "표시 이름", max_length=100, blank=True, help_text="댓글과 편집실에 보이는 이름입니다."
    )
    is_staff = models.BooleanField(
        "편집실 출입", default=False, help_text="켜면 이 계정으로 편집실에 들어갈 수 있습니다."
    )
    is_active = models.BooleanField(
        "사용 중",
        default=True,
        help_text="끄면 로그인할 수 없습니다. 계정을 지우는 대신 꺼 주세요.",
    )
    date_joined = models.DateTimeField("가입일", default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "계정"
        verbose_name_plural = "계정"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_unique",
                violation_error_message="이미 쓰고 있는 이메일 주소입니다.",
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the account; a new password, or none any more, ends wherever it is signed in.

        Whoever changes their own password stays: their session gets a new key afterwards.
        """
        # Django keeps the new password here until it is stored; a hash made anew leaves none.
        is_over = getattr(self, "_password", None) is not None or not self.is_active
        super().save(*args, **kwargs)
        if is_over:
            self.sessions.all().delete()

    def get_full_name(self) -> str:
        return self.display_name or self.email.partition("@")[0]


def handle_of(session_key: str) -> str:
    """Return a session's name for pages: the key itself would let whoever reads it in."""
    return sha256(session_key.encode()).hexdigest()[:24]


class SessionManager(BaseSessionManager["Session"]):
    def living(self) -> models.QuerySet[Session]:
        return self.filter(expire_date__gt=timezone.now())


class Session(AbstractBaseSession):
    """A browser's session, and of a signed-in one whose it is and what its owner knows it by."""

    # Whoever is erased while their browser asks for one more page must not make that page fail.
    account = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        null=True,
        related_name="sessions",
        db_constraint=False,
        verbose_name="계정",
    )
    device = models.CharField("기기", max_length=40, blank=True)
    network = models.CharField("네트워크", max_length=45, blank=True)
    last_seen_at = models.DateTimeField("마지막 이용", default=timezone.now)

    objects: ClassVar[SessionManager] = SessionManager()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "로그인한 기기"
        verbose_name_plural = "로그인한 기기"

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore

    @property
    def handle(self) -> str:
        return handle_of(self.session_key)
