"""The ideal lead, in writing: its rules, its versions, and every lead judged by them at any moment."""
