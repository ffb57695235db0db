"""Articles by mail: who wants them (`subscribing`), what is mailed (`mailings`), in which words
(`letters`), and how it leaves (`sending`). Only `manage.py send_newsletter` does the last.
"""
