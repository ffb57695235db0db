"""Mail about comments: who wants it, what it says, and the outbox that it leaves by.

`follows` and `notices` decide who is told of what, `digests` when, `messages` in which words;
`outbox` sends. Only `manage.py send_mail_queue` talks to a mail server.
"""
